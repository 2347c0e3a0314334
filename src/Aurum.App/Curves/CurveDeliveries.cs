using Aurum.App.Ingest;
using Aurum.Curves.Feeds;
using Aurum.Curves.Workbooks;
using Aurum.Market.Curves;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Curves;
using Aurum.Store.Rows;
using NodaTime;

namespace Aurum.App.Curves;

/// <summary>Writes quotes: what was read of a workbook to its branch, what passed to the merged curves, and back to what was known.
/// What is written follows from archived bytes and the rows before it, so that it can be done again.</summary>
/// <param name="store">Where rows go.</param>
/// <param name="archive">Where the files are.</param>
/// <param name="gate">Says which quotes are held back.</param>
internal sealed class CurveDeliveries(AurumStore store, RawArchive archive, CurveGate gate)
{
    private const string BranchParameter = "?branch=";

    /// <summary>How a handed-over workbook is named in the archive.</summary>
    public static Fetch FetchOf(Feed feed, LocalDate asOf, string file, string branch) =>
        new(feed.Id, asOf, Fetch.HandedOver, $"/{file}{BranchParameter}{branch}", file, 0);

    /// <exception cref="FeedFormatException">The workbook can't be read.</exception>
    public CurveBook Read(CurveFeed feed, FileRecord file)
    {
        using var stream = archive.OpenRead(file.Sha256);
        return WorkbookReader.Read(stream, file.Fetch.FileName, feed.Layout, file.Fetch.Day);
    }

    /// <summary>Writes all that was read to the branch that the file was handed over for, and in what its form differs from earlier
    /// ones.</summary>
    public CommitReceipt Land(
        CurveFeed feed, FileRecord file, JudgedBook judged, Instant knownAt, CurveChanges? changes = null, DriftFinding? drift = null)
    {
        var path = file.Fetch.PathAndQuery;
        var branch = new Symbol(path[(path.IndexOf(BranchParameter, StringComparison.Ordinal) + BranchParameter.Length)..]);
        var reasons = new Dictionary<string, Symbol>();
        Symbol ReasonOf(string code) => reasons.TryGetValue(code, out var known) ? known : reasons[code] = new Symbol(code);
        using var intake = store.BeginDay(feed.Landing, feed.Landing.Day(file.Fetch.Day), knownAt);
        intake.AddFile(file);
        var rows = new RowBuffer<LandedQuote>(intake);
        for (var i = 0; i < judged.Book.Quotes.Count; i++)
        {
            var reason = judged.Verdicts.TryGetValue(i, out var verdict) ? ReasonOf(verdict.Code) : null;
            rows.Add(new LandedQuote(judged.Book.Quotes[i], branch, reason));
        }

        foreach (var held in judged.Book.Quarantined)
        {
            rows.Add(new LandedQuote(held.Quote, branch, ReasonOf(held.Reasons)));
        }

        rows.Flush();
        if (drift is not null)
        {
            intake.AddDrift(drift.Notes, drift.Shapes);
        }

        return intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true), changes);
    }

    /// <summary>Writes the quotes of a workbook that pass, holds the others back, and withdraws what an earlier workbook of the date had
    /// and this one has not.</summary>
    /// <param name="feed">Vendor.</param>
    /// <param name="file">The workbook.</param>
    /// <param name="judged">What it says.</param>
    /// <param name="knownAt">When we knew.</param>
    /// <param name="group">What it is committed with; null: alone.</param>
    /// <param name="changes">What changes with it, by what the quotes are to those that are merged now.</param>
    public CommitReceipt Merge(
        CurveFeed feed, FileRecord file, JudgedBook judged, Instant knownAt, DeliveryGroup? group = null,
        Func<QuoteCounts, CurveChanges>? changes = null)
    {
        var before = StoredQuotes.Read(store.Read, feed.Merged.Id, file.Fetch.Day);
        var counts = StoredQuotes.Compare(before, judged);
        using var intake = Begin(feed, file, knownAt, group);
        intake.AddFile(file);
        var rows = new RowBuffer<CurveQuote>(intake);
        for (var i = 0; i < judged.Book.Quotes.Count; i++)
        {
            var quote = judged.Book.Quotes[i];
            if (judged.Verdicts.TryGetValue(i, out var verdict))
            {
                intake.Quarantine(quote, verdict.Expectation, $"{verdict.Code}: {verdict.Words}");
            }
            else
            {
                rows.Add(quote);
            }
        }

        foreach (var held in judged.Book.Quarantined)
        {
            intake.Quarantine(held.Quote, held.Reasons, $"{held.Reasons}: {held.Quote}");
        }

        Withdraw(before.Values, rows);
        rows.Flush();
        return intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true), changes?.Invoke(counts));
    }

    /// <summary>Writes what an order of a rollback restores.</summary>
    public CommitReceipt Restore(
        CurveFeed feed, FileRecord file, RollbackOrder order, Instant knownAt, DeliveryGroup? group = null,
        Func<QuoteCounts, CurveChanges>? changes = null)
    {
        var now = StoredQuotes.Read(store.Read, feed.Merged.Id, file.Fetch.Day);
        using var intake = Begin(feed, file, knownAt, group);
        long read = 0, fresh = 0, changed = 0;
        intake.AddFile(file);
        var rows = new RowBuffer<CurveQuote>(intake);
        foreach (var (key, quote) in StoredQuotes.Read(store.Read, feed.Merged.Id, file.Fetch.Day, order.KnownAt))
        {
            read++;
            var isThere = now.Remove(key, out var present);
            if (!isThere || !StoredQuotes.AreSame(present, quote))
            {
                rows.Add(quote);
                fresh += isThere ? 0 : 1;
                changed += isThere ? 1 : 0;
            }
        }

        var counts = new QuoteCounts(read, fresh, changed, read - fresh - changed, StoredQuotes.CountStanding(now.Values));
        Withdraw(now.Values, rows);
        rows.Flush();
        return intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true), changes?.Invoke(counts));
    }

    /// <summary>Does a delivery of a store again in this one.</summary>
    public void Redo(CurveFeed feed, Store.Reading.Delivery delivery)
    {
        var file = delivery.Files[0];
        if (RollbackOrder.IsOne(file))
        {
            using var stream = archive.OpenRead(file.Sha256);
            Restore(feed, file, RollbackOrder.Read(stream), delivery.KnownAt);
            return;
        }

        if (delivery.Outcome != Outcome.Data)
        {
            return;
        }

        var judged = gate.Judge(feed, Read(feed, file), earlier: null);
        _ = delivery.Feed == feed.Landing.Id
            ? Land(feed, file, judged, delivery.KnownAt)
            : Merge(feed, file, judged, delivery.KnownAt);
    }

    private DayIntake<CurveQuote> Begin(CurveFeed feed, FileRecord file, Instant knownAt, DeliveryGroup? group)
    {
        var day = feed.Merged.Day(file.Fetch.Day);
        return group is null ? store.BeginDay(feed.Merged, day, knownAt) : group.BeginDay(feed.Merged, day, knownAt);
    }

    private static void Withdraw(IEnumerable<CurveQuote> quotes, RowBuffer<CurveQuote> rows)
    {
        foreach (var quote in quotes)
        {
            if (!StoredQuotes.IsWithdrawn(quote))
            {
                rows.Add(StoredQuotes.Withdrawn(quote));
            }
        }
    }
}
