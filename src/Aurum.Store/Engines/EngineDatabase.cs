namespace Aurum.Store.Engines;

/// <summary>A database that keeps rows, ledger and metadata: a DuckDB file, or a PostgreSQL server.</summary>
internal abstract class EngineDatabase : IDisposable
{
    public abstract SqlDialect Dialect { get; }

    /// <summary>How it is shared with other processes; null where this one has it alone.</summary>
    public virtual EngineSharing? Sharing => null;

    /// <summary>A connection of one's own.</summary>
    /// <exception cref="EngineException">There is none to be had.</exception>
    public abstract EngineConnection Connect();

    public abstract void Dispose();
}
