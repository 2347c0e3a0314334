using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aurum.Cluster.Kafka.Topics;

/// <summary>The topics that Aurum uses: one file, <c>deploy/kafka/topics.json</c>, built into the program. Groups of topics with the
/// same settings; what a group does not say is the default's.</summary>
public sealed class TopicsFile
{
    private const string BuiltIn = "Aurum.Cluster.Kafka.topics.json";
    private const long MillisecondsOfHour = 3_600_000;

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private TopicsFile(IReadOnlyList<TopicEntry> topics) => Topics = topics;

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<TopicEntry> Topics { get; }

    /// <summary>The file of the options, or the built-in one.</summary>
    /// <exception cref="BrokerException">It can't be read; the message names file, topic, what is expected and what was found.</exception>
    public static TopicsFile Load(KafkaOptions options)
    {
        if (options.TopicsFile is { } path)
        {
            return Read(File.ReadAllText(path), path);
        }

        using var stream = typeof(TopicsFile).Assembly.GetManifestResourceStream(BuiltIn)!;
        using var reader = new StreamReader(stream);
        return Read(reader.ReadToEnd(), "topics.json");
    }

    /// <summary>Reads a file's text.</summary>
    internal static TopicsFile Read(string json, string file)
    {
        FileShape shape;
        try
        {
            shape = JsonSerializer.Deserialize<FileShape>(json, Strict) ?? throw new JsonException("expected an object, found null");
        }
        catch (JsonException e)
        {
            throw Wrong(file, e.Message);
        }

        var topics = shape.Groups.SelectMany(g => g.Topics.Select(name => Entry(name, g, shape.Defaults, file))).ToList();
        var twice = topics.GroupBy(static t => t.Name, StringComparer.Ordinal).FirstOrDefault(static g => g.Count() > 1);
        return twice is null ? new TopicsFile(topics) : throw Wrong(file, $"{twice.Key}: expected once, found {twice.Count()} times");
    }

    /// <summary>The topics as a cluster should have them.</summary>
    public IReadOnlyList<TopicSpec> In(KafkaOptions options) => [.. Topics.Select(t => t.Spec(options))];

    private static TopicEntry Entry(string name, SettingsShape group, SettingsShape defaults, string file)
    {
        if (!TopicName.IsRegular(name) && string.IsNullOrEmpty(group.IrregularNames))
        {
            throw Wrong(file, $"{name}: expected {TopicName.Rule}, or a reason in irregular_names");
        }

        var entry = new TopicEntry(
            name,
            group.Partitions ?? defaults.Partitions ?? 3,
            group.Replication ?? defaults.Replication ?? 3,
            Settings(group, defaults))
        {
            Key = group.Key ?? "",
            Content = group.Content ?? "",
        };
        Range(file, name, "partitions", entry.Partitions, 1, 10_000);
        Range(file, name, "replication", entry.Replication, 1, 100);
        return entry;

        SortedDictionary<string, string> Settings(SettingsShape of, SettingsShape usual)
        {
            var cleanup = of.Cleanup ?? usual.Cleanup ?? "delete";
            if (cleanup is not ("delete" or "compact" or "compact,delete"))
            {
                throw Wrong(file, $"{name}: cleanup: expected delete, compact or compact,delete, found '{cleanup}'");
            }

            var settings = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["cleanup.policy"] = cleanup };
            var hours = of.RetentionHours ?? (cleanup == "compact" ? null : usual.RetentionHours);
            Add("retention.ms", hours * MillisecondsOfHour, "retention_hours", hours, 1, 1_000_000);
            var segment = of.SegmentHours ?? usual.SegmentHours;
            Add("segment.ms", segment * MillisecondsOfHour, "segment_hours", segment, 1, 100_000);
            var inSync = of.MinInsyncReplicas ?? usual.MinInsyncReplicas;
            Add("min.insync.replicas", inSync, "min_insync_replicas", inSync, 1, of.Replication ?? usual.Replication ?? 3);
            var bytes = of.MaxMessageBytes ?? usual.MaxMessageBytes;
            Add("max.message.bytes", bytes, "max_message_bytes", bytes, 1_000, 1 << 30);
            return settings;

            void Add(string setting, long? value, string field, long? given, long least, long most)
            {
                if (value is { } number)
                {
                    Range(file, name, field, given!.Value, least, most);
                    settings[setting] = number.ToString(CultureInfo.InvariantCulture);
                }
            }
        }
    }

    private static void Range(string file, string topic, string field, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            throw Wrong(file, string.Create(
                CultureInfo.InvariantCulture, $"{topic}: {field}: expected {least:N0} to {most:N0}, found {value:N0}"));
        }
    }

    private static BrokerException Wrong(string file, string what) => new($"{file}: {what}", isRetryable: false);

    private sealed record SettingsShape
    {
        public IReadOnlyList<string> Topics { get; init; } = [];

        public string? Content { get; init; }

        public string? Key { get; init; }

        public string? IrregularNames { get; init; }

        public int? Partitions { get; init; }

        public int? Replication { get; init; }

        public int? MinInsyncReplicas { get; init; }

        public string? Cleanup { get; init; }

        public long? RetentionHours { get; init; }

        public long? SegmentHours { get; init; }

        public long? MaxMessageBytes { get; init; }
    }

    private sealed record FileShape
    {
        public IReadOnlyList<string> About { get; init; } = [];

        public SettingsShape Defaults { get; init; } = new();

        public IReadOnlyList<SettingsShape> Groups { get; init; } = [];
    }
}
