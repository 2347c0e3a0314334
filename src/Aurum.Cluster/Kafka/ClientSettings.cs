using Confluent.Kafka;

namespace Aurum.Cluster.Kafka;

/// <summary>Our options as the client's settings. What is not here is the client's default.</summary>
internal static class ClientSettings
{
    private const int BytesOfKiB = 1_024;
    private const int MillisecondsOfSecond = 1_000;

    /// <summary>The queue's limits are kept by <see cref="KafkaProducer"/>; the client's own are wider, so that they never
    /// decide.</summary>
    private const int Slack = 2;

    /// <summary>Largest answer that the client takes beside a fetch's bytes, as it wants it.</summary>
    private const int AnswerSlackBytes = 512;

    private const int LeastAnswerBytes = 100_000_000;

    public static ProducerConfig Producer(KafkaOptions options)
    {
        var config = With(new ProducerConfig(), options);
        config.Acks = options.AcksAll ? Acks.All : Acks.Leader;
        config.EnableIdempotence = options.Idempotent;
        config.MaxInFlight = options.MaxInFlight;
        config.CompressionType = Enum.Parse<CompressionType>(options.Compression, ignoreCase: true);
        config.LingerMs = options.LingerMilliseconds;
        config.BatchSize = options.BatchKiB * BytesOfKiB;
        config.QueueBufferingMaxMessages = options.QueueMessages * Slack;
        config.QueueBufferingMaxKbytes = (options.QueueMiB + (options.MaxMessageKiB / BytesOfKiB) + 1) * BytesOfKiB * Slack;
        config.MessageTimeoutMs = options.DeliverySeconds * MillisecondsOfSecond;
        config.RequestTimeoutMs = options.RequestSeconds * MillisecondsOfSecond;

        // The hash that Kafka's own clients use: a key is in the same partition whoever writes it.
        config.Partitioner = Partitioner.Murmur2Random;
        config.DeliveryReportFields = "key,value,status";
        return config;
    }

    public static ConsumerConfig Consumer(KafkaOptions options, string group)
    {
        var config = With(new ConsumerConfig(), options);
        config.GroupId = group;
        config.SessionTimeoutMs = options.SessionSeconds * MillisecondsOfSecond;
        config.HeartbeatIntervalMs = options.HeartbeatMilliseconds;
        config.MaxPollIntervalMs = options.MaxPollSeconds * MillisecondsOfSecond;
        config.PartitionAssignmentStrategy = options.Cooperative
            ? PartitionAssignmentStrategy.CooperativeSticky
            : PartitionAssignmentStrategy.Range;
        config.AutoOffsetReset = options.FromBeginning ? AutoOffsetReset.Earliest : AutoOffsetReset.Latest;
        config.FetchWaitMaxMs = options.FetchWaitMilliseconds;
        config.FetchMinBytes = Math.Max(1, options.FetchMinKiB * BytesOfKiB);
        config.MaxPartitionFetchBytes = options.FetchPartitionKiB * BytesOfKiB;
        config.FetchMaxBytes = Math.Max(options.FetchPartitionKiB, options.MaxMessageKiB) * BytesOfKiB;
        config.ReceiveMessageMaxBytes = Math.Max(LeastAnswerBytes, config.FetchMaxBytes.Value + AnswerSlackBytes);
        config.QueuedMaxMessagesKbytes = options.ReadAheadMiB * BytesOfKiB;

        // The client's own second would be felt whenever it has read enough ahead.
        config.Set("fetch.queue.backoff.ms", "50");
        config.IsolationLevel = IsolationLevel.ReadCommitted;

        // Positions are put down when data is stored, not when it is read.
        config.EnableAutoOffsetStore = false;
        config.EnableAutoCommit = true;
        config.AllowAutoCreateTopics = false;
        return config;
    }

    public static AdminClientConfig Admin(KafkaOptions options) => With(new AdminClientConfig(), options);

    private static T With<T>(T config, KafkaOptions options)
        where T : ClientConfig
    {
        config.BootstrapServers = options.BootstrapServers;
        config.ClientId = options.ClientId;
        config.SecurityProtocol = Enum.Parse<SecurityProtocol>(
            options.SecurityProtocol.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        if (options.SaslUser is not null)
        {
            config.Set("sasl.mechanism", options.SaslMechanism);
            (config.SaslUsername, config.SaslPassword) = KeysOf(options);
        }

        config.SslCaLocation = options.CaFile;
        config.SslCertificateLocation = options.CertificateFile;
        config.SslKeyLocation = options.KeyFile;
        config.SocketTimeoutMs = options.RequestSeconds * MillisecondsOfSecond;
        config.SocketConnectionSetupTimeoutMs = options.ConnectSeconds * MillisecondsOfSecond;
        config.SocketKeepaliveEnable = true;
        config.SocketNagleDisable = true;
        config.MessageMaxBytes = options.MaxMessageKiB * BytesOfKiB;
        return config;
    }

    private static (string? User, string? Password) KeysOf(KafkaOptions options)
    {
        try
        {
            return options.Login().Present() is [var user, var password] ? (user, password) : default;
        }
        catch (SecretGoneException e)
        {
            throw new BrokerException($"{options.BootstrapServers}: {e.Message}", isRetryable: true, e);
        }
    }
}
