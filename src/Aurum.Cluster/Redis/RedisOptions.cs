using System.Globalization;

namespace Aurum.Cluster.Redis;

/// <summary>Where Redis is, how it is spoken to, and how long it keeps what. Settings <c>Redis:Host</c> and its like.</summary>
public sealed record RedisOptions
{
    /// <summary>Name or address of the server. Not empty.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>1 to 65,535.</summary>
    public int Port { get; init; } = 6379;

    /// <summary>Name of the ACL user; null: the user <c>default</c>.</summary>
    public string? User { get; init; }

    /// <summary>Never shown. Null: no login.</summary>
    public string? Password { get; init; }

    /// <summary>Number of the database, 0 to 1,000.</summary>
    public int Database { get; init; }

    /// <summary>Whether the connection is encrypted, and the server's certificate checked for its name.</summary>
    public bool Tls { get; init; }

    /// <summary>PEM file of the authority that signed the server's certificate; null: those that the system trusts.</summary>
    public string? TlsCaFile { get; init; }

    /// <summary>First part of every key and channel, 1 to 64 letters, digits, '.', '_' and '-'. Deployments that share a server need one
    /// each.</summary>
    public string Namespace { get; init; } = "aurum";

    /// <summary>Connections for commands, 1 to 16; subscriptions have one of their own.</summary>
    public int Connections { get; init; } = 1;

    /// <summary>Milliseconds for connection, encryption and login together, 10 to 60,000.</summary>
    public int ConnectTimeoutMs { get; init; } = 1_000;

    /// <summary>Milliseconds to a reply, 10 to 60,000; then the connection counts as lost and another one is made.</summary>
    public int RequestTimeoutMs { get; init; } = 250;

    /// <summary>Longest wait between two tries to connect, milliseconds, 20 to 600,000. Waits grow to it from 50, with jitter.</summary>
    public int ReconnectMs { get; init; } = 5_000;

    /// <summary>Milliseconds of silence after which a connection is asked whether it lives, 100 to 600,000.</summary>
    public int KeepAliveMs { get; init; } = 10_000;

    /// <summary>Commands of a connection that may wait for replies, 1 to 1,000,000; further ones are refused at once.</summary>
    public int MaxPendingCommands { get; init; } = 20_000;

    /// <summary>Bytes of a connection that may wait to be sent, MiB, 1 to 1,024; further ones are refused at once.</summary>
    public int MaxPendingMiB { get; init; } = 64;

    /// <summary>Seconds that latest prices and curve snapshots stay without a new one, 1 to 604,800.</summary>
    public int LatestSeconds { get; init; } = 3_600;

    /// <summary>Seconds that answers of rows and prices stay, 1 to 86,400.</summary>
    public int HighFrequencySeconds { get; init; } = 60;

    /// <summary>The same of curves, 1 to 86,400.</summary>
    public int MediumSeconds { get; init; } = 300;

    /// <summary>The same of what changes seldom, 1 to 86,400.</summary>
    public int LowSeconds { get; init; } = 3_600;

    /// <summary>The same of metadata, 1 to 86,400.</summary>
    public int StaticSeconds { get; init; } = 7_200;

    /// <summary>Milliseconds after which somebody who computes an answer for all counts as gone, 100 to 600,000.</summary>
    public int LockMs { get; init; } = 5_000;

    /// <summary>Bytes of an answer that is kept at most, KiB, 1 to 65,536.</summary>
    public int MaxValueKiB { get; init; } = 4_096;

    /// <summary>Whether the API's limits of requests a second count for all servers together.</summary>
    public bool SharedRateLimits { get; init; }

    /// <summary>Where passwords are asked for when a connection is made.</summary>
    internal ILiveSecrets Secrets { get; init; } = SecretsAsRead.Instance;

    /// <summary>The same options, whose passwords may change while the program runs.</summary>
    public RedisOptions With(ILiveSecrets secrets) => this with { Secrets = secrets };

    /// <summary>For people, without a password.</summary>
    public string Address => string.Create(
        CultureInfo.InvariantCulture, $"{(Tls ? "rediss" : "redis")}://{(User is null ? "" : User + "@")}{Host}:{Port}/{Database}");

