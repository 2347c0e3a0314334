namespace Aurum.App.Configuration;

/// <summary>How processes share a PostgreSQL database, and how they wait for it: <c>Worker:LeaseSeconds</c> and its like.</summary>
internal sealed record WorkerSettings
{
    /// <summary>How long the others wait for a process that has died, seconds. It renews its leases three times in that time; one that it
    /// could not renew for so long is lost, and what was done under it is not stored. 2 to 3,600.</summary>
    public int LeaseSeconds { get; init; } = 60;

    /// <summary>Wait before a database that is away is asked for the second time, seconds; it doubles with each further one.
    /// 0.05 to 60.</summary>
    public double FirstRetrySeconds { get; init; } = 0.5;

    /// <summary>The longest wait between two tries to reach a database that is away, seconds. 0.05 to 3,600.</summary>
    public double LongestRetrySeconds { get; init; } = 30;

    public void Check()
    {
        AurumOptions.Range("Worker:LeaseSeconds", LeaseSeconds, 2, 3_600, "seconds");
        AurumOptions.Range("Worker:FirstRetrySeconds", FirstRetrySeconds, 0.05, 60, "seconds");
        AurumOptions.Range("Worker:LongestRetrySeconds", LongestRetrySeconds, 0.05, 3_600, "seconds");
    }
}
