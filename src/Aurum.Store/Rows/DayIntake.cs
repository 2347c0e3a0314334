using Aurum.Market.Feeds;
using Aurum.Store.Archive;

namespace Aurum.Store.Rows;

/// <summary>Takes one delivery of a feed's operating day: files, rows, held-back rows. <see cref="Commit"/> makes all of it visible in
/// one transaction; disposing without it leaves no trace. One thread at a time.</summary>
public sealed class DayIntake<TRow> : IRowOutput<TRow>, IDisposable
    where TRow : struct
{
    internal DayIntake()
    {
    }

    /// <summary>Names the file that the next rows come from. Returns its id.</summary>
    public long AddFile(FileRecord file) => throw new NotImplementedException();

    /// <summary>Takes rows that passed the gate. Does not keep the span.</summary>
    public void Append(ReadOnlySpan<TRow> rows) => throw new NotImplementedException();

    /// <summary>Takes a row that did not pass.</summary>
    /// <param name="row">The row as parsed.</param>
    /// <param name="expectation">Name of the expectation it failed.</param>
    /// <param name="reason">What was expected and found.</param>
    /// <param name="line">Line in the file where it is known.</param>
    public void Quarantine(in TRow row, string expectation, string reason, long? line = null) => throw new NotImplementedException();

    /// <summary>Takes a file, or a part of one, that could not be read.</summary>
    public void AddDeadLetter(DeadLetter letter) => throw new NotImplementedException();

    /// <summary>Writes everything in one transaction.</summary>
    /// <exception cref="StoreException">The counts do not add up, or a key would go back in time. Nothing is stored then.</exception>
    public CommitReceipt Commit(DayOutcome outcome) => throw new NotImplementedException();

    public void Dispose()
    {
    }

    void IRowOutput<TRow>.OnRows(ReadOnlySpan<TRow> rows) => Append(rows);
}
