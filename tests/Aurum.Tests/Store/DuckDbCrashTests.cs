namespace Aurum.Tests.Store;

/// <summary>Crash tests on DuckDB.</summary>
public sealed class DuckDbCrashTests : CrashTests;
