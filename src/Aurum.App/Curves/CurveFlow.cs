using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Aurum.App.Ingest;
using Aurum.Curves.Feeds;
using Aurum.Curves.Workbooks;
using Aurum.Curves.Workbooks.Cells;
using Aurum.Market.Feeds;
using Aurum.Quality.Suites;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Curves;
using Aurum.Store.Rows;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Curves;

/// <summary>The way of a vendor's workbook: archived, read, judged, and put on its branch. <see cref="CurveMerges"/> does the
/// rest.</summary>
/// <param name="store">Store.</param>
/// <param name="stamps">Stamps what becomes known.</param>
/// <param name="clock">Today, for a file whose name has no date and that can't be read.</param>
/// <param name="suites">The suites by name.</param>
/// <param name="drift">Knows what the vendors' earlier workbooks were like.</param>
/// <param name="moveDays">As-of dates before a workbook's that its moves are held against.</param>
internal sealed partial class CurveFlow(
    AurumStore store, DeliveryClock stamps, IClock clock, Func<string, Suite> suites, DriftWatch drift, int moveDays)
{
    private readonly CurveGate _gate = new(suites);

    public CurveMerges Merges { get; } = new(store, stamps, new CurveGate(suites));

    /// <summary>Loads a workbook to its branch. Loading does not merge.</summary>
    /// <exception cref="CurveRefusedException">It is no vendor's workbook, or the branch can't take it.</exception>
    public async Task<LoadReport> Load(CurveFile file, LoadOptions options, CancellationToken cancel)
    {
        var feed = VendorOf(file);
        CheckBranch(options.Branch);
        var named = options.AsOf ?? CurveFile.DateInName(file.Name) ?? clock.GetCurrentInstant().InUtc().Date;
        if (options.IsDryRun)
        {
            return DryRun(feed, file, options, named);
        }

        // Bytes first: whatever reading the file does, it is in the archive then.
        var record = await Archive(feed.Landing, file, named, options.Branch ?? BranchOf(named), cancel);
        CurveBook book;
        try
        {
            using var stream = file.Open();
            book = WorkbookReader.Read(stream, file.Name, feed.Layout, options.AsOf);
        }
        catch (FeedFormatException e)
        {
            return Refuse(feed, record, options.Branch ?? BranchOf(named), e);
        }

        var branch = options.Branch ?? BranchOf(book.AsOf);
        if (book.AsOf != named)
        {
            record = await Archive(feed.Landing, file, book.AsOf, branch, cancel);
        }

        lock (Merges.Turn)
        {
            CheckDate(branch, book.AsOf);
            return Land(feed, book, record, branch);
        }
    }

    private LoadReport DryRun(CurveFeed feed, CurveFile file, LoadOptions options, LocalDate named)
    {
        try
        {
            using var stream = file.Open();
            var book = WorkbookReader.Read(stream, file.Name, feed.Layout, options.AsOf);
            var judged = _gate.Judge(feed, book, EarlierDays.Before(store, feed, book.AsOf, moveDays));
            var branch = options.Branch ?? BranchOf(book.AsOf);
            var load = RecordOf(0, feed, branch, new string('0', 64), judged, Compare(feed, judged), Instant.MinValue);
            return LoadReport.Of(load) with { State = LoadReport.DryRun, Tag = null, LoadedAt = null, Sha256 = "" };
        }
        catch (FeedFormatException e)
        {
            var load = Unreadable(0, feed, options.Branch ?? BranchOf(named), file.Name, "", named, e, Instant.MinValue);
            return LoadReport.Of(load) with { State = LoadReport.DryRun, LoadedAt = null };
        }
    }

    private LoadReport Land(CurveFeed feed, CurveBook book, FileRecord record, string branch)
    {
        var judged = _gate.Judge(feed, book, EarlierDays.Before(store, feed, book.AsOf, moveDays));
        var counts = Compare(feed, judged);
        var at = stamps.Next();
        var load = RecordOf(store.Branches.NextLoad(), feed, branch, record.Sha256, judged, counts, at);
        var changes = new CurveChanges();
        if (counts.IsNothingNew && judged.Passing > 0)
        {
            // All of it is merged already: there is nothing to do on a branch.
            load = load with { State = LoadState.Merged, Tag = Merges.TagOf(feed.Vendor, book.AsOf), Gate = LoadRecord.Passed, Why = "" };
        }
        else
        {
            changes.Open(branch, book.AsOf, at);
        }

        var finding = drift.Look(feed.Landing, record, book.Layout.ToShape());
        var receipt = Merges.Deliveries.Land(feed, record, judged, at, changes.Add(load), finding);
        drift.Committed(feed.Landing, finding);
        Merges.Alerts.Tell(feed, load, judged, receipt.OutboxId);
        if (load.State == LoadState.Landed)
        {
            Merges.Remember(load.Id, judged);
        }

        return LoadReport.Of(load);
    }

    private LoadReport Refuse(CurveFeed feed, FileRecord record, string branch, FeedFormatException error)
    {
        lock (Merges.Turn)
        {
            var at = stamps.Next();
            var load = Unreadable(
                store.Branches.NextLoad(), feed, branch, record.Fetch.FileName, record.Sha256, record.Fetch.Day, error, at);
            var changes = new CurveChanges().Open(branch, load.AsOf, at).Add(load);
            var receipt = store.RecordOutcome(
                feed.Landing, feed.Landing.Day(load.AsOf), at, new DayOutcome(Outcome.Malformed, error.Message, IsComplete: false),
                [record], [DeadLetter.Of(record, error)], gate: null, changes);
            Merges.Alerts.Tell(feed, load, judged: null, receipt.OutboxId);
            return LoadReport.Of(load);
        }
    }

    /// <summary>What the passing quotes are to those that are merged.</summary>
    private QuoteCounts Compare(CurveFeed feed, JudgedBook judged) =>
        StoredQuotes.Compare(StoredQuotes.Read(store.Read, feed.Merged.Id, judged.Book.AsOf), judged);

    private static LoadRecord RecordOf(
        long id, CurveFeed feed, string branch, string sha256, JudgedBook judged, QuoteCounts counts, Instant at)
    {
        var checks = CurveCheck.Of(judged);
        var failed = checks.Where(c => c.Status == Quality.Gates.CheckStatus.Fail).ToList();
        return new LoadRecord(
            id, branch, feed.Vendor, judged.Book.File, sha256, judged.Book.AsOf, LoadState.Landed, "", counts,
            JsonSerializer.Serialize(judged.HeldByReason()), failed.Count == 0 ? LoadRecord.Passed : LoadRecord.Failed,
            CurveCheck.Write(checks), string.Join("; ", failed), JsonSerializer.Serialize(judged.Book.Messages), at);
    }

    private static LoadRecord Unreadable(
        long id, CurveFeed feed, string branch, string file, string sha256, LocalDate asOf, FeedFormatException error, Instant at) => new(
        id, branch, feed.Vendor, file, sha256, asOf, LoadState.Landed, "", default, "{}", LoadRecord.Unreadable, "[]", error.Message, "[]",
        at);

    private async Task<FileRecord> Archive(Feed feed, CurveFile file, LocalDate asOf, string branch, CancellationToken cancel)
    {
        await using var body = file.Open();
        return await store.Archive.AddAsync(CurveDeliveries.FetchOf(feed, asOf, file.Name, branch), body, [], cancel);
    }

    /// <exception cref="CurveRefusedException">No vendor's.</exception>
    private static CurveFeed VendorOf(CurveFile file)
    {
        var layout = WorkbookLayouts.Find(file.Name, []);
        var found = "a file that is no workbook";
        if (layout is null)
        {
            try
            {
                using var stream = file.Open();
                using var workbook = WorkbookFile.Open(stream, file.Name);
                layout = WorkbookLayouts.Find(file.Name, workbook.SheetNames);
                found = $"sheets {string.Join(", ", workbook.SheetNames)}";
            }
            catch (FeedFormatException e)
            {
                found = e.Message;
            }
        }

        return layout is not null
            ? CurveFeeds.Vendors.First(v => v.Layout == layout)
            : throw new CurveRefusedException(
                $"{file.Name}: expected a workbook of {string.Join(", ", CurveFeeds.Vendors.Select(v => v.Vendor))}, by _VENDOR_ in its "
                + $"name or by its sheets; found {found}");
    }

    private static void CheckBranch(string? branch)
    {
        if (branch is not null && !BranchName().IsMatch(branch))
        {
            throw new CurveRefusedException($"--branch {branch}: expected eod_YYYYMMDD, or hotfix_ with letters, digits and underscores");
        }
    }

    private void CheckDate(string branch, LocalDate asOf)
    {
        if (store.Branches.FindOpen(branch) is { } open && open.AsOf != asOf)
        {
            throw new CurveRefusedException(
                $"{branch} is open for {LocalDatePattern.Iso.Format(open.AsOf)}; a workbook of {LocalDatePattern.Iso.Format(asOf)} needs "
                + "another branch");
        }
    }

    private static string BranchOf(LocalDate asOf) => $"eod_{asOf.ToString("uuuuMMdd", CultureInfo.InvariantCulture)}";

    [GeneratedRegex("^(eod_20[0-9]{6}|hotfix_[a-z0-9_]{1,60})$")]
    private static partial Regex BranchName();
}

/// <summary>A workbook that a person hands over.</summary>
/// <param name="Name">Its name, without folder.</param>
/// <param name="Open">Opens its bytes; they can be sought in, and read as often as needed.</param>
internal sealed partial record CurveFile(string Name, Func<Stream> Open)
{
    /// <summary>The date in a vendor's name of a workbook: EOD_EUGP_20250917_1430.xlsx.</summary>
    public static LocalDate? DateInName(string file) =>
        Date().Match(Path.GetFileName(file)) is { Success: true } match
        && LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd").Parse(match.Value).TryGetValue(default, out var date)
            ? date
            : null;

    [GeneratedRegex(@"(?<!\d)20\d{6}(?!\d)")]
    private static partial Regex Date();
}

/// <summary>How a workbook is loaded.</summary>
/// <param name="AsOf">As-of date; null: that of the workbook.</param>
/// <param name="Branch">Branch; null: that of the as-of date.</param>
/// <param name="IsDryRun">Read and judge, and store nothing.</param>
internal sealed record LoadOptions(LocalDate? AsOf = null, string? Branch = null, bool IsDryRun = false);
