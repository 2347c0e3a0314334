namespace Aurum.Curves.Workbooks;

/// <summary>What stands over one price column, by the labels of the header's rows.</summary>
/// <param name="values">Trimmed texts by label; a label without a text is not in it.</param>
public sealed class ColumnLabels(IReadOnlyDictionary<string, string> values)
{
    /// <summary>The text under a label; null where there is none.</summary>
    public string? this[string label] => values.GetValueOrDefault(label);

    /// <summary>The texts alone, from the top.</summary>
    public string Name => string.Join(" / ", values.Values);

    public bool IsEmpty => values.Count == 0;

    public override string ToString() => string.Join(", ", values.Select(v => $"{v.Key} {v.Value}"));
}
