using Npgsql;

namespace Aurum.Cluster.Postgres;

/// <summary>PostgreSQL as the database of the store: rows, ledger, metadata. Checked once, at start.</summary>
public sealed record PostgresOptions
{
    /// <summary>Connection string of the program's role: <c>postgresql://user:password@host:5432/aurum</c> or
    /// <c>Host=...;Username=...</c>. Never printed. Default: <c>aurum</c> on this machine, without a password.</summary>
    public string Dsn { get; init; } = "postgresql://aurum@127.0.0.1:5432/aurum";

    /// <summary>Connection string of the role that owns the tables and migrates them; empty: <see cref="Dsn"/>. Never printed.</summary>
    public string OwnerDsn { get; init; } = "";

    /// <summary>Schema of the store's tables, a name of letters, digits and underscores, at most 40. Default <c>aurum</c>.</summary>
    public string Schema { get; init; } = "aurum";

    /// <summary>Role that <c>aurum db migrate</c> gives the rights that the program needs; empty: none. It must neither be a superuser
    /// nor bypass row security.</summary>
    public string AppRole { get; init; } = "";

    /// <summary>Whether opening the store brings the tables to the present form where the role may. Default true; false: only
    /// <c>aurum db migrate</c> does.</summary>
    public bool MigratesAtOpen { get; init; } = true;

    /// <summary>Connections at most, 4 to 1,000; default 40.</summary>
    public int MaxConnections { get; init; } = 40;

    /// <summary>How long a connection may take to be made, seconds, 1 to 300; default 10.</summary>
    public int ConnectSeconds { get; init; } = 10;

    /// <summary>How long one statement may run, seconds, 1 to 86,400; default 600.</summary>
    public int StatementSeconds { get; init; } = 600;

    /// <summary>How long a commit waits for those of other processes, seconds, 1 to 3,600; default 120.</summary>
    public int CommitWaitSeconds { get; init; } = 120;

    /// <summary>Where passwords are asked for when a connection is made.</summary>
    internal ILiveSecrets Secrets { get; init; } = SecretsAsRead.Instance;

    /// <summary>The same options, whose passwords may change while the program runs.</summary>
    public PostgresOptions With(ILiveSecrets secrets) => this with { Secrets = secrets };

    /// <exception cref="ArgumentException">A setting out of its range, or a connection string that is none. Holds no secret.</exception>
    public void Check()
    {
        _ = Connection(Dsn, "Postgres:Dsn");
        _ = OwnerDsn.Length == 0 ? null : Connection(OwnerDsn, "Postgres:OwnerDsn");
        Name(Schema, "Postgres:Schema");
        if (AppRole.Length > 0)
        {
            Name(AppRole, "Postgres:AppRole");
        }

        SettingRules.InRange($"Postgres:{nameof(MaxConnections)}", MaxConnections, 4, 1000, "connections");
        SettingRules.InRange($"Postgres:{nameof(ConnectSeconds)}", ConnectSeconds, 1, 300, "seconds");
        SettingRules.InRange($"Postgres:{nameof(StatementSeconds)}", StatementSeconds, 1, 86_400, "seconds");
        SettingRules.InRange($"Postgres:{nameof(CommitWaitSeconds)}", CommitWaitSeconds, 1, 3_600, "seconds");
    }

    /// <summary>Where it connects to, without a secret: <c>db:5432/aurum as aurum_app</c>.</summary>
    public string Place()
    {
        var connection = Connection(Dsn, "Postgres:Dsn");
        return $"{connection.Host}:{connection.Port}/{connection.Database} as {connection.Username}";
    }

    /// <summary>Without connection strings.</summary>
    public override string ToString() => $"PostgreSQL {Place()}, schema {Schema}";

    /// <summary>A connection string as Npgsql has it.</summary>
    /// <exception cref="ArgumentException">It is none; the message does not repeat it.</exception>
    internal static NpgsqlConnectionStringBuilder Connection(string dsn, string setting)
    {
        try
        {
            var connection = IsUri(dsn) ? OfUri(new Uri(dsn)) : new NpgsqlConnectionStringBuilder(dsn);
            return connection is { Host.Length: > 0, Username.Length: > 0, Database.Length: > 0 }
                ? connection
                : throw new ArgumentException("no host, user or database");
        }
        catch (Exception error) when (error is ArgumentException or UriFormatException or KeyNotFoundException or FormatException)
        {
            throw new ArgumentException(
                $"{setting}: expected postgresql://user:password@host:port/database or Host=...;Username=...;Database=..., found another "
                + $"text of {dsn.Length} characters");
        }
    }

    private static bool IsUri(string dsn) =>
        dsn.StartsWith("postgres://", StringComparison.Ordinal) || dsn.StartsWith("postgresql://", StringComparison.Ordinal);

    private static NpgsqlConnectionStringBuilder OfUri(Uri uri)
    {
        var user = uri.UserInfo.Split(':', 2);
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
        };
        foreach (var part in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=', 2) is [var n, var v] ? (n, Uri.UnescapeDataString(v)) : (part, "");
            connection[name switch { "sslmode" => "SSL Mode", "sslrootcert" => "Root Certificate", _ => name }] = value;
        }

        return connection;
    }

    private static void Name(string name, string setting)
    {
        var isName = name.Length is > 0 and <= 40 && !char.IsAsciiDigit(name[0])
            && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
        if (!isName)
        {
            throw new ArgumentException($"{setting}: expected 1 to 40 small letters, digits and underscores, found '{name}'");
        }
    }
}
