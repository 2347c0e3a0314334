using Aurum.Market.Ticks;
using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>Which bars to read.</summary>
/// <param name="Tenant">Whose.</param>
public sealed record BarQuery(string Tenant)
{
    /// <summary>Names of instruments (<see cref="TickInstrument.Name"/>); empty: all of the tenant.</summary>
    public IReadOnlyList<string> Instruments { get; init; } = [];

    /// <summary>Null: all intervals.</summary>
    public BarInterval? Interval { get; init; }

    /// <summary>Earliest start, inclusive.</summary>
    public Instant? From { get; init; }

    /// <summary>Latest start, exclusive.</summary>
    public Instant? Until { get; init; }

    /// <summary>What was stored by then; null: what is stored now.</summary>
    public Instant? AsOf { get; init; }

    /// <summary>All revisions instead of the latest one.</summary>
    public bool AllRevisions { get; init; }

    public TickOrder Order { get; init; } = TickOrder.Time;

    /// <summary>Where the page before ended: its <see cref="Reading.RowReader.NextCursor"/>; in the order of storing the text of a
    /// <see cref="TickToken"/> as well.</summary>
    public string? After { get; init; }

    /// <summary>Largest number of bars, 1 to 100,000,000.</summary>
    public int Limit { get; init; } = 10_000;
}
