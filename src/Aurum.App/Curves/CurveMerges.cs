using Aurum.App.Ingest;
using Aurum.Curves.Feeds;
using Aurum.Quality.Gates;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Curves;
using Aurum.Store.Rows;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Curves;

/// <summary>What becomes of branches: merged under a tag when all that is loaded passes, dropped, or rolled back. A merge that a kill
/// ended is finished by the next process.</summary>
internal sealed class CurveMerges(AurumStore store, DeliveryClock stamps, CurveGate gate)
{
    /// <summary>Workbooks that are kept in memory between load and merge.</summary>
    private const int MostRemembered = 16;

    private readonly Dictionary<long, JudgedBook> _judged = [];

    /// <summary>One writer of curves at a time.</summary>
    public Lock Turn { get; } = new();

    public CurveDeliveries Deliveries { get; } = new(store, store.Archive, gate);

    public CurveAlerts Alerts { get; } = new(store);

    /// <summary>What is called after a merge.</summary>
    public Action<BranchRecord>? Merged { get; set; }

    /// <summary>Keeps what a load was judged to be, so that its merge need not read it again. Only with the turn.</summary>
    public void Remember(long load, JudgedBook judged)
    {
        if (_judged.Count == MostRemembered)
        {
            _judged.Clear();
        }

        _judged[load] = judged;
    }

    /// <summary>Finishes the merges that an earlier process had begun.</summary>
    public void Recover()
    {
        lock (Turn)
        {
            foreach (var branch in store.Branches.Branches().Where(b => b is { State: BranchState.Open, Tag.Length: > 0 }).ToList())
            {
                Finish(branch);
            }
        }
    }

    /// <summary>All branches with their loads, oldest first.</summary>
    public IReadOnlyList<BranchReport> All()
    {
        var loads = store.Branches.Loads();
        return [.. store.Branches.Branches().Select(b => BranchReport.Of(b, LoadsOf(b, loads)))];
    }

    /// <summary>The tag under which a vendor's as-of date was merged last; empty where it was not.</summary>
    public string TagOf(string vendor, LocalDate asOf) => store.Branches.Loads()
        .LastOrDefault(l => l.Vendor == vendor && l.AsOf == asOf && l.State == LoadState.Merged)?.Tag ?? "";

    /// <summary>Merges a branch, if all that waits on it passes.</summary>
    /// <exception cref="CurveRefusedException">There is no such open branch, nothing waits on it, or an override fits no check.</exception>
    public BranchReport Merge(string branch, MergeOptions options)
    {
        lock (Turn)
        {
            var open = store.Branches.FindOpen(branch) ?? throw new CurveRefusedException(NoBranch(branch));
            if (open.Tag.Length > 0)
            {
                return Finish(open);
            }

            var waiting = Waiting(branch);
            if (waiting.Count == 0)
            {
                throw new CurveRefusedException($"{branch}: nothing waits on it");
            }

            CheckOverrides(waiting, options);
            var stopped = waiting.Where(l => Stops(l, options).Length > 0).ToList();
            var passing = waiting.Except(stopped).ToList();
            if (stopped.Count > 0 && (!options.PassingOnly || passing.Count == 0))
            {
                return Keep(open, stopped, options);
            }

            var tag = NextTag(open.AsOf);
            var why = options.Overrides.Count > 0 ? $"overridden: {string.Join(", ", options.Overrides)}: {options.Why}" : "";
            var changes = new CurveChanges().Set(branch, BranchState.Open, tag, why);
            passing.ForEach(l => changes.Set(l.Id, LoadState.Landed, tag, l.Counts));
            store.Branches.Commit(changes);
            return Finish(open with { Tag = tag, Why = why });
        }
    }

    /// <summary>Gives a branch up. What was read stays in the landing table.</summary>
    /// <exception cref="CurveRefusedException">There is no such open branch, or its merge has begun.</exception>
    public BranchReport Drop(string branch, string why)
    {
        lock (Turn)
        {
            var open = store.Branches.FindOpen(branch) ?? throw new CurveRefusedException(NoBranch(branch));
            if (open.Tag.Length > 0)
            {
                throw new CurveRefusedException($"{branch} is being merged as {open.Tag}");
            }

            var changes = new CurveChanges().Set(branch, BranchState.Dropped, "", why);
            var waiting = Waiting(branch);
            waiting.ForEach(load => changes.Move(branch, load.Vendor, LoadState.Landed, LoadState.Dropped, ""));
            store.Branches.Commit(changes);
            waiting.ForEach(load => Alerts.Settled(CurveFeeds.Vendors.First(v => v.Vendor == load.Vendor), load, delivery: 0));
            return Report(branch);
        }
    }

