using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>Which points of forward curves to read.</summary>
/// <param name="Tenant">Whose.</param>
public sealed record CurvePointQuery(string Tenant)
{
    /// <summary>Ids of curves; empty: all of the tenant.</summary>
    public IReadOnlyList<string> Curves { get; init; } = [];

    /// <summary>The last quote of each contract month instead of all quotes that were the last one when they came.</summary>
    public bool LatestOnly { get; init; } = true;

    /// <summary>Only quotes that were made by then; null: all.</summary>
    public Instant? QuotedBy { get; init; }

    /// <summary>Only quotes that were stored by then; null: all.</summary>
    public Instant? AsOf { get; init; }

    /// <summary>Where the page before ended: its <see cref="Reading.RowReader.NextCursor"/>, the text of a
    /// <see cref="Market.Ticks.TickToken"/>.</summary>
    public string? After { get; init; }

    /// <summary>Largest number of points, 1 to 100,000,000.</summary>
    public int Limit { get; init; } = 10_000;
}
