namespace Aurum.Tests.Store.Models;

/// <summary>ValuationBook tests on DuckDB.</summary>
public sealed class DuckDbValuationBookTests : ValuationBookTests;
