namespace Aurum.Curves.Ppa.Terms;

/// <summary>The JSON Schema (2020-12) of a contract's document: <c>ppa-contract.schema.json</c>.</summary>
/// <remarks>It cannot say what hangs on several values: that days and months ascend, that an end is after a start, a cap not below a floor.
/// <see cref="PpaContractReader"/> refuses those too.</remarks>
public static class PpaContractSchema
{
    private const string Resource = "Aurum.Curves.Ppa.Terms.ppa-contract.schema.json";

    /// <summary>Its text.</summary>
    public static string Json { get; } = ReadShipped();

    private static string ReadShipped()
    {
        using var stream = typeof(PpaContractSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource}: expected an embedded schema, found none");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
