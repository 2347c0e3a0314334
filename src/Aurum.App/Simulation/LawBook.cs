using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store.Archive;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Simulation;

/// <summary>Holds a life's store against the laws of the design, one result a law.</summary>
internal sealed class LawBook(SimulatedLife life, Platform platform)
{
    /// <summary>Deliveries whose past is read again, at most.</summary>
    private const int MostPasts = 20;

    /// <summary>Days whose rows are held against the truth, at most, evenly over the life.</summary>
    private const int MostTrueDays = 2_000;

    /// <param name="cancel">Stops it.</param>
    /// <param name="replays">Whether all deliveries are done again from the archive: as long as the life itself.</param>
    public IReadOnlyList<LawResult> Check(CancellationToken cancel, bool replays = true)
    {
        var deliveries = platform.Store.Read.Deliveries().ToList();
        return
        [
            BytesFirst(cancel),
            NoSilentHole(),
            TrueRows(deliveries),
            NothingOverwritten(deliveries),
            EveryRowAccountedFor(),
            DataAndProgressTogether(),
            .. replays ? [SameInputSameOutput(cancel)] : (LawResult[])[],
            LimitsKept(),
        ];
    }

    private LawResult BytesFirst(CancellationToken cancel)
    {
        var law = new LawResult("bytes-first");
        var check = platform.Store.Archive.Verify(cancel);
        law.Count(check.Blobs, check.Damaged.Count + check.Missing.Count + check.Unreadable.Count, () => "the archive is damaged");
        foreach (var (table, rows) in platform.Store.Read.RowCounts())
        {
            var orphans = Number($"select count(*) from {table} r left join files f on f.file_id = r.file_id where f.file_id is null");
            law.Count(rows, orphans, () => $"{table}: {orphans} rows whose file is not in the archive");
        }

        return law;
    }

    /// <summary>Every day that the publishers have put out is in the ledger, and the watermark stands before the first hole.</summary>
    private LawResult NoSilentHole()
    {
        var law = new LawResult("no-silent-hole");
        foreach (var feed in life.Feeds)
        {
            var entries = platform.Store.Ledger.Entries(feed.Id);
            var asked = entries.Select(e => e.Day).ToHashSet();
            foreach (var (_, start, end) in life.Stretches.Where(s => s.Feeds.Contains(feed)))
            {
                var last = Planner.LastDay(feed, end - Duration.FromHours(9));
                for (var day = OperatingDay.Of(start, feed.Zone); day <= last; day = day.Next)
                {
                    law.Count(asked.Contains(day.Date), () => $"{feed.Id} {day} was due and was never asked for");
                }
            }

            var watermark = platform.Store.Ledger.WatermarkOf(feed.Id);
            foreach (var entry in entries)
            {
                law.Count(entry.IsSettled || !(watermark?.Through >= entry.Day), () =>
                    $"{feed.Id}: the watermark stands at {watermark!.Through}, over the hole of {entry.Day}");
            }
        }

        return law;
    }

    /// <summary>A day that the ledger calls complete has exactly the true rows.</summary>
    private LawResult TrueRows(List<Store.Reading.Delivery> deliveries)
    {
        var law = new LawResult("true-rows");
        var days = deliveries.Where(d => d.Outcome == Outcome.Data && d.IsComplete && d.Why.Length == 0)
            .GroupBy(d => (d.Feed, d.Day)).Select(g => g.Last()).ToList();
        for (var i = 0; i < days.Count; i += 1 + (days.Count / MostTrueDays))
        {
            Compare(law, days[i]);
        }

        return law;
    }

    /// <summary>What was known at an earlier delivery is still read with as-of.</summary>
    private LawResult NothingOverwritten(List<Store.Reading.Delivery> deliveries)
    {
        var law = new LawResult("nothing-overwritten");
        var whole = deliveries.Where(d => d.Outcome == Outcome.Data && d.Why.Length == 0 && d.IsComplete).ToList();
        for (var i = 0; i < whole.Count; i += 1 + (whole.Count / MostPasts))
        {
            Compare(law, whole[i]);
        }

        return law;
    }

