using Aurum.Curves.Manifests;

namespace Aurum.App.Ppa.Results;

/// <summary>A valuation that was done again.</summary>
/// <param name="Valued">What came of it.</param>
/// <param name="Differences">What its manifest has otherwise, a sentence each; none: all is the same.</param>
/// <param name="ExpectedSha256">Hash of the earlier result; null: not known.</param>
internal sealed record RepeatedValuation(ValuedContract Valued, IReadOnlyList<string> Differences, string? ExpectedSha256)
{
    /// <summary>Whether the result is the same to the byte; where the earlier one is not known, whether all it hangs on is.</summary>
    public bool IsSame => ExpectedSha256 is { } expected ? expected == Valued.DocumentSha256 : Differences.Count == 0;
}

/// <summary>What two manifests have otherwise.</summary>
internal static class ManifestDifference
{
    public static IReadOnlyList<string> Between(RunManifest before, RunManifest after)
    {
        var found = new List<string>();
        Add(found, "program", before.CodeVersion, after.CodeVersion);
        Add(found, "calendars", before.CalendarVersion, after.CalendarVersion);
        Add(found, "time zones", before.TzdbVersion, after.TzdbVersion);
        Add(found, "inputs", before.InputSha256, after.InputSha256);
        Add(
            found, "curves", before.Curves.Select(static c => $"{c.Name} {c.Sha256}"),
            after.Curves.Select(static c => $"{c.Name} {c.Sha256}"));
        Add(
            found, "histories", before.Series.Select(static s => $"{s.Feed} {s.Location} {s.Sha256}"),
            after.Series.Select(static s => $"{s.Feed} {s.Location} {s.Sha256}"));
        return found;
    }

    private static void Add(List<string> found, string what, IEnumerable<string> before, IEnumerable<string> after) =>
        Add(found, what, string.Join(", ", before), string.Join(", ", after));

    private static void Add(List<string> found, string what, string before, string after)
    {
        if (before != after)
        {
            found.Add($"{what}: was {before}, is {after}");
        }
    }
}
