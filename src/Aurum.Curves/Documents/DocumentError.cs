namespace Aurum.Curves.Documents;

/// <summary>What is wrong with one field of a document.</summary>
/// <param name="Path">Where: <c>$.price.steps[2].from</c>.</param>
/// <param name="Expected">What is allowed, with its unit and range.</param>
/// <param name="Found">What stands there, cut where it is long; <c>nothing</c> where a field is missing.</param>
public readonly record struct DocumentError(string Path, string Expected, string Found)
{
    /// <summary>A sentence: <c>$.price.fixed: expected a number from 0 to 10000 USD/MWh, found -3</c>.</summary>
    public override string ToString() => $"{Path}: expected {Expected}, found {Found}";
}
