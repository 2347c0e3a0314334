using Aurum.App.Configuration;

namespace Aurum.App.Scenarios.Requests;

/// <summary>How requests of runs are worked on.</summary>
internal sealed record RequestWorkerOptions
{
    /// <summary>Consumer group, without its environment.</summary>
    public string Group { get; init; } = RequestTopics.UsualGroup;

    /// <summary>Who this is, for people and for other workers.</summary>
    public string Holder { get; init; } = "";

    /// <summary>Runs that are computed at once. 1 to 64.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Runs of one tenant that are computed at once here. 1 to 64.</summary>
    public int TenantConcurrency { get; init; } = 2;

    /// <summary>Requests that are taken in hand before they are worked on: among these, priorities decide. 1 to 10,000.</summary>
    public int InHand { get; init; } = 64;

    /// <summary>How long the others wait for the runs of a worker that has died, seconds. 2 to 3,600.</summary>
    public int LeaseSeconds { get; init; } = 60;

    /// <summary>Runs that may wait in the store. 1 to 1,000,000.</summary>
    public int QueueLength { get; init; } = 10_000;

    /// <exception cref="OptionsException">A value is out of its range.</exception>
    public RequestWorkerOptions Checked()
    {
        if (Group.Length is 0 or > 200)
        {
            throw new OptionsException($"--group: expected a name of 1 to 200 letters, found '{Group}'");
        }

        AurumOptions.Range("--workers", Workers, 1, 64, "runs");
        AurumOptions.Range("--in-hand", InHand, 1, 10_000, "requests");
        AurumOptions.Range("--lease-seconds", LeaseSeconds, 2, 3_600, "seconds");
        return this;
    }
}
