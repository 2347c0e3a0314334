namespace Aurum.Store.DuckDb;

/// <summary>DuckDB refused or failed; the message is the engine's own, followed by the statement it was about.</summary>
public sealed class DuckDbException : Exception
{
    internal DuckDbException(string message, string? sql = null)
        : base(sql is null ? message : $"{message}\n{(sql.Length <= 600 ? sql : string.Concat(sql.AsSpan(0, 597), "..."))}")
    {
    }
}
