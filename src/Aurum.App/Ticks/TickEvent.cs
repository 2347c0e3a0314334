using Aurum.Market.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Something that was committed, in the order ticks, bars, points of curves, prices within a frame: which of the values
/// counts says <see cref="Kind"/>; the others are default.</summary>
/// <param name="Token">Its place; who has seen it goes on behind it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Instrument">What it is of.</param>
/// <param name="Source">Name of the system that sent it; empty of bars.</param>
/// <param name="Tick">The tick.</param>
/// <param name="Bar">The bar, which may be a revision.</param>
/// <param name="Price">The latest price as it became.</param>
/// <param name="Point">The point of a forward curve.</param>
internal readonly record struct TickEvent(
    TickToken Token, TickEventKind Kind, TickInstrument Instrument, string Source, Tick Tick, Bar Bar, LatestPrice Price, CurvePoint Point);

[Flags]
internal enum TickEventKind
{
    None = 0,
    Tick = 1,
    Bar = 2,
    Price = 4,
    CurvePoint = 8,
    All = Tick | Bar | Price | CurvePoint,
}

/// <summary>Which events somebody wants.</summary>
/// <param name="Tenant">Only this tenant's; null: all.</param>
/// <param name="Instruments">Only these, by name; empty: all.</param>
/// <param name="Kinds">Only these.</param>
/// <param name="Intervals">Only bars of these; empty: all.</param>
internal sealed record TickFilter(
    string? Tenant, IReadOnlyCollection<string> Instruments, TickEventKind Kinds, IReadOnlyCollection<BarInterval> Intervals)
{
    public static readonly TickFilter All = new(null, [], TickEventKind.All, []);
}

/// <summary>The latest price of a tenant's instrument as it was committed.</summary>
/// <param name="Instrument">The instrument with its names, currency and unit.</param>
/// <param name="Price">The price.</param>
/// <param name="Source">Name of the system that sent it.</param>
internal readonly record struct LatestPriceView(TickInstrument Instrument, LatestPrice Price, string Source);
