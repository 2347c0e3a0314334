using Aurum.Market.Ticks;
using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>Which ticks to read.</summary>
/// <param name="Tenant">Whose.</param>
public sealed record TickQuery(string Tenant)
{
    /// <summary>Names of instruments (<see cref="TickInstrument.Name"/>); empty: all of the tenant.</summary>
    public IReadOnlyList<string> Instruments { get; init; } = [];

    /// <summary>Earliest event time, inclusive.</summary>
    public Instant? From { get; init; }

    /// <summary>Latest event time, exclusive.</summary>
    public Instant? Until { get; init; }

    /// <summary>The system that sent them; null: any.</summary>
    public string? Source { get; init; }

    /// <summary>Flags that a tick must all have.</summary>
    public QualityFlags Flags { get; init; }

    /// <summary>Only ticks that were stored by then; null: all.</summary>
    public Instant? AsOf { get; init; }

    public TickOrder Order { get; init; } = TickOrder.Stored;

    /// <summary>Where the page before ended: its <see cref="Reading.RowReader.NextCursor"/>; in the order of storing the text of a
    /// <see cref="TickToken"/> as well.</summary>
    public string? After { get; init; }

    /// <summary>Largest number of ticks, 1 to 100,000,000.</summary>
    public int Limit { get; init; } = 10_000;
}
