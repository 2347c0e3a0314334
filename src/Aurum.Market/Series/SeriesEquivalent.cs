namespace Aurum.Market.Series;

/// <summary>A declared substitute for a series where its publisher fails: another publisher's series of the same thing.</summary>
/// <param name="Provider">Publisher of the series.</param>
/// <param name="SeriesId">The series.</param>
/// <param name="FallbackProvider">Publisher of the substitute; rows keep its name, so that a substitute never passes for the
/// series.</param>
/// <param name="FallbackSeriesId">The substitute.</param>
/// <param name="Note">In what the two differ.</param>
/// <remarks>The list is <c>equivalents.csv</c>: a substitute is declared by a person, never found by likeness.</remarks>
public sealed record SeriesEquivalent(
    string Provider, string SeriesId, string FallbackProvider, string FallbackSeriesId, string Note)
{
    public static IReadOnlyList<SeriesEquivalent> All { get; } =
    [
        .. SeriesLists.Read("equivalents.csv", "provider,series_id,fallback_provider,fallback_series_id,note")
            .Select(row => new SeriesEquivalent(row[0], row[1], row[2], row[3], row[4])),
    ];

    /// <summary>The substitutes of a series, in the order in which they are to be taken.</summary>
    public static IEnumerable<SeriesEquivalent> Of(string provider, string seriesId) =>
        All.Where(e => e.Provider == provider && e.SeriesId == seriesId);
}
