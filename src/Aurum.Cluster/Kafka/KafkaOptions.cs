using System.Globalization;

namespace Aurum.Cluster.Kafka;

/// <summary>How Kafka is reached and used: <c>Kafka:BootstrapServers</c> and its like. No setting is printed that is secret.</summary>
public sealed record KafkaOptions
{
    /// <summary>What <see cref="SecurityProtocol"/> may be.</summary>
    public static readonly IReadOnlyList<string> SecurityProtocols = ["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"];

    /// <summary>What <see cref="SaslMechanism"/> may be.</summary>
    public static readonly IReadOnlyList<string> SaslMechanisms = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"];

    /// <summary>What <see cref="Compression"/> may be.</summary>
    public static readonly IReadOnlyList<string> Compressions = ["none", "gzip", "snappy", "lz4", "zstd"];

    private const int MostInFlightInOrder = 5;
    private const int MaxHostLength = 255;

    /// <summary>The client takes at most 100,000,000 bytes.</summary>
    private const int MostFetchMinKiB = 97_656;

    /// <summary>Brokers to begin with, <c>host:port</c>, with commas between. Required.</summary>
    public string BootstrapServers { get; init; } = "";

    /// <summary>Name under which brokers see this program. 1 to 200 letters.</summary>
    public string ClientId { get; init; } = "aurum";

    /// <summary>PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.</summary>
    public string SecurityProtocol { get; init; } = "PLAINTEXT";

    /// <summary>PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512; used with SASL.</summary>
    public string SaslMechanism { get; init; } = "SCRAM-SHA-512";

    /// <summary>User of SASL.</summary>
    public string? SaslUser { get; init; }

    /// <summary>Password of SASL. Never printed.</summary>
    public string? SaslPassword { get; init; }

    /// <summary>PEM file with the certificates that brokers' are signed with; null: the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file with our own certificate, where brokers ask for one.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with the key of our own certificate.</summary>
    public string? KeyFile { get; init; }

    /// <summary>none, gzip, snappy, lz4 or zstd.</summary>
    public string Compression { get; init; } = "zstd";

    /// <summary>Time that messages wait for others of their batch, milliseconds. 0 to 10,000.</summary>
    public int LingerMilliseconds { get; init; } = 10;

    /// <summary>Size of a batch at most, KiB. 16 to 65,536.</summary>
    public int BatchKiB { get; init; } = 1_000;

    /// <summary>Size of a message at most, KiB; topics have limits of their own. 1 to 102,400. The largest topic takes 50 MB.</summary>
    public int MaxMessageKiB { get; init; } = 51_200;

    /// <summary>Whether all replicas in sync must have a message before it counts as taken. Off: the leader alone.</summary>
    public bool AcksAll { get; init; } = true;

    /// <summary>Whether retries neither double nor reorder messages of a running producer. Needs <see cref="AcksAll"/>.</summary>
    public bool Idempotent { get; init; } = true;

    /// <summary>Requests to a broker that are not answered yet. 1 to 5 where <see cref="Idempotent"/>, else to 1,000.</summary>
    public int MaxInFlight { get; init; } = MostInFlightInOrder;

    /// <summary>Messages that wait for an acknowledgement at most; whoever sends waits then. 100 to 10,000,000.</summary>
    public int QueueMessages { get; init; } = 100_000;

    /// <summary>The same in MiB. 1 to 16,384.</summary>
    public int QueueMiB { get; init; } = 128;

    /// <summary>Time that a sender waits for room in a full queue, seconds. 1 to 3,600.</summary>
    public int QueueFullSeconds { get; init; } = 30;

    /// <summary>Time in which a message must be acknowledged, retries included, seconds. 1 to 3,600; more than
    /// <see cref="LingerMilliseconds"/>.</summary>
    public int DeliverySeconds { get; init; } = 120;

    /// <summary>Time for one request, seconds. 1 to 300.</summary>
    public int RequestSeconds { get; init; } = 30;

    /// <summary>Time for a connection, seconds. 1 to 300.</summary>
    public int ConnectSeconds { get; init; } = 10;

    /// <summary>Time after which a silent member of a group is out of it, seconds. 1 to 1,800.</summary>
    public int SessionSeconds { get; init; } = 30;

    /// <summary>Time between two signs of life of a member, milliseconds. 100 to a third of the session.</summary>
    public int HeartbeatMilliseconds { get; init; } = 3_000;

    /// <summary>Time between two polls of a member at most, seconds. <see cref="SessionSeconds"/> to 86,400.</summary>
    public int MaxPollSeconds { get; init; } = 300;

