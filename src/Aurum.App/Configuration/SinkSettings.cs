namespace Aurum.App.Configuration;

/// <summary>How places outside follow the store: <c>Sinks:PollSeconds</c> and its like. Which places, the sections of the engines
/// say.</summary>
internal sealed record SinkSettings
{
    /// <summary>Time between two looks at the store, seconds, where no commit was told of: those of this process always are, those of
    /// others on PostgreSQL while a connection hears them. 0.05 to 3,600.</summary>
    public double PollSeconds { get; init; } = 1;

    /// <summary>Deliveries that are handed over together at most. 1 to 10,000.</summary>
    public int BatchDeliveries { get; init; } = 64;

    /// <summary>Rows that are handed over together at most, unless one delivery has more. 1 to 10,000,000.</summary>
    public long BatchRows { get; init; } = 200_000;

    /// <summary>Wait after a first failure, seconds; it doubles with each further one. 0.05 to 3,600.</summary>
    public double FirstRetrySeconds { get; init; } = 1;

    /// <summary>The longest wait between two tries, seconds. 0.05 to 86,400.</summary>
    public double LongestRetrySeconds { get; init; } = 60;

    public void Check()
    {
        AurumOptions.Range("Sinks:PollSeconds", PollSeconds, 0.05, 3_600, "seconds");
        AurumOptions.Range("Sinks:BatchDeliveries", BatchDeliveries, 1, 10_000, "deliveries");
        AurumOptions.Range("Sinks:BatchRows", BatchRows, 1, 10_000_000, "rows");
        AurumOptions.Range("Sinks:FirstRetrySeconds", FirstRetrySeconds, 0.05, 3_600, "seconds");
        AurumOptions.Range("Sinks:LongestRetrySeconds", LongestRetrySeconds, 0.05, 86_400, "seconds");
    }
}
