namespace Aurum.Tests.Store.Models;

/// <summary>ScenarioBook tests on DuckDB.</summary>
public sealed class DuckDbScenarioBookTests : ScenarioBookTests;