    private LawResult EveryRowAccountedFor()
    {
        var law = new LawResult("every-row-accounted-for");
        foreach (var (table, rows) in platform.Store.Read.RowCounts())
        {
            var counted = Number($"select coalesce(sum(rows_new + rows_changed), 0) from deliveries where table_name = '{table}'");
            law.Count(rows, Math.Abs(counted - rows), () => $"{table} has {rows} rows, the deliveries count {counted}");
        }

        var held = Number("select count(*) from quarantine");
        var counts = Number("select coalesce(sum(rows_quarantined), 0) from deliveries");
        law.Count(held, Math.Abs(held - counts), () => $"{held} rows in quarantine, the deliveries count {counts}");
        return law;
    }

    private LawResult DataAndProgressTogether()
    {
        var law = new LawResult("data-and-progress-together");
        foreach (var table in platform.Store.Read.RowCounts().Keys)
        {
            var torn = Number($"""
                with said as (
                    select feed, known_at, sum(rows_new + rows_changed) as n from deliveries where table_name = '{table}'
                    group by feed, known_at),
                  held as (select feed, known_at, count(*) as n from {table} group by feed, known_at)
                select count(*) from said full join held on held.feed = said.feed and held.known_at = said.known_at
                where coalesce(said.n, 0) <> coalesce(held.n, 0)
                """);
            law.Count(1, torn, () => $"{table}: {torn} deliveries have other rows than they said");
            var twice = Number($"""
                select count(*) from (select 1 from {table}
                group by feed, {string.Join(", ", KeyColumns(table))}, revision having count(*) > 1)
                """);
            law.Count(1, twice, () => $"{table}: {twice} rows are there twice");
        }

        return law;
    }

    private LawResult SameInputSameOutput(CancellationToken cancel)
    {
        var law = new LawResult("same-input-same-output");
        foreach (var table in Replay.Verify(platform, cancel))
        {
            law.Count(table.IsEqual, () => $"{table.Table}: the replay gives other rows");
        }

        return law;
    }

    /// <summary>No minute had more requests than the sites' limits allow.</summary>
    private LawResult LimitsKept()
    {
        var law = new LawResult("limits-kept");
        foreach (var (host, asked) in life.Network.Requests)
        {
            var limits = platform.Sites.All.Where(g => g.Site.BaseAddress.Host == host).Select(g => g.Site.Limits).ToList();
            var most = limits.Sum(l => l.RequestsPerMinute + l.Burst);
            var from = 0;
            for (var i = 0; i < asked.Count; i++)
            {
                while (asked[i] - asked[from] >= Duration.FromMinutes(1))
                {
                    from++;
                }

                law.Count(i - from + 1 <= most + 1, () => $"{host} was asked {i - from + 1} times in a minute, its limit is {most}");
            }
        }

        return law;
    }

    private void Compare(LawResult law, Store.Reading.Delivery delivery)
    {
        var feed = life.Feeds.First(f => f.Id == delivery.Feed);
        var first = delivery.Files.Count == 0 ? delivery.KnownAt : delivery.Files.Min(AskedAt);
        var result = feed.Accept(new TruthCheck(platform.Store, life.Sandbox.Truth, feed.Day(delivery.Day), first, delivery.KnownAt));
        law.Count(result.Rows, result.Wrong.Count, () => result.Wrong[0]);
    }

    /// <summary>An answer shows the publisher's state when it was asked for, and may have been on its
    /// way for as long as the time-out.</summary>
    private Instant AskedAt(FileRecord file) =>
        file.ReceivedAt - Duration.FromSeconds(platform.Sites[file.Fetch.Site].Site.Limits.TimeoutSeconds);

    private static IEnumerable<string> KeyColumns(string table) => StoredFeeds.All.First(f => f.TableName == table).Accept(new KeysOf());

    private long Number(string sql)
    {
        using var rows = platform.Store.Read.Sql(sql);
        return rows.NextChunk() ? rows.Columns[0].Kind == ResultKind.Whole ? rows.Whole(0, 0) : Convert.ToInt64(rows.Value(0, 0), null) : 0;
    }

    private sealed class KeysOf : IFeedVisitor<IEnumerable<string>>
    {
        public IEnumerable<string> Visit<TRow>(Feed<TRow> feed)
            where TRow : struct => feed.Table.Columns.Where(c => c.Role == ColumnRole.Key).Select(c => c.Name);
    }
}
