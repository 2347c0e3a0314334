using System.Text;
using Aurum.Market.Ticks;
using Aurum.Store.Reading;
using Aurum.Store.Ticks;
using LatestPrice = Aurum.Market.Ticks.LatestPrice;

namespace Aurum.App.Ticks.Served;

/// <summary>Instruments and latest prices as the tables have them. Names are kept in memory and read again where one is not known: an
/// instrument never changes. Safe from several threads.</summary>
internal sealed class StoredBoard(TickTables tables) : IPriceBoard
{
    private readonly Lock _gate = new();
    private Dictionary<(string Tenant, string Name), TickInstrument> _known = [];
    private Dictionary<string, string[]> _names = [];
    private int _count;

    /// <summary>The last frame whose instruments are known here.</summary>
    private long _frame;

    public IReadOnlyCollection<string> Tenants
    {
        get
        {
            Refresh();
            return _names.Keys;
        }
    }

    /// <summary>Names of a tenant's instruments: all that the tables have up to a frame, and maybe newer ones.</summary>
    public IReadOnlyCollection<string> Names(string tenant, long frame)
    {
        if (Volatile.Read(ref _frame) < frame)
        {
            Refresh();
        }

        return _names.GetValueOrDefault(tenant) ?? [];
    }

    public TickInstrument? Find(string tenant, string instrument)
    {
        if (!_known.TryGetValue((tenant, instrument), out var found))
        {
            Refresh();
            found = _known.GetValueOrDefault((tenant, instrument));
        }

        return found;
    }

    public IReadOnlyList<LatestPriceView> Of(string tenant, long afterFrame) => Read(tenant, [], afterFrame, CancellationToken.None);

    /// <summary>Latest prices, by the bytes of names.</summary>
    public IReadOnlyList<LatestPriceView> Read(
        string tenant, IReadOnlyCollection<string> instruments, long afterFrame, CancellationToken cancel)
    {
        var views = new List<LatestPriceView>();
        using (var rows = tables.Latest(tenant, [.. instruments.Distinct()], afterFrame, cancel))
        {
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Count; i++)
                {
                    if (Find(tenant, Text(rows, 0, i)) is { } instrument)
                    {
                        views.Add(new LatestPriceView(instrument, PriceOf(rows, i, instrument.Number), Text(rows, 10, i)));
                    }
                }
            }
        }

        views.Sort(static (a, b) => string.CompareOrdinal(a.Instrument.Name, b.Instrument.Name));
        return views;
    }

    /// <summary>Columns: instrument_id, market, event_time, sequence, price, volume, bid, ask, currency, unit, source, flags,
    /// known_at.</summary>
    private static LatestPrice PriceOf(RowReader rows, int row, int instrument) => new(
        instrument,
        rows.InstantMicros(2, row),
        rows.IsNull(3, row) ? -1 : rows.Whole(3, row),
        0,
        rows.Number(4, row),
        rows.NumberOrNaN(5, row),
        rows.NumberOrNaN(6, row),
        rows.NumberOrNaN(7, row),
        0,
        (QualityFlags)rows.Whole(11, row));

    private static string Text(RowReader rows, int column, int row) => Encoding.UTF8.GetString(rows.Text(column, row));

    /// <summary>Reads names where there are more than before.</summary>
    private void Refresh()
    {
        lock (_gate)
        {
            var (frame, count) = tables.Instrumented;
            if (count != _count)
            {
                ReadNames();
            }

            Volatile.Write(ref _frame, frame);
        }
    }

    private void ReadNames()
    {
        var known = new Dictionary<(string Tenant, string Name), TickInstrument>();
        var instruments = tables.Instruments();
        foreach (var instrument in instruments)
        {
            // The same object for good: others keep what they know of an instrument by it.
            var key = (instrument.Tenant, instrument.Name);
            known[key] = _known.GetValueOrDefault(key, instrument);
        }

        _count = instruments.Count;
        _names = known.Keys.GroupBy(static k => k.Tenant, static k => k.Name).ToDictionary(static t => t.Key, static t => t.ToArray());
        _known = known;
    }
}
