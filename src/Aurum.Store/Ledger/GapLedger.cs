using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Rows;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Ledger;

/// <summary>Reads the gap ledger: per feed and operating day, what came of it. Safe from several threads.</summary>
public sealed class GapLedger
{
    private readonly StoreEngine _engine;
    private readonly StoreState _state;

    internal GapLedger(StoreState state)
    {
        _engine = state.Engine;
        _state = state;
    }

    /// <summary>Null where the day was never tried. Read from memory for a feed's latest days.</summary>
    public LedgerEntry? Find(FeedId feed, LocalDate day) =>
        _state.TryFind(feed)?.Recalls(day, out var known) == true
            ? known
            : _engine.List(LedgerSql.Entry, s => s.Bind(feed.Text).Bind(day), Entry) is [var entry] ? entry : null;

    /// <summary>Entries by feed and day. Null leaves a side open.</summary>
    public IReadOnlyList<LedgerEntry> Entries(FeedId? feed = null, LocalDate? from = null, LocalDate? through = null) =>
        _engine.List(LedgerSql.Entries, s => s.Bind(feed?.Text).Bind(from).Bind(through), Entry);

    /// <summary>All tries of a day, oldest first.</summary>
    public IReadOnlyList<LedgerAttempt> History(FeedId feed, LocalDate day) =>
        _engine.List(LedgerSql.History, s => s.Bind(feed.Text).Bind(day), Attempt);

    /// <summary>How often days were tried since an instant, and when last. Days that were not are left out.</summary>
    public IReadOnlyDictionary<LocalDate, (long Tries, Instant Last)> TriesSince(
        FeedId feed, LocalDate from, LocalDate through, Instant since) =>
        _engine.List(
            LedgerSql.Tries,
            s => s.Bind(feed.Text).Bind(from).Bind(through).Bind(since),
            static (rows, i) => (Day: rows.Date(0, i), Tries: rows.Int64(1, i), Last: rows.Instant(2, i)))
        .ToDictionary(static t => t.Day, static t => (t.Tries, t.Last));

    /// <summary>Days that lack rows, between the first and the last tried day of a feed, or between the given days
    /// where both are given: then days that were never tried count too, and feeds that were never tried need to be
    /// named. A running day is no gap.</summary>
    public IReadOnlyList<Gap> Gaps(FeedId? feed = null, LocalDate? from = null, LocalDate? through = null)
    {
        var entries = Entries(feed, from, through).ToDictionary(e => (e.Feed, e.Day));
        List<Gap> gaps = [];
        foreach (var (id, first, last) in Spans(feed, from, through))
        {
            for (var day = first; day <= last; day = day.PlusDays(1))
            {
                var entry = entries.GetValueOrDefault((id, day));
                if (entry is not ({ IsSettled: true } or { IsRunning: true }))
                {
                    gaps.Add(new Gap(id, day, entry));
                }
            }
        }

        return gaps;
    }

    /// <summary>Null for a feed that was never tried.</summary>
    public Watermark? WatermarkOf(FeedId feed) => ReadWatermarks(feed) is [var watermark] ? watermark : null;

    public IReadOnlyList<Watermark> Watermarks() => ReadWatermarks(null);

    /// <summary>The watermark as it follows from the ledger's entries; must equal the stored one.</summary>
    public Watermark? ComputeWatermark(FeedId feed)
    {
        var entries = Entries(feed);
        if (entries.Count == 0)
        {
            return null;
        }

        LocalDate? through = null;
        foreach (var entry in entries)
        {
            if (!entry.IsSettled || entry.Day != (through?.PlusDays(1) ?? entries[0].Day))
            {
                break;
            }

            through = entry.Day;
        }

        return new Watermark(feed, entries[0].Day, through);
    }

    private List<Watermark> ReadWatermarks(FeedId? feed) => _engine.List(
        LedgerSql.Watermarks,
        s => s.Bind(feed?.Text),
        (rows, i) => new Watermark(new FeedId(rows.String(0, i)), rows.Date(1, i), rows.DateOrNull(2, i)));

    private IEnumerable<(FeedId Feed, LocalDate First, LocalDate Last)> Spans(FeedId? feed, LocalDate? from, LocalDate? through)
    {
        if (feed is { } id && from is { } first && through is { } last)
        {
            return [(id, first, last)];
        }

        return _engine.List(
            LedgerSql.Spans,
            s => s.Bind(feed?.Text),
            (rows, i) => (new FeedId(rows.String(0, i)), from ?? rows.Date(1, i), through ?? rows.Date(2, i)));
    }

    internal static LedgerEntry Entry(EngineRows rows, int i) => new(
        new FeedId(rows.String(0, i)),
        rows.Date(1, i),
        (Outcome)rows.Int32(2, i),
        rows.String(3, i),
        rows.Boolean(4, i),
        (Outcome)rows.Int32(5, i),
        rows.String(6, i),
        rows.Int32(7, i),
        rows.Instant(8, i),
        rows.Instant(9, i),
        rows.Int64(10, i),
        rows.InstantOrNull(11, i));

    private static LedgerAttempt Attempt(EngineRows rows, int i) => new(
        new FeedId(rows.String(0, i)),
        rows.Date(1, i),
        rows.Int32(2, i),
        rows.Instant(3, i),
        (Outcome)rows.Int32(4, i),
        rows.String(5, i),
        rows.Boolean(6, i),
        rows.Int64(7, i),
        rows.Int64(8, i),
        rows.Int64(9, i),
        rows.Int64(10, i),
        rows.Int64(11, i));
}