    /// <summary>Restores what was known of an as-of date: at a tag, or at an instant.</summary>
    /// <exception cref="CurveRefusedException">No such tag, or there is nothing to restore.</exception>
    public async Task<BranchReport> RollBack(RollbackRequest request, CancellationToken cancel)
    {
        var (knownAt, asOf) = Target(request);
        var branch = RollbackOrder.BranchOf(asOf);
        var orders = new List<(CurveFeed Feed, FileRecord File)>();
        foreach (var feed in CurveFeeds.Vendors)
        {
            var now = StoredQuotes.Read(store.Read, feed.Merged.Id, asOf);
            var then = StoredQuotes.Read(store.Read, feed.Merged.Id, asOf, knownAt);
            if (now.Count == then.Count && now.All(n => then.TryGetValue(n.Key, out var t) && StoredQuotes.AreSame(n.Value, t)))
            {
                continue;
            }

            var to = request.Tag ?? InstantPattern.ExtendedIso.Format(knownAt);
            var order = new RollbackOrder(feed.Merged.Id.Text, asOf, knownAt, to, request.Why);
            using var body = new MemoryStream(order.Write());
            var fetch = CurveDeliveries.FetchOf(feed.Merged, asOf, RollbackOrder.FileOf(asOf), branch);
            orders.Add((feed, await store.Archive.AddAsync(fetch, body, [], cancel)));
        }

        if (orders.Count == 0)
        {
            throw new CurveRefusedException($"{LocalDatePattern.Iso.Format(asOf)} is what it was then: nothing to restore");
        }

        lock (Turn)
        {
            var (at, tag) = (stamps.Next(), NextTag(asOf));
            var changes = new CurveChanges().Open(branch, asOf, at);
            foreach (var (feed, file) in orders)
            {
                changes.Add(new LoadRecord(
                    store.Branches.NextLoad(), branch, feed.Vendor, file.Fetch.FileName, file.Sha256, asOf, LoadState.Landed, tag, default,
                    "{}", LoadRecord.Passed, "[]", "", "[]", at));
            }

            store.Branches.Commit(changes.Set(branch, BranchState.Open, tag, request.Why));
            return Finish(store.Branches.FindOpen(branch)!);
        }
    }

    /// <summary>Merges what is marked with the branch's tag: all vendors and the branch in one transaction, with one instant of
    /// knowledge.</summary>
    private BranchReport Finish(BranchRecord branch)
    {
        var marked = Waiting(branch.Branch).Where(l => l.Tag == branch.Tag).ToList();
        var rest = Waiting(branch.Branch).Where(l => l.Tag.Length == 0).ToList();
        var at = stamps.Next();
        var closing = Supersede(branch, marked);
        Close(closing, branch, rest, at);
        if (marked.Count == 0)
        {
            store.Branches.Commit(closing);
        }
        else
        {
            MergeTogether(marked, at, closing);
        }

        var merged = store.Branches.Branches().Last(b => b.Branch == branch.Branch && b.Tag == branch.Tag);
        Merged?.Invoke(merged);
        return BranchReport.Of(merged, LoadsOf(merged, store.Branches.Loads()));
    }

    private void MergeTogether(List<LoadRecord> marked, Instant at, CurveChanges closing)
    {
        var ready = marked.ConvertAll(Prepare);
        var receipts = new List<CommitReceipt>();
        store.Together([.. ready.Select(static r => r.Feed.Merged)], group =>
        {
            foreach (var delivery in ready)
            {
                receipts.Add(Deliver(delivery, at, group, delivery == ready[^1] ? closing : new CurveChanges()));
            }
        });
        for (var i = 0; i < marked.Count; i++)
        {
            Alerts.Settled(ready[i].Feed, marked[i], receipts[i].OutboxId);
        }
    }

