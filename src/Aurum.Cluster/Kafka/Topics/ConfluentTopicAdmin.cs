using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Aurum.Cluster.Kafka.Topics;

/// <summary>Topics of a cluster by Confluent.Kafka's calls for administrators.</summary>
/// <remarks>The brokers of tests do not know these calls, so they are tested against a client that records them, never against Apache
/// Kafka: docs/engines/kafka.md says so.</remarks>
public sealed class ConfluentTopicAdmin : ITopicAdmin
{
    private readonly IAdminClient _client;
    private readonly KafkaOptions _options;

    /// <param name="options">Checked options.</param>
    /// <param name="told">Is told what the client says; null: nobody.</param>
    public ConfluentTopicAdmin(KafkaOptions options, Action<string>? told = null)
        : this(Build(options, told ?? (static _ => { })), options)
    {
    }

    internal ConfluentTopicAdmin(IAdminClient client, KafkaOptions options) => (_client, _options) = (client, options);

    private TimeSpan Longest => TimeSpan.FromSeconds(_options.RequestSeconds);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TopicState>> Describe(IReadOnlyCollection<string> names, CancellationToken cancel)
    {
        var wanted = names.ToHashSet(StringComparer.Ordinal);
        var found = Asked("its topics", () => _client.GetMetadata(Longest)).Topics
            .Where(t => wanted.Contains(t.Topic) && t.Error.Code == ErrorCode.NoError).ToList();
        if (found.Count == 0)
        {
            return [];
        }

        var described = await Asked(
            "settings of topics",
            () => _client.DescribeConfigsAsync(
                found.Select(static t => new ConfigResource { Type = ResourceType.Topic, Name = t.Topic }),
                new DescribeConfigsOptions { RequestTimeout = Longest }),
            cancel);
        var settings = described.ToDictionary(
            static r => r.ConfigResource.Name,
            static IReadOnlyDictionary<string, string> (r) =>
                r.Entries.Where(static e => e.Value.Value is not null).ToDictionary(static e => e.Key, static e => e.Value.Value));
        return
        [
            .. found.Select(t => new TopicState(
                t.Topic, t.Partitions.Count, t.Partitions.FirstOrDefault()?.Replicas.Length ?? 0, settings[t.Topic])),
        ];
    }

    /// <inheritdoc/>
    public Task Create(IReadOnlyList<TopicSpec> topics, CancellationToken cancel) => Asked(
        "new topics",
        () => _client.CreateTopicsAsync(
            topics.Select(static t => new TopicSpecification
            {
                Name = t.Name,
                NumPartitions = t.Partitions,
                ReplicationFactor = (short)t.Replication,
                Configs = t.Settings.ToDictionary(),
            }),
            new CreateTopicsOptions { RequestTimeout = Longest, OperationTimeout = Longest }),
        cancel);

    /// <inheritdoc/>
    public Task AddPartitions(IReadOnlyDictionary<string, int> partitions, CancellationToken cancel) => Asked(
        "more partitions",
        () => _client.CreatePartitionsAsync(
            partitions.Select(static p => new PartitionsSpecification { Topic = p.Key, IncreaseTo = p.Value }),
            new CreatePartitionsOptions { RequestTimeout = Longest, OperationTimeout = Longest }),
        cancel);

    /// <inheritdoc/>
    public Task Alter(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> settings, CancellationToken cancel) => Asked(
        "other settings",
        () => _client.IncrementalAlterConfigsAsync(
            settings.ToDictionary(
                static s => new ConfigResource { Type = ResourceType.Topic, Name = s.Key },
                static s => s.Value.Select(static v => new ConfigEntry
                {
                    Name = v.Key,
                    Value = v.Value,
                    IncrementalOperation = AlterConfigOpType.Set,
                }).ToList()),
            new IncrementalAlterConfigsOptions { RequestTimeout = Longest }),
        cancel);

    public void Dispose() => _client.Dispose();

    private static IAdminClient Build(KafkaOptions options, Action<string> told)
    {
        KafkaLibrary.Load();
        return new AdminClientBuilder(ClientSettings.Admin(options))
            .SetErrorHandler((_, error) => told($"{error.Reason} ({error.Code})"))
            .SetLogHandler((_, line) => told(line.Message))
            .Build();
    }

    private T Asked<T>(string what, Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (KafkaException e)
        {
            throw Refused(what, e);
        }
    }

    private async Task Asked(string what, Func<Task> ask, CancellationToken cancel)
    {
        try
        {
            await ask().WaitAsync(cancel);
        }
        catch (KafkaException e)
        {
            throw Refused(what, e);
        }
    }

    private async Task<T> Asked<T>(string what, Func<Task<T>> ask, CancellationToken cancel)
    {
        try
        {
            return await ask().WaitAsync(cancel);
        }
        catch (KafkaException e)
        {
            throw Refused(what, e);
        }
    }

    /// <summary>The first topic that was refused, where the answer says which.</summary>
    private BrokerException Refused(string what, KafkaException refusal)
    {
        var (topic, error) = refusal switch
        {
            CreateTopicsException e when e.Results.Find(static r => r.Error.IsError) is { } r => (r.Topic, r.Error),
            CreatePartitionsException e when e.Results.Find(static r => r.Error.IsError) is { } r => (r.Topic, r.Error),
            IncrementalAlterConfigsException e when e.Results.Find(static r => r.Error.IsError) is { } r =>
                (r.ConfigResource.Name, r.Error),
            DescribeConfigsException e when e.Results.Find(static r => r.Error.IsError) is { } r => (r.ConfigResource.Name, r.Error),
            _ => ("", refusal.Error),
        };
        return BrokerException.Of($"{_options.BootstrapServers}: {what}{(topic.Length > 0 ? $", {topic}" : "")}", error, refusal);
    }
}
