using System.Text;
using Aurum.Market.Ticks;
using Aurum.Store.Reading;
using Aurum.Store.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Events out of the tables, for readers who are behind what is in memory. Numbers that only a run has are 0 in them:
/// source, keys, classification, curve.</summary>
/// <param name="tables">The tables.</param>
/// <param name="board">Knows instruments by name, and their latest prices.</param>
/// <param name="settle">Brings what is committed into the tables.</param>
internal sealed class StoredEvents(TickTables tables, IPriceBoard board, Func<CancellationToken, Task> settle)
{
    private const int PageEvents = 4_096;

    /// <summary>Reads a page.</summary>
    /// <param name="filter">What is wanted.</param>
    /// <param name="after">The last event that was seen.</param>
    /// <param name="priced">The frame behind which prices were not seen.</param>
    /// <param name="to">Takes what was found, in order.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The place up to which all was found.</returns>
    public async Task<TickToken> ReadAsync(
        TickEventFilter filter, TickToken after, long priced, List<TickEvent> to, CancellationToken cancel)
    {
        await settle(cancel);
        after = after.Index < 0 ? new TickToken(after.Frame - 1, int.MaxValue) : after;
        var end = new TickToken(tables.SettledFrame, int.MaxValue);
        var wanted = filter.Filter;
        foreach (var tenant in wanted.Tenant is { } one ? [one] : board.Tenants)
        {
            if (wanted.Kinds.HasFlag(TickEventKind.Tick))
            {
                Read(tables.Ticks(TicksOf(tenant, wanted, after), cancel), tenant, 2, TickAt, ref end, to);
            }

            if (wanted.Kinds.HasFlag(TickEventKind.Bar))
            {
                Read(tables.Bars(BarsOf(tenant, wanted, after), cancel), tenant, 2, BarAt, ref end, to);
            }

            if (wanted.Kinds.HasFlag(TickEventKind.CurvePoint))
            {
                Read(tables.CurvePoints(PointsOf(tenant, after), cancel), tenant, 3, PointAt, ref end, to);
            }
        }

        to.RemoveAll(e => e.Token > end || !filter.Takes(e.Instrument) || !HasInterval(wanted, e));
        to.Sort(static (a, b) => a.Token.CompareTo(b.Token));
        if (wanted.Kinds.HasFlag(TickEventKind.Price) && end.Index == int.MaxValue)
        {
            AddPrices(filter, end, priced, to);
        }

        return end;
    }

    private static bool HasInterval(TickFilter wanted, in TickEvent found) =>
        found.Kind != TickEventKind.Bar || wanted.Intervals.Count == 0 || wanted.Intervals.Contains(found.Bar.Interval);

    private static TickQuery TicksOf(string tenant, TickFilter wanted, TickToken after) => new(tenant)
    {
        Instruments = [.. wanted.Instruments],
        Order = TickOrder.Stored,
        After = after.ToString(),
        Limit = PageEvents,
    };

    private static BarQuery BarsOf(string tenant, TickFilter wanted, TickToken after) => new(tenant)
    {
        Instruments = [.. wanted.Instruments],
        Interval = wanted.Intervals.Count == 1 ? wanted.Intervals.First() : null,
        AllRevisions = true,
        Order = TickOrder.Stored,
        After = after.ToString(),
        Limit = PageEvents,
    };

    private static CurvePointQuery PointsOf(string tenant, TickToken after) => new(tenant)
    {
        LatestOnly = false,
        After = after.ToString(),
        Limit = PageEvents,
    };

    /// <summary>Reads a page of one kind; where it is cut off, the other kinds end there too.</summary>
    /// <param name="rows">Frame, index and more.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="name">Column of the instrument's name.</param>
    /// <param name="at">Makes an event of a row.</param>
    /// <param name="end">The place up to which all kinds are read.</param>
    /// <param name="to">Takes the events.</param>
    private void Read(
        RowReader rows,
        string tenant,
        int name,
        Func<RowReader, int, TickInstrument, TickEvent> at,
        ref TickToken end,
        List<TickEvent> to)
    {
        using (rows)
        {
            var last = default(TickToken);
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Count; i++)
                {
                    last = new TickToken(rows.Whole(0, i), (int)rows.Whole(1, i));
                    if (board.Find(tenant, Text(rows, name, i)) is { } instrument)
                    {
                        to.Add(at(rows, i, instrument) with { Token = last });
                    }
                }
            }

            if (rows.IsTruncated && last < end)
            {
                end = last;
            }
        }
    }

    private void AddPrices(TickEventFilter filter, TickToken end, long priced, List<TickEvent> to)
    {
        foreach (var tenant in filter.Filter.Tenant is { } one ? [one] : board.Tenants)
        {
            foreach (var view in board.Of(tenant, priced).Where(v => filter.Takes(v.Instrument)))
            {
                to.Add(new TickEvent(end, TickEventKind.Price, view.Instrument, view.Source, default, default, view.Price, default));
            }
        }
    }

    /// <summary>Columns: frame, index, instrument_id, market, source, event_time, ingested_at, sequence, price, volume, bid, ask,
    /// currency, unit, flags.</summary>
    private static TickEvent TickAt(RowReader rows, int row, TickInstrument instrument) => new(
        default,
        TickEventKind.Tick,
        instrument,
        Text(rows, 4, row),
        new Tick
        {
            Instrument = instrument.Number,
            Source = 0,
            EventMicros = rows.InstantMicros(5, row),
            IngestedMicros = rows.InstantMicros(6, row),
            Sequence = rows.IsNull(7, row) ? -1 : rows.Whole(7, row),
            Key = 0,
            Price = rows.NumberOrNaN(8, row),
            Volume = rows.NumberOrNaN(9, row),
            Bid = rows.NumberOrNaN(10, row),
            Ask = rows.NumberOrNaN(11, row),
            Flags = (QualityFlags)rows.Whole(14, row),
        },
        default,
        default,
        default);

    /// <summary>Columns: frame, index, instrument_id, interval, start_utc, end_utc, open, high, low, close, volume, vwap, twap,
    /// count, revision, marks.</summary>
    private static TickEvent BarAt(RowReader rows, int row, TickInstrument instrument) => new(
        default, TickEventKind.Bar, instrument, "", default, BarOf(rows, row, instrument.Number), default, default);

    private static Bar BarOf(RowReader rows, int row, int instrument) => new()
    {
        Instrument = instrument,
        Interval = (BarInterval)rows.Whole(3, row),
        StartMicros = rows.InstantMicros(4, row),
        EndMicros = rows.InstantMicros(5, row),
        Open = rows.Number(6, row),
        High = rows.Number(7, row),
        Low = rows.Number(8, row),
        Close = rows.Number(9, row),
        Volume = rows.Number(10, row),
        Vwap = rows.NumberOrNaN(11, row),
        Twap = rows.Number(12, row),
        Count = rows.Whole(13, row),
        Revision = (int)rows.Whole(14, row),
        Marks = (BarMarks)rows.Whole(15, row),
    };

    /// <summary>Columns: frame, index, curve_id, instrument_id, contract_month, quoted_at, price, volume.</summary>
    private static TickEvent PointAt(RowReader rows, int row, TickInstrument instrument) => new(
        default,
        TickEventKind.CurvePoint,
        instrument,
        "",
        default,
        default,
        default,
        new CurvePoint(
            0, instrument.Number, (int)rows.Whole(4, row), rows.InstantMicros(5, row), rows.NumberOrNaN(6, row), rows.NumberOrNaN(7, row)));

    private static string Text(RowReader rows, int column, int row) => Encoding.UTF8.GetString(rows.Text(column, row));
}