    /// <summary>Settings of an address like <c>redis://user:password@host:6379/0</c>; <c>rediss</c> encrypts.</summary>
    /// <exception cref="ArgumentException">It is none; the message does not repeat it, as it may hold a password.</exception>
    public static RedisOptions Of(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss") || uri.Host.Length == 0)
        {
            throw new ArgumentException("Redis: expected an address like redis://user:password@host:6379/0, found another form");
        }

        var path = uri.AbsolutePath.Trim('/');
        if (!int.TryParse(path.Length == 0 ? "0" : path, NumberStyles.None, CultureInfo.InvariantCulture, out var database))
        {
            throw new ArgumentException($"Redis: expected the number of a database behind the host, found '{path}'");
        }

        var (user, password) = uri.UserInfo.IndexOf(':') is var colon and >= 0
            ? (uri.UserInfo[..colon], uri.UserInfo[(colon + 1)..])
            : (uri.UserInfo, "");
        return new RedisOptions
        {
            Host = uri.Host.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : 6379,
            User = user.Length > 0 ? Uri.UnescapeDataString(user) : null,
            Password = password.Length > 0 ? Uri.UnescapeDataString(password) : null,
            Database = database,
            Tls = uri.Scheme == "rediss",
        };
    }

    /// <exception cref="ArgumentException">A value is outside its range; the message names it.</exception>
    public void Check()
    {
        Expect(Host.Length > 0, nameof(Host), "the name or address of a server", "''");
        Expect(
            Namespace.Length is > 0 and <= 64 && Namespace.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'),
            nameof(Namespace), "1 to 64 letters, digits, '.', '_' and '-'", $"'{Namespace}'");
        Expect(User is null || Password is not null, nameof(Password), "a password for the user", "none");
        Expect(TlsCaFile is null || Tls, nameof(TlsCaFile), "Tls to be true with it", "false");
        SettingRules.InRange($"Redis:{nameof(Port)}", Port, 1, 65_535, "");
        SettingRules.InRange($"Redis:{nameof(Database)}", Database, 0, 1_000, "");
        SettingRules.InRange($"Redis:{nameof(Connections)}", Connections, 1, 16, "");
        SettingRules.InRange($"Redis:{nameof(ConnectTimeoutMs)}", ConnectTimeoutMs, 10, 60_000, "");
        SettingRules.InRange($"Redis:{nameof(RequestTimeoutMs)}", RequestTimeoutMs, 10, 60_000, "");
        SettingRules.InRange($"Redis:{nameof(ReconnectMs)}", ReconnectMs, 20, 600_000, "");
        SettingRules.InRange($"Redis:{nameof(KeepAliveMs)}", KeepAliveMs, 100, 600_000, "");
        SettingRules.InRange($"Redis:{nameof(MaxPendingCommands)}", MaxPendingCommands, 1, 1_000_000, "");
        SettingRules.InRange($"Redis:{nameof(MaxPendingMiB)}", MaxPendingMiB, 1, 1_024, "");
        SettingRules.InRange($"Redis:{nameof(LatestSeconds)}", LatestSeconds, 1, 604_800, "");
        SettingRules.InRange($"Redis:{nameof(HighFrequencySeconds)}", HighFrequencySeconds, 1, 86_400, "");
        SettingRules.InRange($"Redis:{nameof(MediumSeconds)}", MediumSeconds, 1, 86_400, "");
        SettingRules.InRange($"Redis:{nameof(LowSeconds)}", LowSeconds, 1, 86_400, "");
        SettingRules.InRange($"Redis:{nameof(StaticSeconds)}", StaticSeconds, 1, 86_400, "");
        SettingRules.InRange($"Redis:{nameof(LockMs)}", LockMs, 100, 600_000, "");
        SettingRules.InRange($"Redis:{nameof(MaxValueKiB)}", MaxValueKiB, 1, 65_536, "");
    }

    public override string ToString() => Address;

    private static void Expect(bool isWell, string name, string expected, string found)
    {
        if (!isWell)
        {
            throw new ArgumentException($"Redis:{name}: expected {expected}, found {found}");
        }
    }
}
