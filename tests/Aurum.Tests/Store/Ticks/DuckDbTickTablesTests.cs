namespace Aurum.Tests.Store.Ticks;

/// <summary>TickTables tests on DuckDB.</summary>
public sealed class DuckDbTickTablesTests : TickTablesTests;
