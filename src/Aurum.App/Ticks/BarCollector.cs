using Aurum.Market.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Ticks;

/// <summary>Keeps bars as they come: the last revision of each, or all.</summary>
internal sealed class BarCollector(TickInstruments instruments, bool keepsRevisions)
{
    private readonly Dictionary<(int Instrument, BarInterval Interval, long Start, int Revision), Bar> _bars = [];

    public void Add(ReadOnlySpan<Bar> bars)
    {
        foreach (ref readonly var bar in bars)
        {
            _bars[(bar.Instrument, bar.Interval, bar.StartMicros, keepsRevisions ? bar.Revision : 0)] = bar;
        }
    }

    /// <summary>The bars in an order that hangs on nothing but what they are.</summary>
    /// <param name="tenant">Only this tenant's; null: all.</param>
    /// <param name="intervals">Only these; empty: all.</param>
    public IReadOnlyList<Bar> Sorted(string? tenant, IReadOnlyList<BarInterval> intervals) =>
    [
        .. _bars.Values
            .Where(b => tenant is null || instruments[b.Instrument].Tenant == tenant)
            .Where(b => intervals.Count == 0 || intervals.Contains(b.Interval))
            .OrderBy(b => instruments[b.Instrument].Tenant, StringComparer.Ordinal)
            .ThenBy(b => instruments[b.Instrument].Name, StringComparer.Ordinal)
            .ThenBy(b => b.Interval)
            .ThenBy(b => b.StartMicros)
            .ThenBy(b => b.Revision),
    ];
}
