using Aurum.Market.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Keeps bars as they come: the last revision of each, or all.</summary>
/// <param name="instrumentOf">What numbers of instruments stand for.</param>
/// <param name="keepsRevisions">Whether all revisions are kept.</param>
internal sealed class BarCollector(Func<int, TickInstrument> instrumentOf, bool keepsRevisions)
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
            .Where(b => tenant is null || instrumentOf(b.Instrument).Tenant == tenant)
            .Where(b => intervals.Count == 0 || intervals.Contains(b.Interval))
            .OrderBy(b => instrumentOf(b.Instrument).Tenant, StringComparer.Ordinal)
            .ThenBy(b => instrumentOf(b.Instrument).Name, StringComparer.Ordinal)
            .ThenBy(b => b.Interval)
            .ThenBy(b => b.StartMicros)
            .ThenBy(b => b.Revision),
    ];
}
