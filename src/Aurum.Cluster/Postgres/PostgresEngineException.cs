using Aurum.Store.Engines;
using Npgsql;

namespace Aurum.Cluster.Postgres;

/// <summary>PostgreSQL refused, failed, or was not reached; the message is the server's own, followed by the statement it was
/// about.</summary>
public sealed class PostgresEngineException : EngineException
{
    internal PostgresEngineException(NpgsqlException error, string? sql = null)
        : base(TextOf(error), sql, error)
    {
        State = (error as PostgresException)?.SqlState;
        IsTransient = error.IsTransient || State is PostgresErrorCodes.LockNotAvailable;
    }

    internal PostgresEngineException(string message, string? sql = null)
        : base(message, sql)
    {
    }

    /// <summary>The server's code of the error, five characters; null where the server was not reached.</summary>
    public string? State { get; }

    public override bool IsTransient { get; }

    private static string TextOf(NpgsqlException error) => error is PostgresException { } refused
        ? $"PostgreSQL: {refused.MessageText}{(refused.Detail is { } detail ? $" ({detail})" : "")} [{refused.SqlState}]"
        : $"PostgreSQL: {error.Message}{(error.InnerException is { } inner ? $" ({inner.Message})" : "")}";
}
