using Aurum.Market.Ticks;
using Aurum.Store;
using Aurum.Store.Ticks;
using static Aurum.Tests.Store.Ticks.TickFrames;

namespace Aurum.Tests.Store.Ticks;

public abstract class TickTablesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public virtual void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test; again after it was closed.</summary>
    protected virtual AurumStore Open() => DuckDbStores.Open(_folder.Path);

    [Fact]
    public void A_settlement_is_read_with_names_through_the_views()
    {
        using var store = Open();
        var frames = new TickFrames().First();
        frames.Settlement.Add([Bar(0, 0, 30), Bar(0, 1, 40)]);
        frames.Settlement.Add([new CurvePoint(0, 0, 202604, Micros(10), 30, double.NaN)]);
        store.Ticks.Settle(frames.Settlement);

        Assert.Equal(
            [
                "acme|NP15|CAISO|caiso-oasis|30|5||31|USD|MWh|10|[valid]|electricity|1|0",
                "acme|SP15|CAISO|caiso-oasis|-4|||-3|USD|MWh||[price_negative, missing_volume]|electricity|1|1",
                "other|NP15|CAISO|caiso-oasis|99|5||100|USD|MWh|12|[valid]|electricity|1|2",
                "acme|NP15|CAISO|caiso-oasis|31|5||32|USD|MWh|8|[valid]|electricity|1|3",
                "acme|NP15|CAISO|caiso-oasis|32|5||33|USD|MWh|70|[valid]|electricity|1|4",
            ],
            Read(
                store,
                "SELECT tenant_id, instrument_id, market, source, price, volume, bid, ask, currency, unit, sequence, flags, commodity, "
                + "frame, index FROM ticks ORDER BY index"));
        Assert.Equal(
            ["NP15|1m|30|32|28|31|0||30.5|7|0|True|False|5", "NP15|1m|40|42|38|41|0||40.5|7|0|False|False|6"],
            Read(
                store,
                "SELECT instrument_id, interval, open, high, low, close, volume, vwap, twap, count, revision, partial_start, partial_end, "
                + "index FROM bars ORDER BY start_utc"));
        Assert.Equal(
            ["acme|NP15|32|[late_arrival]", "acme|SP15|-4|[late_arrival]", "other|NP15|99|[late_arrival]"],
            Read(store, "SELECT tenant_id, instrument_id, price, flags FROM latest_prices ORDER BY 1, 2"));
        Assert.Equal(
            ["ICE.NP15|NP15|202604|30||7"],
            Read(store, "SELECT curve_id, instrument_id, contract_month, price, volume, index FROM curve_points"));
        Assert.Equal(
            ["acme|NP15||0"], Read(store, "SELECT tenant_id, instrument_id, contract_month, number FROM tick_instruments LIMIT 1"));
    }

    [Fact]
    public void Frames_are_settled_once_and_in_their_order_also_after_a_restart()
    {
        using (var store = Open())
        {
            var frames = new TickFrames().First().Begin(accepted: 1);
            frames.Settlement.Add([Tick(0, 80, 33)]);
            frames.Begin(duplicates: 3);
            store.Ticks.Settle(frames.Settlement);
            Assert.Equal(3, store.Ticks.SettledFrame);
            store.Ticks.Settle(frames.Settlement);
            Assert.Equal(["6"], Read(store, "SELECT count(*) FROM ticks"));
            frames.Begin();
            var overlapping = Assert.Throws<StoreException>(() => store.Ticks.Settle(frames.Settlement));
            Assert.Equal("expected frame 4 to settle, found 1", overlapping.Message);
        }

        using (var store = Open())
        {
            Assert.Equal(new TickProgress(3, new TickCounters(9, 6, 3, 0, 0), KnownAt(3)), store.Ticks.Progress);
            Assert.Equal(
                ["3|9|6|3|0|0"],
                Read(store, "SELECT frame, received, accepted, duplicate, late_amended, dead_lettered FROM tick_progress"));
            using var missing = new TickSettlement();
            missing.BeginFrame(5, KnownAt(5), new TickCounters(9, 6, 3, 0, 0));
            Assert.Throws<StoreException>(() => store.Ticks.Settle(missing));
            Assert.Equal(["1|5", "2|1"], Read(store, "SELECT frame, count(*) FROM ticks GROUP BY frame ORDER BY frame"));
        }
    }

    [Fact]
    public void Counts_that_do_not_add_up_leave_nothing()
    {
        using var store = Open();
        using var lost = new TickSettlement();
        lost.BeginFrame(1, KnownAt(1), new TickCounters(2, 2, 0, 0, 0));
        lost.Add([Tick(0, 1, 30)]);
        Assert.Contains("the counters say 2 ticks, found 1", Assert.Throws<StoreException>(() => store.Ticks.Settle(lost)).Message);
        using var unnamed = new TickSettlement();
        unnamed.BeginFrame(1, KnownAt(1), default);
        unnamed.Add(Names(0) with { Sources = new(1, ["late"]) });
        Assert.Contains("expected source 0", Assert.Throws<StoreException>(() => store.Ticks.Settle(unnamed)).Message);
        Assert.Equal(0, store.Ticks.SettledFrame);
        Assert.Equal(["0|0"], Read(store, "SELECT (SELECT count(*) FROM tick_rows), (SELECT count(*) FROM tick_source_rows)"));
        store.Ticks.Settle(new TickFrames().First().Settlement);
        Assert.Equal(1, store.Ticks.SettledFrame);
    }

    [Fact]
    public void A_settlement_is_used_again_for_the_next_frames()
    {
        using var store = Open();
        var frames = new TickFrames().First();
        store.Ticks.Settle(frames.Settlement);
        frames.Settlement.Clear();
        frames.Begin(accepted: 2);
        frames.Settlement.Add([Tick(1, 90, 7), Tick(1, 91, 8)]);
        frames.Settlement.Add([Price(1, 90, 7), Price(1, 91, 8)]);
        frames.Settlement.Add(Names(3, Instrument(3, "ZP26")));
        store.Ticks.Settle(frames.Settlement);
        Assert.Equal(
            ["NP15|32|1", "NP15|99|1", "SP15|8|2"],
            Read(store, "SELECT instrument_id, price, frame FROM latest_prices ORDER BY instrument_id, price"));
        Assert.Equal("2|0", Read(store, "SELECT frame, index FROM ticks WHERE price = 7")[0]);
    }

    [Fact]
    public void More_ticks_than_a_chunk_keep_their_frames_and_indexes()
    {
        using var store = Open();
        var frames = new TickFrames().First();
        foreach (var count in (int[])[3000, 1, 5000, 2047])
        {
            frames.Begin(accepted: count);
            for (var i = 0; i < count; i++)
            {
                frames.Settlement.Add([Tick(i % 3, i, i, volume: i % 3 == 0 ? double.NaN : i)]);
            }

            frames.Settlement.Add([Bar(0, count, count)]);
        }

        store.Ticks.Settle(frames.Settlement);
        Assert.Equal(
            ["1|5|0|4", "2|3000|0|2999", "3|1|0|0", "4|5000|0|4999", "5|2047|0|2046"],
            Read(store, "SELECT frame, count(*), min(index), max(index) FROM tick_rows GROUP BY frame ORDER BY frame"));
        Assert.Equal(
            ["0"],
            Read(
                store,
                "SELECT count(*) FROM tick_rows WHERE frame > 1 AND (price <> index "
                + "OR coalesce(volume, -1) <> CASE WHEN index % 3 = 0 THEN -1 ELSE index END)"));
        Assert.Equal(
            ["2|3000", "3|1", "4|5000", "5|2047"], Read(store, "SELECT frame, index FROM bar_rows ORDER BY frame"));
    }

    /// <summary>Cells joined with a line, a text a row.</summary>
    internal static List<string> Read(AurumStore store, string sql)
    {
        using var rows = store.Read.Sql(sql);
        List<string> texts = [];
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                texts.Add(string.Join('|', rows.Columns.Select((_, c) => FormattableString.Invariant($"{rows.Value(c, row)}"))));
            }
        }

        return texts;
    }
}