    /// <summary>Whether partitions move one by one between members, while the others go on (cooperative-sticky); off: all members stop
    /// at each change (range).</summary>
    public bool Cooperative { get; init; } = true;

    /// <summary>Time that a broker gathers bytes before it answers a fetch, milliseconds. 1 to 60,000.</summary>
    public int FetchWaitMilliseconds { get; init; } = 100;

    /// <summary>Bytes that a broker gathers before it answers a fetch, KiB. 0 (any byte) to 97,656.</summary>
    public int FetchMinKiB { get; init; }

    /// <summary>Bytes of a partition in one answer, KiB. 1 to 102,400.</summary>
    public int FetchPartitionKiB { get; init; } = 1_024;

    /// <summary>Bytes that the client reads ahead at most, MiB. 1 to 2,047.</summary>
    public int ReadAheadMiB { get; init; } = 64;

    /// <summary>Whether a group without a position begins at the oldest message; off: at the newest.</summary>
    public bool FromBeginning { get; init; } = true;

    /// <summary>File with topics in place of the built-in ones (deploy/kafka/topics.json).</summary>
    public string? TopicsFile { get; init; }

    /// <summary>Copies of each new topic; 0: as the topics file says. 0 to 100. min.insync.replicas is never more.</summary>
    public int Replication { get; init; }

    /// <summary>Name of the environment, put behind the names of topics and groups with a hyphen: <c>staging</c>. Empty: none. Small
    /// letters, digits and hyphens.</summary>
    public string Environment { get; init; } = "";

    /// <summary>Whether deliveries of the store are sent as events. Needs a schema registry, which numbers their schemas.</summary>
    public bool Deliveries { get; init; }

    /// <summary>Whether real-time prices are sent as single events of their contracts once they are stored: ticks, bars, quotes, latest
    /// prices. Ticks go over Kafka in blocks without it; a message a tick costs several times as much. Needs a schema registry.</summary>
    public bool Ticks { get; init; }

    /// <summary>Where user and password are asked for when a client is made or brokers refuse them.</summary>
    internal ILiveSecrets Secrets { get; init; } = SecretsAsRead.Instance;

    /// <summary>The same options, whose password may change while the program runs.</summary>
    public KafkaOptions With(ILiveSecrets secrets) => this with { Secrets = secrets };

    /// <summary>Name of a topic in this environment.</summary>
    public string TopicOf(string topic) => Environment.Length == 0 ? topic : $"{topic}-{Environment}";

    /// <summary>Name of a consumer group in this environment.</summary>
    public string GroupOf(string group) => TopicOf(group);

    /// <exception cref="ArgumentException">A value is wrong; the message names the setting, what is expected and what was
    /// found.</exception>
    public void Check()
    {
        CheckServers();
        CheckSecurity();
        Text(nameof(ClientId), ClientId, ClientId.Length is >= 1 and <= 200, "1 to 200 letters");
        Text(nameof(Compression), Compression, Compressions.Contains(Compression), string.Join(", ", Compressions));
        Text(nameof(Environment), Environment, Environment.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            && Environment.Length <= 32, "up to 32 small letters, digits and hyphens");
        SettingRules.InRange($"Kafka:{nameof(LingerMilliseconds)}", LingerMilliseconds, 0, 10_000, "milliseconds");
        SettingRules.InRange($"Kafka:{nameof(BatchKiB)}", BatchKiB, 16, 65_536, "KiB");
        SettingRules.InRange($"Kafka:{nameof(MaxMessageKiB)}", MaxMessageKiB, 1, 102_400, "KiB");
        SettingRules.InRange($"Kafka:{nameof(MaxInFlight)}", MaxInFlight, 1, Idempotent ? MostInFlightInOrder : 1_000, "requests");
        SettingRules.InRange($"Kafka:{nameof(QueueMessages)}", QueueMessages, 100, 10_000_000, "messages");
        SettingRules.InRange($"Kafka:{nameof(QueueMiB)}", QueueMiB, 1, 16_384, "MiB");
        SettingRules.InRange($"Kafka:{nameof(QueueFullSeconds)}", QueueFullSeconds, 1, 3_600, "seconds");
        SettingRules.InRange($"Kafka:{nameof(DeliverySeconds)}", DeliverySeconds, 1, 3_600, "seconds");
        SettingRules.InRange($"Kafka:{nameof(RequestSeconds)}", RequestSeconds, 1, 300, "seconds");
        SettingRules.InRange($"Kafka:{nameof(ConnectSeconds)}", ConnectSeconds, 1, 300, "seconds");
        SettingRules.InRange($"Kafka:{nameof(SessionSeconds)}", SessionSeconds, 1, 1_800, "seconds");
        SettingRules.InRange(
            $"Kafka:{nameof(HeartbeatMilliseconds)}", HeartbeatMilliseconds, 100, SessionSeconds * 1_000 / 3, "milliseconds");
        SettingRules.InRange($"Kafka:{nameof(MaxPollSeconds)}", MaxPollSeconds, SessionSeconds, 86_400, "seconds");
        SettingRules.InRange($"Kafka:{nameof(FetchWaitMilliseconds)}", FetchWaitMilliseconds, 1, 60_000, "milliseconds");
        SettingRules.InRange($"Kafka:{nameof(FetchMinKiB)}", FetchMinKiB, 0, MostFetchMinKiB, "KiB");
        SettingRules.InRange($"Kafka:{nameof(FetchPartitionKiB)}", FetchPartitionKiB, 1, 102_400, "KiB");
        SettingRules.InRange($"Kafka:{nameof(ReadAheadMiB)}", ReadAheadMiB, 1, 2_047, "MiB");
        SettingRules.InRange($"Kafka:{nameof(Replication)}", Replication, 0, 100, "copies");
        if (DeliverySeconds * 1_000 <= LingerMilliseconds)
        {
            throw Wrong(
                nameof(DeliverySeconds),
                FormattableString.Invariant($"more than Kafka:{nameof(LingerMilliseconds)}, {LingerMilliseconds} ms"),
                FormattableString.Invariant($"{DeliverySeconds} s"));
        }

        if (Idempotent && !AcksAll)
        {
            throw Wrong(nameof(AcksAll), "true where Kafka:Idempotent is true", "false");
        }
    }

