using Aurum.Store.Engines;
using Npgsql;

namespace Aurum.Cluster.Postgres;

/// <summary>PostgreSQL refused, failed, or was not reached; the message is the server's own, followed by the statement it was
/// about.</summary>
public sealed class PostgresEngineException : EngineException
{
    /// <summary>Classes of codes of which the server says that it, not the statement, was the reason: connection, resources, intervention
    /// (shut down, took too long), a transaction that was left open too long.</summary>
    private static readonly string[] InterventionClasses = ["08", "53", "57", "25P0"];

    /// <summary>Classes of codes that are about who may do what with what: authorisation, database, schema, names and rights.</summary>
    private static readonly string[] SettingClasses = ["28", "3D", "3F", "42"];

    internal PostgresEngineException(NpgsqlException error, string? sql = null)
        : base(TextOf(error), sql, error)
    {
        State = (error as PostgresException)?.SqlState;
        // The driver takes a wrong state of what is named for one that passes: "cannot delete from view" does not.
        IsTransient = (error.IsTransient && State is not PostgresErrorCodes.ObjectNotInPrerequisiteState)
            || State is PostgresErrorCodes.LockNotAvailable || IsOf(InterventionClasses);
    }

    /// <summary>The connection broke some statements ago.</summary>
    internal PostgresEngineException(InvalidOperationException gone, string sql)
        : base($"PostgreSQL: the connection is gone ({gone.Message})", sql, gone) => IsTransient = true;

    internal PostgresEngineException(string message, string? sql = null, bool isTransient = false)
        : base(message, sql) => IsTransient = isTransient;

    /// <summary>The server's code of the error, five characters; null where the server was not reached.</summary>
    public string? State { get; }

    /// <summary>Whether user or password were not taken.</summary>
    public bool IsLogin => State is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification;

    public override bool IsTransient { get; }

    /// <summary>Whether the connection was ended from the other side, as opposed to a server that did not answer in time.</summary>
    internal bool IsCut => IsTransient && InnerException is not NpgsqlException { InnerException: TimeoutException };

    public override bool NeedsPerson => IsOf(SettingClasses);

    private bool IsOf(string[] classes) => State is { } state && classes.Any(c => state.StartsWith(c, StringComparison.Ordinal));

    private static string TextOf(NpgsqlException error) => error is PostgresException { } refused
        ? $"PostgreSQL: {refused.MessageText}{(refused.Detail is { } detail ? $" ({detail})" : "")} [{refused.SqlState}]"
        : $"PostgreSQL: {error.Message}{(error.InnerException is { } inner ? $" ({inner.Message})" : "")}";
}
