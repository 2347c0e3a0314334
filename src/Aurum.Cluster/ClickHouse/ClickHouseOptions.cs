using System.Globalization;
using System.Text;

namespace Aurum.Cluster.ClickHouse;

/// <summary>A ClickHouse server over HTTP, and what is written to it: settings <c>ClickHouse:Url</c> and its like.</summary>
public sealed record ClickHouseOptions
{
    /// <summary>Name in settings, findings and metrics.</summary>
    public const string Engine = "ClickHouse";

    /// <summary>Address of its HTTP interface, http or https, without a query.</summary>
    public string Url { get; init; } = "http://127.0.0.1:8123";

    /// <summary>Who signs in. 1 to 100 characters.</summary>
    public string User { get; init; } = "default";

    /// <summary>Password; empty: none. Never printed.</summary>
    public string Password { get; init; } = "";

    /// <summary>File with the certificate authority (PEM) that signs the server's certificate; null: those of the system.</summary>
    public string? CaFile { get; init; }

    /// <summary>Database of prices, bars, curves and market rows. A letter or underscore, then letters, digits, underscores; up to
    /// 64.</summary>
    public string Database { get; init; } = "aurum";

    /// <summary>Database of logs, events and metrics. As <see cref="Database"/>.</summary>
    public string OpsDatabase { get; init; } = "ops";

    /// <summary>Name of this store among those that write to the same database; part of the rows' keys. 1 to 64 characters. Two stores of
    /// one name overwrite each other, so a new data directory needs a new name or an empty database.</summary>
    public string StoreName { get; init; } = "aurum";

    /// <summary>Whether ticks, bars and points of curves are copied.</summary>
    public bool Ticks { get; init; } = true;

    /// <summary>Whether rows of deliveries are copied.</summary>
    public bool Deliveries { get; init; } = true;

    /// <summary>Whether the server's logs, events and measurements are written.</summary>
    public bool Operations { get; init; } = true;

    /// <summary>Request bodies as they are (<c>none</c>) or <c>gzip</c>: half the speed, a third of the bytes.</summary>
    public string Compression { get; init; } = "none";

    /// <summary>Longest time to connect, seconds. 0.1 to 300.</summary>
    public double ConnectTimeoutSeconds { get; init; } = 5;

    /// <summary>Longest time of a request from its first to its last byte, seconds. 0.1 to 86,400.</summary>
    public double RequestTimeoutSeconds { get; init; } = 60;

    /// <summary>Tries of a request that may be sent twice, 1 to 20.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>Wait before the second try, milliseconds; it doubles each time, and a random part of up to as much is added. 1 to
    /// 60,000.</summary>
    public int RetryMilliseconds { get; init; } = 200;

    /// <summary>Largest answer, MiB. 1 to 16,384.</summary>
    public int MaxResponseMiB { get; init; } = 256;

    /// <summary>Rows that are sent at a time, at most, unless a single frame or delivery has more. 1,024 to 4,000,000.</summary>
    public int BatchRows { get; init; } = 262_144;

    /// <summary>Longest time that a stored row waits for others to be sent with, seconds. 0.05 to 3,600.</summary>
    public double FlushSeconds { get; init; } = 2;

    /// <summary>Wait after a failure before the next try to copy, seconds. 0.05 to 3,600.</summary>
    public double RecoverySeconds { get; init; } = 10;

    /// <summary>Logs, events and measurements that wait to be written; what comes while it is full is counted and dropped. 100 to
    /// 10,000,000.</summary>
    public int QueueRows { get; init; } = 50_000;

    /// <summary>How often old partitions are looked for and dropped, hours. 0 to 8,784; 0: only by <c>aurum clickhouse
    /// retain</c>.</summary>
    public double RetainHours { get; init; } = 6;

    /// <summary>Where passwords are asked for when a connection is made.</summary>
    internal ILiveSecrets Secrets { get; init; } = SecretsAsRead.Instance;

    /// <summary>The same options, whose passwords may change while the program runs.</summary>
    public ClickHouseOptions With(ILiveSecrets secrets) => this with { Secrets = secrets };

    /// <exception cref="ArgumentException">A setting is wrong; the message names it, what is expected and what was found.</exception>
    public void Check()
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Query.Length > 0
            || url.UserInfo.Length > 0)
        {
            throw Wrong(nameof(Url), "an address like http://clickhouse:8123, without user and query", Shown(Url));
        }

        Named(nameof(Database), Database);
        Named(nameof(OpsDatabase), OpsDatabase);
        Text(nameof(User), User, 100);
        Text(nameof(StoreName), StoreName, 64);
        SettingRules.InRange($"ClickHouse:{nameof(ConnectTimeoutSeconds)}", ConnectTimeoutSeconds, 0.1, 300, "seconds");
        SettingRules.InRange($"ClickHouse:{nameof(RequestTimeoutSeconds)}", RequestTimeoutSeconds, 0.1, 86_400, "seconds");
        SettingRules.InRange($"ClickHouse:{nameof(Attempts)}", Attempts, 1, 20, "tries");
        SettingRules.InRange($"ClickHouse:{nameof(RetryMilliseconds)}", RetryMilliseconds, 1, 60_000, "milliseconds");
        SettingRules.InRange($"ClickHouse:{nameof(MaxResponseMiB)}", MaxResponseMiB, 1, 16_384, "MiB");
        SettingRules.InRange($"ClickHouse:{nameof(BatchRows)}", BatchRows, 1_024, 4_000_000, "rows");
        SettingRules.InRange($"ClickHouse:{nameof(FlushSeconds)}", FlushSeconds, 0.05, 3_600, "seconds");
        SettingRules.InRange($"ClickHouse:{nameof(RecoverySeconds)}", RecoverySeconds, 0.05, 3_600, "seconds");
        SettingRules.InRange($"ClickHouse:{nameof(QueueRows)}", QueueRows, 100, 10_000_000, "rows");
        SettingRules.InRange($"ClickHouse:{nameof(RetainHours)}", RetainHours, 0, 8_784, "hours");
        if (Compression is not ("none" or "gzip"))
        {
            throw Wrong(nameof(Compression), "none or gzip", $"'{Compression}'");
        }

        if (CaFile is not null && !File.Exists(CaFile))
        {
            throw Wrong(nameof(CaFile), "a file", $"none at '{CaFile}'");
        }
    }

    /// <summary>Without the password.</summary>
    private bool PrintMembers(StringBuilder to)
    {
        to.Append(CultureInfo.InvariantCulture, $"{nameof(Url)} = {Shown(Url)}, {nameof(User)} = {User}, ")
            .Append(CultureInfo.InvariantCulture, $"{nameof(Database)} = {Database}, {nameof(StoreName)} = {StoreName}");
        return true;
    }

    /// <summary>An address without what may be a secret in it.</summary>
    private static string Shown(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) ? $"'{parsed.Scheme}://{parsed.Authority}{parsed.AbsolutePath}'" : "none";

    private static void Named(string name, string value)
    {
        if (value.Length is < 1 or > 64 || char.IsAsciiDigit(value[0]) || !value.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw Wrong(name, "a letter or underscore, then letters, digits and underscores, up to 64", $"'{value}'");
        }
    }

    private static void Text(string name, string value, int most)
    {
        if (value.Length < 1 || value.Length > most)
        {
            throw Wrong(name, $"1 to {most} characters", $"{value.Length}");
        }
    }

    private static ArgumentException Wrong(string name, string expected, string found) =>
        new($"{Engine}:{name}: expected {expected}, found {found}");
}
