namespace Aurum.Curves.Ppa.Terms;

/// <summary>The JSON Schema (2020-12) of a contract's document.</summary>
public static class PpaContractSchema
{
    /// <summary>Its text.</summary>
    public static string Json { get; } = "{}";
}
