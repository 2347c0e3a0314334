using Aurum.Store.Engines;

namespace Aurum.Store.DuckDb;

/// <summary>DuckDB refused or failed; the message is the engine's own, followed by the statement it was about.</summary>
public sealed class DuckDbException : EngineException
{
    internal DuckDbException(string message, string? sql = null)
        : base(message, sql)
    {
    }
}
