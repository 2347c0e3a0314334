namespace Aurum.Cluster.Lineage;

/// <summary>Where OpenLineage events go: <c>Lineage:Url</c>, <c>Lineage:File</c>, <c>Lineage:Topic</c>,
/// <c>Lineage:Contract</c>. One of them at least.</summary>
public sealed record LineageOptions
{
    /// <summary>Address of a server of the OpenLineage HTTP API, such as http://marquez:5000; null: none.</summary>
    public Uri? Url { get; init; }

    /// <summary>Path below the address.</summary>
    public string Endpoint { get; init; } = "api/v1/lineage";

    /// <summary>Bearer token of the server; null: none is sent.</summary>
    public string? ApiKey { get; init; }

    /// <summary>File that takes one event a line; a path from the data directory on; null: none.</summary>
    public string? File { get; init; }

    /// <summary>Kafka topic that takes events, such as openlineage.events; null: none. Needs the Kafka section.</summary>
    public string? Topic { get; init; }

    /// <summary>Whether events go to Kafka by their contract too: data.lineage.v1, Avro, in the topic aurum.data.lineage.v1. Needs the
    /// sections Kafka and Registry.</summary>
    public bool Contract { get; init; }

    /// <summary>Namespace of jobs, and of datasets that are in this installation's own store. 1 to 255 letters.</summary>
    public string Namespace { get; init; } = "aurum";

    /// <summary>Owner of the jobs, as type:name, such as team:market-data; null: not said.</summary>
    public string? Owner { get; init; }

    /// <summary>Address of the program's source that paths are put behind, such as https://git.example/aurum/blob/main; null: not
    /// said.</summary>
    public Uri? SourceUrl { get; init; }

    /// <summary>Whether the values of delivered rows are looked at for count, nulls, least, greatest and sum of each number. Each delivery
    /// is read once more for it.</summary>
    public bool ColumnMetrics { get; init; }

    /// <summary>Events that wait to be sent, of jobs that wait for nobody; the oldest are dropped and counted when it is full. 1 to
    /// 1,000,000.</summary>
    public int QueueEvents { get; init; } = 10_000;

    /// <summary>Size at which the file is set aside and a new one begun, MiB. 1 to 4,096.</summary>
    public int FileMiB { get; init; } = 64;

    /// <summary>Files that are kept, the one in use included. 1 to 1,000.</summary>
    public int Files { get; init; } = 8;

    /// <summary>Longest wait for one answer, seconds. 0.1 to 300.</summary>
    public double RequestSeconds { get; init; } = 10;

    /// <summary>Tries of one event, the first included. 1 to 20.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Where the token is asked for when an event is sent.</summary>
    internal ILiveSecrets Secrets { get; init; } = SecretsAsRead.Instance;

    /// <summary>The same options, whose token may change while the program runs.</summary>
    public LineageOptions With(ILiveSecrets secrets) => this with { Secrets = secrets };

    /// <exception cref="ArgumentException">A value is out of its range; the message names the setting, what is expected and what was
    /// found.</exception>
    public void Check()
    {
        if (Url is not null)
        {
            SettingRules.Http("Lineage:Url", Url.OriginalString, "http://marquez:5000");
        }

        if (!HasPlaces && !Contract)
        {
            throw new ArgumentException("Lineage: expected at least one of Url, File, Topic and Contract, found none");
        }

        if (Namespace.Length is < 1 or > 255)
        {
            throw new ArgumentException($"Lineage:Namespace: expected 1 to 255 letters, found {Namespace.Length}");
        }

        if (Owner is not null && (Owner.IndexOf(':') is var colon && (colon < 1 || colon == Owner.Length - 1)))
        {
            throw new ArgumentException($"Lineage:Owner: expected type:name, such as team:market-data, found '{Owner}'");
        }

        if (SourceUrl is { IsAbsoluteUri: false })
        {
            throw new ArgumentException($"Lineage:SourceUrl: expected an absolute address, found '{SourceUrl}'");
        }

        SettingRules.InRange($"Lineage:{nameof(QueueEvents)}", QueueEvents, 1, 1_000_000, "events");
        SettingRules.InRange($"Lineage:{nameof(FileMiB)}", FileMiB, 1, 4_096, "MiB");
        SettingRules.InRange($"Lineage:{nameof(Files)}", Files, 1, 1_000, "files");
        SettingRules.InRange($"Lineage:{nameof(RequestSeconds)}", RequestSeconds, 0.1, 300, "seconds");
        SettingRules.InRange($"Lineage:{nameof(Attempts)}", Attempts, 1, 20, "tries");
    }

    /// <summary>Whether a server, file or topic takes events as the specification writes them.</summary>
    public bool HasPlaces => Url is not null || File is not null || Topic is not null;

    /// <summary>Where events go; no secret.</summary>
    public override string ToString() => $"lineage of {Namespace} to {string.Join(", ", Targets)}";

    /// <summary>Where events go, for people.</summary>
    public IEnumerable<string> Targets =>
        new[]
        {
            Url?.ToString(), File is null ? null : $"file {File}", Topic is null ? null : $"topic {Topic}",
            Contract ? "contract data.lineage.v1" : null,
        }.OfType<string>();
}
