namespace Aurum.Tests.Store.Models;

/// <summary>ContractBook tests on DuckDB.</summary>
public sealed class DuckDbContractBookTests : ContractBookTests;
