using NodaTime;

namespace Aurum.App.Curves;

/// <summary>Which merged quotes are meant.</summary>
internal sealed record CurveSelection
{
    /// <summary>As-of date; null: the newest of each curve and delivery period.</summary>
    public LocalDate? AsOf { get; init; }

    /// <summary>A tag: its as-of date, as known then, in place of both; null for none.</summary>
    public string? Tag { get; init; }

    /// <summary>What was known then; null: now.</summary>
    public Instant? KnownAt { get; init; }

    /// <summary>Columns that must have one of some values.</summary>
    public IReadOnlyList<(string Column, IReadOnlyList<string> Values)> Filters { get; init; } = [];

    /// <summary>Words that must all stand in the curve's names.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Beginning of the curve key; null for any.</summary>
    public string? KeyStart { get; init; }
}
