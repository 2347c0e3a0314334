namespace Aurum.App.Configuration;

/// <summary>How runs of scenarios are worked on: <c>Scenarios:Workers</c> and its like.</summary>
internal sealed record ScenarioSettings
{
    /// <summary>Runs that are computed at once. 1 to 64.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Runs that may wait; more are refused with 503. 1 to 1,000,000.</summary>
    public int QueueLength { get; init; } = 10_000;

    /// <summary>Runs of one tenant that are computed at once. 1 to 64.</summary>
    public int TenantConcurrency { get; init; } = 2;

    /// <summary>Threads of one run. 1 to 64.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Seconds that a server that is stopped waits for its runs to notice. 1 to 600.</summary>
    public int StopSeconds { get; init; } = 30;

    /// <summary>Whether runs are ordered as messages of Kafka, for 'aurum scenario worker' to compute, and not computed in the process
    /// of the server. Needs PostgreSQL, Kafka and a schema registry.</summary>
    public bool OverKafka { get; init; }

    public void Check()
    {
        AurumOptions.Range("Scenarios:Workers", Workers, 1, 64, "workers");
        AurumOptions.Range("Scenarios:QueueLength", QueueLength, 1, 1_000_000, "runs");
        AurumOptions.Range("Scenarios:TenantConcurrency", TenantConcurrency, 1, 64, "runs");
        AurumOptions.Range("Scenarios:Threads", Threads, 1, 64, "threads");
        AurumOptions.Range("Scenarios:StopSeconds", StopSeconds, 1, 600, "seconds");
    }
}
