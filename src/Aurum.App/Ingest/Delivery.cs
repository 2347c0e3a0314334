using Aurum.App.Health;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Quality.Gates;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Rows;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.App.Ingest;

/// <summary>Stores the files of one day: parse, gate, one transaction. A file that can't be read becomes a dead letter and the others
/// are stored without it; a batch that fails the gate is stopped as a whole.</summary>
/// <param name="store">Where rows go.</param>
/// <param name="archive">Where the files are.</param>
/// <param name="gates">The feeds' gates.</param>
/// <param name="drift">What the feeds' files were like so far; null: nobody asks what has changed about them.</param>
/// <param name="day">Operating day.</param>
/// <param name="answers">What the requests brought.</param>
/// <param name="knownAt">When we knew.</param>
internal sealed class Delivery(
    AurumStore store, RawArchive archive, GateRoom gates, DriftWatch? drift, OperatingDay day, Answers answers, Instant knownAt)
    : IFeedVisitor<DayReport>
{
    /// <summary>The check that finds a file cut between two places.</summary>
    private const string CutFileCheck = "expect_known_locations_to_the_last";

    /// <summary>The check that finds an issue of a forecast that was cut.</summary>
    private const string ReachCheck = "expect_issues_to_reach";

    /// <summary>The checks that find holes inside a day.</summary>
    private static readonly string[] HoleChecks =
    [
        "expect_exact_interval_count_of_operating_day", "expect_readings_to_cover_operating_day", "expect_intervals_to_tile",
        ReachCheck, CutFileCheck,
    ];

    /// <summary>How long a day with missing intervals is looked at again before the publisher is taken to have lost them.</summary>
    private static readonly Duration PatienceWithHoles = Duration.FromDays(3);

    private readonly List<DeadLetter> _deadLetters = [];
    private bool _isPartial = !answers.IsWhole;

    /// <summary>The right to work on the day, where several processes share the work.</summary>
    public WorkLease? Lease { get; init; }

    public DayReport Visit<TRow>(Feed<TRow> feed)
        where TRow : struct
    {
        var readable = answers.Files.ToList();
        while (readable.Count > 0)
        {
            using var intake = store.BeginDay(feed, day, knownAt, lease: Lease);
            var isWhole = !_isPartial && Planner.IsCompleteBy(feed, day, knownAt);
            var places = intake.MayHaveRows(day.Previous.Interval) ? gates.PlacesBefore(feed, day) : null;
            var run = gates.Of(feed).Begin(new GateContext(day, isWhole, places));
            if (!TryRead(feed, readable, new GatedOutput<TRow>(run, intake), intake, out var verdict))
            {
                continue;
            }

            if (isWhole && !verdict.Outcome.IsSettled())
            {
                // One of the files says that there is more to come: read again, without asking for a whole day.
                _isPartial = true;
                continue;
            }

            return Commit(feed, intake, run, verdict);
        }

        return Record(feed, Verdict.Of(answers, _deadLetters));
    }

    /// <summary>Reads all files; false where one can't be read: it is taken from the list, and the intake is no longer of use.</summary>
    private bool TryRead<TRow>(
        Feed<TRow> feed, List<FileRecord> files, GatedOutput<TRow> output, DayIntake<TRow> intake, out Verdict verdict)
        where TRow : struct
    {
        verdict = Verdict.Of(answers, _deadLetters);
        foreach (var file in files)
        {
            intake.AddFile(file);
            var before = output.Rows;
            try
            {
                verdict = verdict.With(feed.Parse(archive.FileOf(file, feed), RowsOf(feed, file, output)));
            }
            catch (FeedFormatException e)
            {
                _deadLetters.Add(DeadLetter.Of(file, e));
                _isPartial = true;
                files.Remove(file);
                return false;
            }

            answers.Count(file, output.Rows - before);
        }

        verdict = verdict with { Rows = output.Rows };
        return true;
    }

    /// <summary>A publisher is asked for one day; a file that a person hands over may hold others too.</summary>
    private IRowOutput<TRow> RowsOf<TRow>(Feed<TRow> feed, FileRecord file, GatedOutput<TRow> output)
        where TRow : struct =>
        file.Fetch.IsHandedOver && feed.RowsLieInDay ? new DayRows<TRow>(feed, day, output) : output;

    private DayReport Commit<TRow>(Feed<TRow> feed, DayIntake<TRow> intake, GateRun<TRow> run, Verdict verdict)
        where TRow : struct
    {
        var report = verdict.Rows > 0 ? run.Finish() : null;
        if (report is { Overall: GateOutcome.BatchFailed })
        {
            intake.Dispose();
            _deadLetters.AddRange(answers.Files.Except(_deadLetters.Select(l => l.File)).Select(
                f => new DeadLetter(f, f.Fetch.FileName, GateRecord.ExpectationOf(report.Suite), report.Why)));
            return Record(feed, new Verdict(Outcome.Malformed, "stopped by the quality gate: " + report.Why), report);
        }

        if (verdict.Rows == 0)
        {
            intake.Dispose();
            return Record(feed, verdict);
        }

        foreach (var letter in _deadLetters)
        {
            intake.AddFile(letter.File);
            intake.AddDeadLetter(letter);
        }

        var outcome = WithHoles(feed, Conclude(feed, verdict), report!);
        var finding = drift?.Look(feed, [.. answers.Files.Except(_deadLetters.Select(l => l.File))], report!);
        if (finding is not null)
        {
            intake.AddDrift(finding.Notes, finding.Shapes);
        }

        intake.AddGate(FailedCheck.RecordOf(report!));
        var receipt = intake.Commit(outcome);
        if (finding is not null)
        {
            drift!.Committed(feed, finding);
        }

        return Report(feed, outcome, receipt, report);
    }

    /// <summary>A day that lacks intervals, or the end of a list of places, is not complete, and the ledger says so, until the
    /// publisher has had time to put them out.</summary>
    private DayOutcome WithHoles(Feed feed, DayOutcome outcome, GateReport gate)
    {
        var holes = gate.Results.FirstOrDefault(r => HoleChecks.Contains(r.Type) && r.Status == CheckStatus.Warn);
        if (holes is null || !outcome.IsComplete)
        {
            return outcome;
        }

        var what = holes.Type switch
        {
            CutFileCheck => "the end of the list is missing, as in a cut file:",
            ReachCheck => "a forecast ends too early, as in a cut file:",
            _ => "intervals are missing at",
        };
        var why = $"{what} {holes.Failed} of {holes.Checked} places"
            + (holes.Examples.Count > 0 ? $", first: {holes.Examples[0]}" : "");
        var giveUpAt = day.Start + feed.Schedule.CompleteAt + PatienceWithHoles;
        return knownAt >= giveUpAt ? outcome with { Why = why } : Settle(feed, outcome.Outcome, why, isComplete: false, hasRows: true);
    }

    private DayReport Record(Feed feed, Verdict verdict, GateReport? gate = null)
    {
        var outcome = Conclude(feed, verdict);
        var receipt = store.RecordOutcome(
            feed, day, knownAt, outcome, answers.Files, _deadLetters, gate is null ? null : FailedCheck.RecordOf(gate), lease: Lease);
        return Report(feed, outcome, receipt, gate);
    }

    private DayReport Report(Feed feed, DayOutcome outcome, CommitReceipt receipt, GateReport? gate) => new(
        feed, day, outcome.Outcome, outcome.Why, outcome.IsComplete, receipt, gate, answers.Files.Count,
        answers.Files.Sum(f => f.SizeBytes));

    /// <summary>What the ledger is told: "no data" where there must be some is too early, and data of
    /// a running day is not complete.</summary>
    private DayOutcome Conclude(Feed feed, Verdict verdict)
    {
        if (answers.IsNothingToAsk)
        {
            return feed.MayBeEmpty
                ? new DayOutcome(Outcome.ProvenEmpty, "nothing is published for this day", IsComplete: true)
                : new DayOutcome(Outcome.Unavailable, "the publisher keeps only the newest day: this one is no longer to be had",
                    IsComplete: false);
        }

        var isPast = Planner.IsCompleteBy(feed, day, knownAt);
        var (outcome, why) = verdict switch
        {
            { Outcome: Outcome.Data, Rows: 0 } when !feed.MayBeEmpty || !isPast => (Outcome.NotYetPublished, "the files have no rows"),
            { Outcome: Outcome.ProvenEmpty } when !feed.MayBeEmpty =>
                (Outcome.NotYetPublished, $"the publisher has no rows for a day that must have some: {verdict.Why}"),
            { Outcome: Outcome.ProvenEmpty } when !isPast => (Outcome.NotYetPublished, verdict.Why),
            { Outcome: Outcome.NotYetPublished, Rows: > 0 } when !isPast => (Outcome.Data, verdict.Why),
            _ => (verdict.Outcome, verdict.Why),
        };
        return Settle(feed, outcome, why, outcome.IsSettled() && isPast, verdict.Rows > 0);
    }

    /// <summary>The outcome as the ledger gets it, with the instant of the next look as the planner sees it.</summary>
    private DayOutcome Settle(Feed feed, Outcome outcome, string why, bool isComplete, bool hasRows)
    {
        var earlier = store.Ledger.Find(feed.Id, day.Date);
        var state = new DayState(
            outcome, isComplete || earlier is { IsComplete: true }, (earlier?.Attempts ?? 0) + 1, hasRows || earlier?.Rows > 0, knownAt);
        return new DayOutcome(outcome, why, isComplete, Planner.DueAt(feed, day, state));
    }
}