    /// <summary>Reads what a load brings, unless it is in memory: before other writers must wait.</summary>
    private ReadyLoad Prepare(LoadRecord load)
    {
        var feed = CurveFeeds.Vendors.First(v => v.Vendor == load.Vendor);
        var fetch = CurveDeliveries.FetchOf(feed.Merged, load.AsOf, load.File, load.Branch);
        var file = new FileRecord(fetch, load.Sha256, Size(load.Sha256), load.At);
        if (RollbackOrder.IsOne(load.File))
        {
            using var stream = store.Archive.OpenRead(load.Sha256);
            return new ReadyLoad(load, feed, file, null, RollbackOrder.Read(stream));
        }

        var judged = _judged.Remove(load.Id, out var known) ? known : gate.Judge(feed, Deliveries.Read(feed, file), earlier: null);
        return new ReadyLoad(load, feed, file, judged, null);
    }

    private CommitReceipt Deliver(ReadyLoad ready, Instant at, DeliveryGroup group, CurveChanges changes)
    {
        CurveChanges With(QuoteCounts counts) => changes.Set(ready.Load.Id, LoadState.Merged, ready.Load.Tag, counts);
        return ready.Order is { } order
            ? Deliveries.Restore(ready.Feed, ready.File, order, at, group, With)
            : Deliveries.Merge(ready.Feed, ready.File, ready.Judged!, at, group, With);
    }

    /// <summary>Takes back what waits of the same vendors and date on other branches; a branch of which nothing is left is
    /// dropped.</summary>
    private CurveChanges Supersede(BranchRecord branch, List<LoadRecord> marked)
    {
        var changes = new CurveChanges();
        var rivals = marked.Where(static l => !RollbackOrder.IsOne(l.File)).SelectMany(Rivals).ToList();
        foreach (var others in rivals.GroupBy(static r => r.Branch))
        {
            foreach (var other in others)
            {
                changes.Move(other.Branch, other.Vendor, LoadState.Landed, LoadState.Superseded, "");
            }

            if (Waiting(others.Key).Count == others.Count())
            {
                changes.Set(others.Key, BranchState.Dropped, "", $"superseded by {branch.Tag} of {branch.Branch}");
            }
        }

        return changes;
    }

    /// <summary>Loads of the same vendor and date that wait on other branches.</summary>
    private IEnumerable<LoadRecord> Rivals(LoadRecord load) => store.Branches.Loads().Where(
        l => l is { State: LoadState.Landed, Tag.Length: 0 } && l.Vendor == load.Vendor && l.AsOf == load.AsOf
            && l.Branch != load.Branch);

    private static void Close(CurveChanges changes, BranchRecord branch, List<LoadRecord> rest, Instant at)
    {
        changes.Set(branch.Branch, BranchState.Merged, branch.Tag, branch.Why, at);
        if (rest.Count > 0)
        {
            changes.Open(branch.Branch, branch.AsOf, at);
            changes.Set(branch.Branch, BranchState.Open, "", string.Join("; ", rest.Select(l => $"{l.File}: {l.Why}")));
        }
    }

    private BranchReport Keep(BranchRecord open, List<LoadRecord> stopped, MergeOptions options)
    {
        var why = string.Join("; ", stopped.Select(l => $"{l.File}: {Stops(l, options)}"));
        store.Branches.Commit(new CurveChanges().Set(open.Branch, BranchState.Open, "", why));
        return Report(open.Branch);
    }

    /// <summary>Why a load may not be merged; empty where it may.</summary>
    private static string Stops(LoadRecord load, MergeOptions options)
    {
        if (load.Gate == LoadRecord.Unreadable)
        {
            return load.Why;
        }

        return string.Join("; ", CurveCheck.Read(load.GateResults)
            .Where(c => c.Status == CheckStatus.Fail && !options.Overrides.Any(c.IsNamed)));
    }

    private static void CheckOverrides(List<LoadRecord> waiting, MergeOptions options)
    {
        var failed = waiting.SelectMany(l => CurveCheck.Read(l.GateResults)).Where(c => c.Status == CheckStatus.Fail).ToList();
        if (options.Overrides.FirstOrDefault(o => !failed.Exists(c => c.IsNamed(o))) is { } unknown)
        {
            var names = string.Join(", ", failed.Select(c => $"{c.Suite}/{c.Name}").Distinct());
            throw new CurveRefusedException(
                $"--override {unknown}: no such check stops the branch; " + (failed.Count == 0 ? "none does" : $"these do: {names}"));
        }

        if (options.Overrides.Count > 0 && string.IsNullOrWhiteSpace(options.Why))
        {
            throw new CurveRefusedException("--override needs --why: the reason is kept with the tag");
        }
    }

