using Aurum.Quality.Suites;

namespace Aurum.Quality.Checks;

/// <summary>One expectation at work on one batch after another. Made for a run, holds the run's state.</summary>
internal abstract class Check(Expectation expectation, Batch batch)
{
    public Expectation Expectation { get; } = expectation;

    /// <summary>Why the expectation says nothing about this run; null where it applies.</summary>
    public string? NotApplicable { get; protected init; }

    /// <summary>What was observed, for the report.</summary>
    public virtual string Details => "";

    /// <summary>Things worth telling a person that are no failure.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    protected Batch Batch { get; } = batch;

    /// <summary>Judges the rows of the batch.</summary>
    /// <param name="scope">In: the rows that it is about. Out: those of them that it judged; rows whose value is unknown are
    /// taken out.</param>
    /// <param name="failing">All clear. Out: the rows that do not hold; bits outside the scope do not count.</param>
    public abstract void Test(Span<ulong> scope, Span<ulong> failing);

    /// <summary>Why a row of the current batch failed, in words.</summary>
    public abstract string Explain(int row);

    /// <summary>The count at the end of the run: that of the rows, unless the expectation counts something else.</summary>
    public virtual Tally Finish(Tally rows) => rows;
}

/// <summary>An expectation about the batch as a whole: rows are only watched, and the count is made at the end.</summary>
internal abstract class BatchCheck(Expectation expectation, Batch batch) : Check(expectation, batch)
{
    public override void Test(Span<ulong> scope, Span<ulong> failing)
    {
    }

    public override string Explain(int row) => "";

    public abstract override Tally Finish(Tally rows);
}

/// <summary>What a check counted.</summary>
/// <param name="Checked">Things looked at.</param>
/// <param name="Failed">Those that did not hold.</param>
/// <param name="Examples">The first failures in words.</param>
internal readonly record struct Tally(long Checked, long Failed, IReadOnlyList<string> Examples);

/// <summary>Makes the check of a compiled expectation for a run.</summary>
internal delegate Check CheckFactory(Batch batch);
