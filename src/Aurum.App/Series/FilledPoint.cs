using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.App.Series;

/// <summary>A series by its publisher and the publisher's id.</summary>
internal readonly record struct SeriesName(string Provider, string Id)
{
    public override string ToString() => $"{Provider}/{Id}";
}

/// <summary>A value of a series, or of a substitute that stands in for it.</summary>
/// <param name="Feed">Feed that brought it.</param>
/// <param name="Provider">Who published the value: of a substitute, its own publisher.</param>
/// <param name="SeriesId">Series that the value is of: of a substitute, its own.</param>
/// <param name="IntervalStartUtc">Start of the interval.</param>
/// <param name="IntervalEndUtc">End of the interval.</param>
/// <param name="IssuedAtUtc">When the publisher put this vintage out; null where it replaces values in place.</param>
/// <param name="Value">In the unit; null where the publisher has none and no substitute has one.</param>
/// <param name="Unit">Unit of the series that was asked for.</param>
/// <param name="Flags">What the publisher says of the value in its own codes.</param>
/// <param name="SubstitutedFor">Publisher and id of the series that the row stands in for; null for the series itself.</param>
/// <param name="SubstituteFactor">What the substitute's own value was multiplied by to be in the unit; null for the series itself.</param>
/// <param name="SubstituteNote">In what the substitute differs; null for the series itself.</param>
/// <param name="KnownAt">When we received it.</param>
/// <param name="Revision">1 for the first value that we received, larger for corrections.</param>
internal sealed record FilledPoint(
    FeedId Feed,
    string Provider,
    string SeriesId,
    Instant IntervalStartUtc,
    Instant IntervalEndUtc,
    Instant? IssuedAtUtc,
    double? Value,
    string Unit,
    string Flags,
    string? SubstitutedFor,
    double? SubstituteFactor,
    string? SubstituteNote,
    Instant KnownAt,
    long Revision);

/// <summary>Which part of a series is asked for.</summary>
/// <param name="Start">First interval start, inclusive.</param>
/// <param name="End">Last interval start, exclusive.</param>
/// <param name="AsOf">State of knowledge.</param>
internal readonly record struct FilledWindow(Instant? Start, Instant? End, Instant AsOf)
{
    /// <summary>Rows of the first interval start that an earlier page has shown.</summary>
    public int Skip { get; init; }
}
