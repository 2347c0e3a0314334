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
    private string[] _tenants = [];
    private int _count;

    public IReadOnlyCollection<string> Tenants
    {
        get
        {
            Refresh();
            return _tenants;
        }
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
            if (tables.InstrumentCount == _count)
            {
                return;
            }

            var known = new Dictionary<(string Tenant, string Name), TickInstrument>();
            var instruments = tables.Instruments();
            _count = instruments.Count;
            foreach (var instrument in instruments)
            {
                known[(instrument.Tenant, instrument.Name)] = instrument;
            }

            _tenants = [.. known.Keys.Select(static k => k.Tenant).Distinct()];
            _known = known;
        }
    }
}
