namespace Aurum.Tests.Store.Models;

/// <summary>RunBook tests on DuckDB.</summary>
public sealed class DuckDbRunBookTests : RunBookTests;
