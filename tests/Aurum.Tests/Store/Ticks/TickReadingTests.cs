using Aurum.Market.Ticks;
using Aurum.Store;
using Aurum.Store.Reading;
using Aurum.Store.Ticks;
using NodaTime;
using static Aurum.Tests.Store.Ticks.TickFrames;

namespace Aurum.Tests.Store.Ticks;

public abstract class TickReadingTests : IDisposable
{
    private readonly AurumStore _store;

    protected TickReadingTests(AurumStore store) => _store = store;

    public virtual void Dispose()
    {
        _store.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the closed store of this test again, with limits of age.</summary>
    protected abstract AurumStore Reopen(Func<StoreOptions, StoreOptions> with);

    [Fact]
    public void Ticks_are_found_by_tenant_instrument_time_source_and_flags()
    {
        _store.Ticks.Settle(new TickFrames().First().Settlement);
        Assert.Equal(["1.0 30", "1.1 -4", "1.3 31", "1.4 32"], Ticks(new TickQuery("acme")));
        Assert.Equal(["1.2 99"], Ticks(new TickQuery("other") { Instruments = ["NP15"] }));
        Assert.Empty(Ticks(new TickQuery("other") { Instruments = ["SP15"] }));
        Assert.Equal(
            ["1.0 30", "1.3 31"], Ticks(new TickQuery("acme") { Instruments = ["NP15"], Until = Start + Duration.FromSeconds(70) }));
        Assert.Equal(
            ["1.3 31", "1.0 30", "1.4 32"], Ticks(new TickQuery("acme") { Instruments = ["NP15"], Order = TickOrder.Time }));
        Assert.Equal(["1.0 30", "1.1 -4"], Ticks(new TickQuery("acme") { From = Start + Duration.FromSeconds(9), Limit = 2 }));
        Assert.Equal(["1.1 -4"], Ticks(new TickQuery("acme") { Flags = QualityFlags.PriceNegative | QualityFlags.MissingVolume }));
        Assert.Empty(Ticks(new TickQuery("acme") { Source = "ice" }));
        Assert.Equal(4, Ticks(new TickQuery("acme") { Source = "caiso-oasis" }).Count);
        Assert.Empty(Ticks(new TickQuery("acme") { AsOf = Start }));
    }

    [Theory]
    [InlineData(TickOrder.Stored)]
    [InlineData(TickOrder.Time)]
    public void Pages_of_ticks_follow_each_other(TickOrder order)
    {
        var frames = new TickFrames().First();
        for (var f = 0; f < 3; f++)
        {
            frames.Begin(accepted: 4);
            frames.Settlement.Add([Tick(0, 100 - f, f), Tick(1, 100, f), Tick(0, 70, f), Tick(0, 100, f)]);
        }

        _store.Ticks.Settle(frames.Settlement);
        var query = new TickQuery("acme") { Order = order };
        var all = Ticks(query);
        Assert.Equal(16, all.Count);
        List<string> paged = [];
        for (string? after = null; ;)
        {
            using var rows = _store.Ticks.Ticks(query with { After = after, Limit = 3 });
            paged.AddRange(Texts(rows));
            after = rows.NextCursor;
            if (after is null)
            {
                break;
            }
        }

        Assert.Equal(all, paged);
    }

    [Fact]
    public void A_reader_goes_on_behind_a_token()
    {
        var frames = new TickFrames().First().Begin(accepted: 1);
        frames.Settlement.Add([Tick(0, 200, 50)]);
        _store.Ticks.Settle(frames.Settlement);
        Assert.Equal(["1.4 32", "2.0 50"], Ticks(new TickQuery("acme") { After = new TickToken(1, 3).ToString() }));
        Assert.Empty(Ticks(new TickQuery("acme") { After = "2.0" }));
        var error = Assert.Throws<ArgumentException>(() => Ticks(new TickQuery("acme") { After = "2" }));
        Assert.StartsWith("'2' is not a cursor of this query: expected frame.index", error.Message);
        Assert.Throws<ArgumentException>(() => Ticks(new TickQuery("acme") { After = "2.0", Order = TickOrder.Time }));
    }

    [Fact]
    public void Bars_are_shown_as_they_were_known()
    {
        var frames = new TickFrames().First();
        frames.Settlement.Add([Bar(0, 0, 30), Bar(1, 0, 20), Bar(0, 0, 30, interval: BarInterval.FiveMinutes)]);
        frames.Begin();
        frames.Settlement.Add([Bar(0, 1, 31), Bar(0, 0, 35, revision: 1)]);
        _store.Ticks.Settle(frames.Settlement);
        var minutes = new BarQuery("acme") { Interval = BarInterval.OneMinute };
        Assert.Equal(["NP15 0 35 r1 2.1", "SP15 0 20 r0 1.6", "NP15 1 31 r0 2.0"], Bars(minutes));
        Assert.Equal(["NP15 0 30 r0 1.5", "SP15 0 20 r0 1.6"], Bars(minutes with { AsOf = KnownAt(1) }));
        Assert.Equal(
            ["NP15 0 30 r0 1.5", "NP15 0 35 r1 2.1", "SP15 0 20 r0 1.6", "NP15 1 31 r0 2.0"], Bars(minutes with { AllRevisions = true }));
        Assert.Equal(["NP15 0 30 r0 1.7"], Bars(new BarQuery("acme") { Interval = BarInterval.FiveMinutes }));
        Assert.Equal(["NP15 1 31 r0 2.0"], Bars(minutes with { From = Start + Duration.FromMinutes(1) }));
        Assert.Equal(["SP15 0 20 r0 1.6"], Bars(minutes with { Instruments = ["SP15"], Until = Start + Duration.FromMinutes(1) }));
        Assert.Equal(["NP15 1 31 r0 2.0", "NP15 0 35 r1 2.1"], Bars(minutes with { Order = TickOrder.Stored, After = "1.6" }));
        foreach (var all in (BarQuery[])[minutes, minutes with { AllRevisions = true }, minutes with { Order = TickOrder.Stored }])
        {
            List<string> paged = [];
            for (string? after = null; paged.Count == 0 || after is not null;)
            {
                using var rows = _store.Ticks.Bars(all with { After = after, Limit = 1 });
                paged.AddRange(BarTexts(rows));
                after = rows.NextCursor;
            }

            Assert.Equal(Bars(all), paged);
        }
    }

    [Fact]
    public void The_view_of_current_bars_has_the_last_revisions()
    {
        var frames = new TickFrames().First();
        frames.Settlement.Add([Bar(0, 0, 30), Bar(0, 0, 35, revision: 1), Bar(1, 0, 3)]);
        _store.Ticks.Settle(frames.Settlement);
        using var rows = _store.Read.Sql("SELECT instrument_id, revision, open FROM bars_current ORDER BY instrument_id");
        Assert.True(rows.NextChunk());
        Assert.Equal(2, rows.Count);
        Assert.Equal([1L, 35d, 0L, 3d], [rows.Value(1, 0), rows.Value(2, 0), rows.Value(1, 1), rows.Value(2, 1)]);
    }

    [Fact]
    public void Latest_prices_are_of_one_tenant()
    {
        _store.Ticks.Settle(new TickFrames().First().Settlement);
        Assert.Equal(["NP15 32", "SP15 -4"], Latest("acme"));
        Assert.Equal(["NP15 99"], Latest("other"));
        Assert.Equal(["SP15 -4"], Latest("acme", "SP15", "none"));
        Assert.Empty(Latest("nobody"));
    }

    [Fact]
    public void Curves_are_shown_as_of_a_time()
    {
        var frames = new TickFrames().First();
        frames.Settlement.Add(
            [new CurvePoint(0, 0, 202605, Micros(5), 40, 1), new CurvePoint(0, 0, 202604, Micros(6), 41, double.NaN)]);
        frames.Begin();
        frames.Settlement.Add([new CurvePoint(0, 0, 202605, Micros(60), 44, 1)]);
        _store.Ticks.Settle(frames.Settlement);
        Assert.Equal(["202604 41", "202605 44"], Points(new CurvePointQuery("acme")));
        Assert.Equal(["202604 41", "202605 40"], Points(new CurvePointQuery("acme") { QuotedBy = Start + Duration.FromSeconds(59) }));
        Assert.Equal(["202604 41", "202605 40"], Points(new CurvePointQuery("acme") { Curves = ["ICE.NP15"], AsOf = KnownAt(1) }));
        Assert.Equal(["202605 40", "202604 41", "202605 44"], Points(new CurvePointQuery("acme") { LatestOnly = false }));
        Assert.Equal(["202605 44"], Points(new CurvePointQuery("acme") { LatestOnly = false, After = "1.6" }));
        Assert.Empty(Points(new CurvePointQuery("other")));
        Assert.Empty(Points(new CurvePointQuery("acme") { Curves = ["none"] }));
        Assert.Equal([new TickCurve("acme", "ICE.NP15")], _store.Ticks.Curves("acme"));
    }

    [Fact]
    public void Dead_letters_keep_their_bytes_and_are_redriven_once()
    {
        var frames = new TickFrames().First().Begin(dead: 2);
        byte[] message = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        var late = new DeadLetter(DeadLetterReason.TooLate, "occurred_at", "a time", "400 s", 7, message.Length);
        var form = new LetterForm(LetterForm.Binary, "CAISO", "file", new byte[] { 0, 1, 0xFF });
        var first = frames.Settlement.Add(late, "acme", "ticks.json", message, form);
        frames.Settlement.Add(new DeadLetter(DeadLetterReason.InvalidJson, "", "JSON", "", 300, 2), "other", "post", [0xFF, 0xFE]);
        Assert.Equal(new TickToken(2, 0), first);
        _store.Ticks.Settle(frames.Settlement);
        var stored = _store.Ticks.FindDeadLetter(first)!;
        Assert.Equal(
            (late, "acme", "ticks.json", KnownAt(2), true),
            (stored.Letter, stored.Tenant, stored.Stream, stored.ReceivedAt, stored.IsPending));
        Assert.Equal(message, stored.Bytes);
        Assert.Equal(
            (form.Format, form.Market, form.Source, "0001FF"),
            (stored.Form!.Format, stored.Form.Market, stored.Form.Source, Convert.ToHexString(stored.Form.Prelude.Span)));
        Assert.Null(_store.Ticks.FindDeadLetter(new TickToken(2, 1))!.Form);
        Assert.Equal(["2.0", "2.1"], Letters(new TickLetterQuery()));
        Assert.Equal(["2.1"], Letters(new TickLetterQuery { After = first }));
        Assert.Equal(["2.1"], Letters(new TickLetterQuery { Reason = DeadLetterReason.InvalidJson }));
        Assert.Equal(["2.1"], Letters(new TickLetterQuery { Tenant = "other", Stream = "post", Since = KnownAt(2) }));
        Assert.Empty(Letters(new TickLetterQuery { Since = KnownAt(3) }));

        frames.Settlement.Clear();
        frames.Begin(accepted: 1);
        frames.Settlement.Add([Tick(0, 300, 60)]);
        frames.Settlement.AddRedriven(first);
        _store.Ticks.Settle(frames.Settlement);
        var redriven = _store.Ticks.FindDeadLetter(first)!;
        Assert.Equal((KnownAt(3), 3L, false), (redriven.RedrivenAt, redriven.RedrivenFrame, redriven.IsPending));
        Assert.Equal(["2.1"], Letters(new TickLetterQuery { PendingOnly = true }));
        using var rows = _store.Read.Sql(
            "SELECT letter_id, reason, error_code, stage, redriven_frame FROM tick_dead_letters ORDER BY frame, index");
        Assert.True(rows.NextChunk());
        Assert.Equal(
            ["2.0", "TooLate", "CONTRACT_VIOLATION", "AGGREGATION", 3L], Enumerable.Range(0, 5).Select(c => rows.Value(c, 0)));
    }

    [Fact]
    public void Streams_batches_and_instruments_are_remembered()
    {
        var frames = new TickFrames().First();
        frames.Settlement.Add(new TickCheckpoint("a.json", 100, IsComplete: false));
        frames.Settlement.Add(new TickCheckpoint("b.json", 7, IsComplete: true));
        frames.Settlement.Add(new TickBatchKey("acme", "k-1", new TickCounters(5, 5, 0, 0, 0)));
        _store.Ticks.Settle(frames.Settlement);
        frames.Settlement.Clear();
        frames.Begin();
        frames.Settlement.Add(new TickCheckpoint("a.json", 250, IsComplete: true));
        frames.Settlement.Add(new TickBatchKey("acme", "k-2", default));
        _store.Ticks.Settle(frames.Settlement);
        Assert.Equal(
            [new(new("a.json", 250, true), 2, KnownAt(2)), new(new("b.json", 7, true), 1, KnownAt(1))], _store.Ticks.Streams());
        Assert.Equal(
            [new(new("acme", "k-1", new(5, 5, 0, 0, 0)), 1, KnownAt(1)), new(new("acme", "k-2", default), 2, KnownAt(2))],
            _store.Ticks.Submissions());
        Assert.Equal([Instrument(2, "NP15", "other")], _store.Ticks.Instruments("other"));
        Assert.Equal(3, _store.Ticks.Instruments().Count);

        using var day = new TickSettlement();
        day.BeginFrame(3, KnownAt(2) + Duration.FromHours(24), _store.Ticks.Progress.Counters);
        day.Add(new TickBatchKey("acme", "k-3", default));
        _store.Ticks.Settle(day);
        Assert.Equal(["k-2", "k-3"], _store.Ticks.Submissions().Select(s => s.Batch.Key));
    }

    [Fact]
    public void Old_ticks_are_pruned_and_bars_stay()
    {
        _store.Dispose();
        using var store = Reopen(static o => o with { TickDays = 2 });
        var frames = new TickFrames().First().Begin(accepted: 1);
        frames.Settlement.Add([Tick(0, 500, 77)]);
        frames.Settlement.Add([Bar(0, 0, 30)]);
        store.Ticks.Settle(frames.Settlement);
        Assert.Equal(0, store.Ticks.Prune(KnownAt(1) + Duration.FromDays(2)));
        Assert.Equal(5, store.Ticks.Prune(KnownAt(2) + Duration.FromDays(2)));
        Assert.Equal(0, store.Ticks.Prune(KnownAt(2) + Duration.FromDays(2)));
        using var ticks = store.Ticks.Ticks(new TickQuery("acme"));
        Assert.Equal(["2.0 77"], Texts(ticks));
        using var bars = store.Ticks.Bars(new BarQuery("acme"));
        Assert.Single(BarTexts(bars));
        Assert.Equal(2, store.Ticks.SettledFrame);

        using var later = new TickSettlement();
        later.BeginFrame(3, KnownAt(2) + Duration.FromDays(3), store.Ticks.Progress.Counters);
        store.Ticks.Settle(later);
        using var none = store.Ticks.Ticks(new TickQuery("acme"));
        Assert.Empty(Texts(none));
    }

    [Fact]
    public void Old_dead_letters_and_quotes_are_pruned_but_the_last_of_each_month()
    {
        _store.Dispose();
        using var store = Reopen(static o => o with { DeadLetterDays = 2, CurvePointDays = 3 });
        var frames = new TickFrames().First().Begin(dead: 1);
        frames.Settlement.Add(new DeadLetter(DeadLetterReason.InvalidJson, "", "JSON", "", 300, 2), "acme", "post", [0xFF, 0xFE]);
        frames.Settlement.Add(
            [new CurvePoint(0, 0, 202604, Micros(1), 40, 1), new CurvePoint(0, 0, 202604, Micros(2), 41, 1),
             new CurvePoint(0, 1, 202605, Micros(1), 44, 1)]);
        store.Ticks.Settle(frames.Settlement);
        Assert.Equal(0, store.Ticks.PruneLetters(KnownAt(2) + Duration.FromDays(2)));
        Assert.Equal(0, store.Ticks.PruneCurvePoints(KnownAt(2) + Duration.FromDays(3)));

        using var later = new TickSettlement();
        later.BeginFrame(3, KnownAt(2) + Duration.FromDays(4), store.Ticks.Progress.Counters);
        store.Ticks.Settle(later);
        Assert.Empty(store.Ticks.DeadLetters(new TickLetterQuery()));
        using var points = store.Read.Sql("SELECT contract_month, price FROM curve_point_rows ORDER BY 1");
        Assert.Equal(["202604 41", "202605 44"], Each(points, row => $"{points.Whole(0, row)} {points.Number(1, row)}"));
        Assert.Equal(5, store.Ticks.Progress.Counters.Accepted);
    }

    private List<string> Ticks(TickQuery query)
    {
        using var rows = _store.Ticks.Ticks(query);
        return Texts(rows);
    }

    private List<string> Bars(BarQuery query)
    {
        using var rows = _store.Ticks.Bars(query);
        return BarTexts(rows);
    }

    private List<string> Latest(string tenant, params string[] instruments)
    {
        using var rows = _store.Ticks.Latest(tenant, instruments);
        return Each(rows, row => $"{rows.Value(0, row)} {rows.Number(4, row)}");
    }

    private List<string> Points(CurvePointQuery query)
    {
        using var rows = _store.Ticks.CurvePoints(query);
        return Each(rows, row => $"{rows.Whole(4, row)} {rows.Number(6, row)}");
    }

    private List<string> Letters(TickLetterQuery query) => [.. _store.Ticks.DeadLetters(query).Select(l => l.Id.ToString())];

    private static List<string> Texts(RowReader rows) =>
        Each(rows, row => $"{rows.Whole(0, row)}.{rows.Whole(1, row)} {rows.Number(8, row)}");

    private static List<string> BarTexts(RowReader rows) => Each(
        rows,
        row => $"{rows.Value(2, row)} {Minutes(rows, row)} {rows.Number(6, row)} r{rows.Whole(14, row)} {Token(rows, row)}");

    private static TickToken Token(RowReader rows, int row) => new(rows.Whole(0, row), (int)rows.Whole(1, row));

    private static long Minutes(RowReader rows, int row) => (rows.InstantMicros(4, row) - Micros(0)) / BarIntervals.MicrosPerMinute;

    private static List<string> Each(RowReader rows, Func<int, FormattableString> text)
    {
        List<string> texts = [];
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                texts.Add(FormattableString.Invariant(text(row)));
            }
        }

        return texts;
    }
}