    /// <summary>User and password of SASL as they are now.</summary>
    internal EngineLogin Login() => new(Secrets, ("Kafka:SaslUser", SaslUser), ("Kafka:SaslPassword", SaslPassword));

    /// <summary>Where, as whom, and nothing that is secret.</summary>
    public override string ToString() => SaslUser is null
        ? $"Kafka at {BootstrapServers} ({SecurityProtocol})"
        : $"Kafka at {BootstrapServers} ({SecurityProtocol}, {SaslMechanism} as {SaslUser})";

    private void CheckServers()
    {
        var servers = BootstrapServers.Split(',', StringSplitOptions.TrimEntries);
        var isGood = servers.All(static s => s.LastIndexOf(':') is > 0 and <= MaxHostLength and var colon
            && ushort.TryParse(s.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0);
        Text(nameof(BootstrapServers), BootstrapServers, isGood, "host:port of brokers, with commas between");
    }

    private void CheckSecurity()
    {
        Text(nameof(SecurityProtocol), SecurityProtocol, SecurityProtocols.Contains(SecurityProtocol),
            string.Join(", ", SecurityProtocols));
        Text(nameof(SaslMechanism), SaslMechanism, SaslMechanisms.Contains(SaslMechanism), string.Join(", ", SaslMechanisms));
        if (SecurityProtocol.StartsWith("SASL", StringComparison.Ordinal))
        {
            Text(
                nameof(SaslUser), SaslUser ?? "", !string.IsNullOrEmpty(SaslUser), $"a user, as SecurityProtocol is {SecurityProtocol}");
            if (string.IsNullOrEmpty(SaslPassword))
            {
                throw Wrong(nameof(SaslPassword), $"a password, as SecurityProtocol is {SecurityProtocol}", "none");
            }
        }

        if (CertificateFile is null != KeyFile is null)
        {
            var missing = CertificateFile is null ? nameof(CertificateFile) : nameof(KeyFile);
            throw Wrong(missing, "both CertificateFile and KeyFile, or neither", "none");
        }

        foreach (var (name, file) in new[]
        {
            (nameof(CaFile), CaFile), (nameof(CertificateFile), CertificateFile), (nameof(KeyFile), KeyFile),
            (nameof(TopicsFile), TopicsFile),
        })
        {
            Text(name, file ?? "", file is null || File.Exists(file), "a file that is there");
        }
    }

    private static void Text(string name, string value, bool isGood, string expected)
    {
        if (!isGood)
        {
            throw Wrong(name, expected, $"'{value}'");
        }
    }

    private static ArgumentException Wrong(string name, string expected, string found) =>
        new($"Kafka:{name}: expected {expected}, found {found}");
}