    private (Instant KnownAt, LocalDate AsOf) Target(RollbackRequest request)
    {
        if (request.Tag is { } tag)
        {
            var merged = store.Branches.Branches().FirstOrDefault(b => b.Tag == tag && b.State == BranchState.Merged)
                ?? throw new CurveRefusedException($"no tag '{tag}'; 'aurum curves branches' lists them");
            return request.AsOf is null || request.AsOf == merged.AsOf
                ? (merged.MergedAt!.Value, merged.AsOf)
                : throw new CurveRefusedException($"{tag} is of {LocalDatePattern.Iso.Format(merged.AsOf)}");
        }

        return request is { KnownAt: { } knownAt, AsOf: { } asOf }
            ? (knownAt, asOf)
            : throw new CurveRefusedException("a rollback needs a tag, or an instant and the as-of date");
    }

    private List<LoadRecord> Waiting(string branch) =>
        [.. store.Branches.Loads(branch).Where(l => l.State == LoadState.Landed)];

    private string NextTag(LocalDate asOf)
    {
        var name = $"release/{LocalDatePattern.Iso.Format(asOf)}";
        var count = store.Branches.Branches().Count(b => b.AsOf == asOf && b.Tag.Length > 0);
        return count == 0 ? name : $"{name}.{count + 1}";
    }

    private long Size(string sha256)
    {
        using var stream = store.Archive.OpenRead(sha256);
        return stream.Length;
    }

    private BranchReport Report(string branch)
    {
        var last = store.Branches.Branches().Last(b => b.Branch == branch);
        return BranchReport.Of(last, LoadsOf(last, store.Branches.Loads()));
    }

    /// <summary>Merged: what was merged under its tag. Else: what waits, or was given up.</summary>
    public static IEnumerable<LoadRecord> LoadsOf(BranchRecord branch, IEnumerable<LoadRecord> loads) => loads.Where(
        l => l.Branch == branch.Branch && branch.State switch
        {
            BranchState.Merged => l.Tag == branch.Tag,
            BranchState.Open => l.State == LoadState.Landed,
            _ => l.State is LoadState.Dropped or LoadState.Superseded && l.At >= branch.OpenedAt,
        });

    private string NoBranch(string branch)
    {
        var open = store.Branches.Branches().Where(b => b.State == BranchState.Open).Select(b => b.Branch).Distinct().ToList();
        return $"no open branch '{branch}'; " + (open.Count == 0 ? "none is open" : $"open are {string.Join(", ", open)}");
    }
}

/// <summary>A load with what it brings.</summary>
/// <param name="Load">The load.</param>
/// <param name="Feed">Its vendor.</param>
/// <param name="File">Its file.</param>
/// <param name="Judged">What was read of a workbook; null for a rollback.</param>
/// <param name="Order">What a rollback restores; null for a workbook.</param>
internal sealed record ReadyLoad(LoadRecord Load, CurveFeed Feed, FileRecord File, JudgedBook? Judged, RollbackOrder? Order);

/// <summary>How a branch is merged.</summary>
/// <param name="Overrides">Checks that may fail.</param>
/// <param name="Why">Reason for the overrides.</param>
/// <param name="PassingOnly">Merge the vendors that pass, and keep the branch open for the others.</param>
internal sealed record MergeOptions(IReadOnlyList<string> Overrides, string Why, bool PassingOnly)
{
    public static readonly MergeOptions Plain = new([], "", PassingOnly: false);
}

/// <summary>What to roll back to.</summary>
/// <param name="Tag">A tag; null where an instant is given.</param>
/// <param name="KnownAt">What was known then.</param>
/// <param name="AsOf">As-of date; that of the tag where one is given.</param>
/// <param name="Why">Reason.</param>
internal sealed record RollbackRequest(string? Tag, Instant? KnownAt, LocalDate? AsOf, string Why);
