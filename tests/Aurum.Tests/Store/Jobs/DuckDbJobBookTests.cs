namespace Aurum.Tests.Store.Jobs;

/// <summary>JobBook tests on DuckDB.</summary>
public sealed class DuckDbJobBookTests : JobBookTests;
