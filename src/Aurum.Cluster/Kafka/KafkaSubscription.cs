namespace Aurum.Cluster.Kafka;

/// <summary>What a member of a consumer group reads, and in which portions.</summary>
/// <param name="Group">Group, as the cluster names it.</param>
/// <param name="Topics">Topics, as the cluster names them. At least one.</param>
public sealed record KafkaSubscription(string Group, IReadOnlyList<string> Topics)
{
    /// <summary>Messages of a batch at most. 1 to 1,000,000.</summary>
    public int BatchMessages { get; init; } = 5_000;

    /// <summary>Bytes of a batch at which it is full, KiB. 1 to 1,048,576.</summary>
    public int BatchKiB { get; init; } = 4_096;

    /// <summary>Time after its first message at which a batch is handed over as it is, milliseconds. 0 to 60,000.</summary>
    public int BatchMilliseconds { get; init; } = 50;

    /// <summary>Batches that wait for a reader at most; then reading pauses. 1 to 1,000.</summary>
    public int WaitingBatches { get; init; } = 4;

    /// <summary>Time that a partition that moves away waits for the reader to store what it has in hand, seconds. 0 to 300; keep it below
    /// <see cref="KafkaOptions.SessionSeconds"/>.</summary>
    public int ReleaseSeconds { get; init; } = 10;

    /// <summary>Whether messages have their headers; they cost some memory a message.</summary>
    public bool WithHeaders { get; init; }

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Check()
    {
        if (Group.Length == 0 || Topics.Count == 0)
        {
            throw new ArgumentException($"a subscription: expected a group and at least one topic, found '{Group}' and {Topics.Count}");
        }

        Range(nameof(BatchMessages), BatchMessages, 1, 1_000_000);
        Range(nameof(BatchKiB), BatchKiB, 1, 1 << 20);
        Range(nameof(BatchMilliseconds), BatchMilliseconds, 0, 60_000);
        Range(nameof(WaitingBatches), WaitingBatches, 1, 1_000);
        Range(nameof(ReleaseSeconds), ReleaseSeconds, 0, 300);
    }

    private static void Range(string name, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            throw new ArgumentException($"{name} of a subscription: expected {least} to {most}, found {value}");
        }
    }
}
