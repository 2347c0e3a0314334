using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Aurum.App.Running;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Quality.Gates;
using Aurum.Store;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.App.Ingest;

/// <summary>One operating day of a feed, from the publisher to committed rows: fetch, archive, parse, gate, store.</summary>
internal sealed class DayIngest(
    AurumStore store,
    Fetcher fetcher,
    SiteDirectory sites,
    GateRoom gates,
    DriftWatch drift,
    DayWatch watch,
    AurumMetrics metrics,
    IClock clock,
    DeliveryClock stamps)
{
    /// <summary>Pages that one request may have.</summary>
    private const int MaxPages = 10_000;

    /// <summary>Pieces of a day that are stored in one transaction while there are more to ask for.</summary>
    private const int PiecesAtATime = 48;

    private readonly ConcurrentDictionary<FeedId, Lock> _turns = new();
    private readonly PiecesRead _pieces = new(store);

    /// <summary>Asks for the day and stores what comes. Ends in one outcome in the ledger, whatever happens at the publisher.</summary>
    /// <param name="feed">Feed.</param>
    /// <param name="day">Operating day.</param>
    /// <param name="isLive">Whether it goes before backfills.</param>
    /// <param name="cancel">Stops it; the day stays as it was.</param>
    /// <param name="shared">Answers of the job that hold further days; null: the day asks for itself.</param>
    /// <param name="lease">The right to work on the day, where several processes share the work.</param>
    public async Task<DayReport> Run(
        Feed feed, OperatingDay day, bool isLive, CancellationToken cancel, SharedAnswers? shared = null, WorkLease? lease = null)
    {
        var requests = sites.Asked.Requests(feed, day, clock.GetCurrentInstant());
        if (requests is [var request] && shared?.Of(feed, request) is { } answer)
        {
            return await RunShared(feed, day, request, answer, isLive, lease, cancel);
        }

        return await Ask(feed, day, requests, new Answers(), isLive, cancel, lease);
    }

    /// <summary>Stores files that are in the archive already: answers of a publisher, files of a person.</summary>
    public DayReport Store(Feed feed, OperatingDay day, Answers answers, WorkLease? lease = null)
    {
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        DayReport report;

        // One delivery of a feed at a time, stamped in its turn: days may share keys, and a key's revisions must not go back in time.
        lock (_turns.GetOrAdd(feed.Id, static _ => new Lock()))
        {
            report = feed.Accept(new Delivery(store, store.Archive, gates, drift, day, answers, stamps.Next()) { Lease = lease });
        }

        watch.Look(report);
        var receipt = report.Receipt;
        metrics.Ingested(
            feed.Id,
            report.Outcome,
            new IngestedRows(receipt.New, receipt.Changed, receipt.Identical + receipt.Duplicate, receipt.Quarantined),
            System.Diagnostics.Stopwatch.GetElapsedTime(started));
        if (report.Gate is { } gate)
        {
            int Count(CheckStatus status) => gate.Results.Count(r => r.Status == status);
            metrics.Gated(feed.Id, Count(CheckStatus.Pass), Count(CheckStatus.Warn), Count(CheckStatus.Fail));
        }

        return report;
    }

    private async Task<DayReport> RunShared(
        Feed feed, OperatingDay day, FeedRequest request, SharedAnswer shared, bool isLive, WorkLease? lease, CancellationToken cancel)
    {
        await shared.Enter(cancel);
        try
        {
            var answers = new Answers();
            var lastTried = store.Ledger.Find(feed.Id, day.Date)?.LastTriedAt;
            if (shared.For(day, lastTried, clock.GetCurrentInstant()) is { } file)
            {
                answers.Add(file);
                var reread = Store(feed, day, answers, lease);
                shared.Reread(reread.Outcome);
                return reread with { Files = 0, Bytes = 0 };
            }

            var report = await Ask(feed, day, [request], answers, isLive, cancel, lease);
            shared.Received(answers.Files, report.Outcome);
            return report;
        }
        finally
        {
            shared.Leave();
        }
    }

    private async Task<DayReport> Ask(
        Feed feed, OperatingDay day, IReadOnlyList<FeedRequest> requests, Answers answers, bool isLive, CancellationToken cancel,
        WorkLease? lease = null)
    {
        try
        {
            // A running day takes only its new pieces, some at a time so that a stop loses little.
            var unread = requests.Where(request => _pieces.Find(feed, day, request) is null).ToList();
            for (var i = 0; i < unread.Count; i++)
            {
                await FetchPages(feed, day, unread[i], answers, isLive, cancel);
                if (unread[i].IsPiece && answers.Files.Count >= PiecesAtATime && i + 1 < unread.Count)
                {
                    answers = StoreSome(feed, day, requests, answers, lease);
                }
            }

            AddEarlier(feed, day, requests, answers);
            var report = Store(feed, day, answers, lease);
            _pieces.Take(feed, day, requests, answers, report);
            var received = answers.Received.ToList();
            return report with { Files = received.Count, Bytes = received.Sum(file => file.SizeBytes) };
        }
        finally
        {
            Charge(feed, answers);
        }
    }

    /// <summary>Stores the pieces that have come so far. The rest of the look knows what went wrong with them.</summary>
    private Answers StoreSome(
        Feed feed, OperatingDay day, IReadOnlyList<FeedRequest> requests, Answers answers, WorkLease? lease)
    {
        var rest = answers.WithoutFiles();
        answers.Add(Outcome.NotYetPublished, "further files of the day are being asked for");
        _pieces.Take(feed, day, requests, answers, Store(feed, day, answers, lease));
        Charge(feed, answers);
        return rest;
    }

    /// <summary>When a day is over, all its pieces are judged together.</summary>
    private void AddEarlier(Feed feed, OperatingDay day, IReadOnlyList<FeedRequest> requests, Answers answers)
    {
        if (Planner.IsCompleteBy(feed, day, clock.GetCurrentInstant()))
        {
            var received = answers.Files.Select(file => file.Fetch.PathAndQuery).ToHashSet();
            foreach (var request in requests.Where(request => !received.Contains(request.PathAndQuery)))
            {
                if (_pieces.Find(feed, day, request) is { } piece)
                {
                    answers.AddEarlier(piece);
                }
            }
        }

        if (requests.Count > 0 && answers.IsNothingToAsk)
        {
            answers.Add(Outcome.NotYetPublished, "the files that are there have all been read");
        }
    }

    private void Charge(Feed feed, Answers answers)
    {
        foreach (var files in answers.Received.GroupBy(f => f.Fetch.Site))
        {
            sites[files.Key].Read(feed.Id, files.Count(), files.Sum(answers.RowsOf));
        }
    }

    private async Task FetchPages(Feed feed, OperatingDay day, FeedRequest first, Answers answers, bool isLive, CancellationToken cancel)
    {
        var page = first;
        for (var pages = 0; page is not null; pages++)
        {
            if (pages == MaxPages)
            {
                answers.Add(Outcome.Malformed, $"more than {MaxPages} pages for {first.PathAndQuery}");
                return;
            }

            var attempt = await fetcher.Get(feed, day, page, isLive, cancel);
            if (attempt.File is not { } file)
            {
                answers.Add(IsHole(feed, day, page, attempt.Outcome) ? Outcome.ProvenEmpty : attempt.Outcome, attempt.Why);
                return;
            }

            answers.Add(file);
            if (!TryNextPage(feed, page, store.Archive.FileOf(file, feed), answers, out page))
            {
                return;
            }
        }
    }

    /// <summary>Whether the publisher left out a piece of a day that is over: the gate counts the intervals of such feeds.</summary>
    private bool IsHole(Feed feed, OperatingDay day, FeedRequest request, Outcome outcome) =>
        request.IsPiece && outcome == Outcome.NotYetPublished && feed.IntervalMinutes is not null
        && Planner.IsCompleteBy(feed, day, clock.GetCurrentInstant());

    /// <summary>A page that can't be read ends the paging; the parser will say what is wrong with it.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "only the two named kinds are caught")]
    private static bool TryNextPage(Feed feed, FeedRequest page, FeedFile file, Answers answers, out FeedRequest? next)
    {
        try
        {
            next = feed.NextPage(page, file);
            return next is not null;
        }
        catch (Exception e) when (e is FeedFormatException or InvalidDataException)
        {
            answers.Add(Outcome.Malformed, e.Message);
            next = null;
            return false;
        }
    }
}
