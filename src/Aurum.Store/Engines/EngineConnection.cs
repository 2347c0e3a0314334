using NodaTime;

namespace Aurum.Store.Engines;

/// <summary>One connection: one transaction and one thread at a time. Keeps its database open.</summary>
internal abstract class EngineConnection : IDisposable
{
    public abstract SqlDialect Dialect { get; }

    /// <summary>Runs one or more statements without arguments. Returns the rows that the last one changed.</summary>
    /// <exception cref="EngineException">The engine refused.</exception>
    public abstract long Execute(string sql);

    /// <summary>Prepares a statement for now. Do not keep it for later: a query without arguments is planned once, by what the tables
    /// hold then, and reads other values when they have changed.</summary>
    /// <exception cref="EngineException">The engine refused.</exception>
    public abstract EngineStatement Prepare(string sql);

    /// <summary>Appends to a table.</summary>
    /// <param name="table">Table.</param>
    /// <param name="columns">Its columns in the order in which they are filled; none: all, as they lie in the table.</param>
    public abstract EngineAppender Append(string table, params ReadOnlySpan<string> columns);

    /// <summary>Begins a transaction.</summary>
    public abstract void Begin(bool readOnly = false);

    /// <summary>Ends it: when this returns, what it wrote is durable.</summary>
    public abstract void Commit();

    /// <summary>Takes back what the transaction wrote. Does nothing where a failed commit has ended it already, or where the connection
    /// is gone.</summary>
    public abstract void RollBack();

    /// <summary>Shows and takes the rows of a tenant alone until the transaction ends, where the engine keeps tenants apart.</summary>
    public virtual void ActFor(string tenant)
    {
    }

    /// <summary>Makes room in a row table for rows that start from an instant through another, where the engine needs it made.</summary>
    public virtual void MakeRoom(string table, Instant first, Instant last)
    {
    }

    /// <summary>Drops what was temporary. Where a failed transaction or a lost connection has done it already, that is as
    /// good.</summary>
    public virtual void Discard(string sql) => Execute(sql);

    /// <summary>Goes back among those that are idle, with nothing left of what was done on it. False where it can't be used
    /// again.</summary>
    public virtual bool TryRest() => true;

    /// <summary>Stops the statement that is running on this connection; it fails with an error. Safe from any thread.</summary>
    public abstract void Interrupt();

    public abstract void Dispose();

    /// <summary>Runs something that the token interrupts.</summary>
    public T Interruptibly<T>(Func<T> work, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var registration = cancel.Register(static state => ((EngineConnection)state!).Interrupt(), this);
        try
        {
            return work();
        }
        catch (EngineException) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
    }
}
