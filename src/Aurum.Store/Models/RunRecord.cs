using NodaTime;

namespace Aurum.Store.Models;

/// <summary>A run of a scenario: what it was asked, where it stands, what came of it.</summary>
public sealed record RunRecord
{
    public required string Tenant { get; init; }

    /// <summary>Stable and sortable: the instant of its creation first.</summary>
    public string Id { get; init; } = "";

    public required string ScenarioId { get; init; }

    /// <summary>The version of the scenario that is run, whatever comes after it.</summary>
    public required int ScenarioVersion { get; init; }

    public RunState State { get; init; } = RunState.Queued;

    public required RunPriority Priority { get; init; }

    /// <summary>SHA-256 of all that was asked, as canonical JSON.</summary>
    public required string InputHash { get; init; }

    /// <summary>All that was asked, as canonical JSON: what the hash is of.</summary>
    public required string Inputs { get; init; }

    /// <summary>What the caller calls the order; null where it has no name.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How it is run, as JSON: timeout, memory, environment, parameters.</summary>
    public required string Options { get; init; }

    /// <summary>Longest time of an attempt, minutes.</summary>
    public required int TimeoutMinutes { get; init; }

    /// <summary>Memory that its estimate may reach, MiB.</summary>
    public required int MaxMemoryMiB { get; init; }

    /// <summary>Attempts that failed for a reason that may pass, or ended with their process.</summary>
    public int RetryCount { get; init; }

    /// <summary>Retries that were asked for.</summary>
    public required int MaxRetries { get; init; }

    /// <summary>Attempts in all, by retries and priority.</summary>
    public int MaxAttempts => Priority switch
    {
        RunPriority.Low => Math.Max(1, MaxRetries),
        RunPriority.Critical => Math.Max(LeastCriticalAttempts, MaxRetries + 1),
        _ => MaxRetries + 1,
    };

    /// <summary>Earliest next attempt; null: at once.</summary>
    public Instant? NotBefore { get; init; }

    /// <summary>Why it ended without outputs, or why it is tried again; null for neither.</summary>
    public string? Error { get; init; }

    /// <summary>What its outputs hang on, JSON; null until they are there.</summary>
    public string? Manifest { get; init; }

    /// <summary>SHA-256 of its outputs; null until they are there.</summary>
    public string? OutputHash { get; init; }

    /// <summary>What was assumed and done, a sentence each; empty until outputs are there.</summary>
    public IReadOnlyList<string> Explanation { get; init; } = [];

    /// <summary>Rows of output.</summary>
    public int OutputRows { get; init; }

    public Instant CreatedAt { get; init; }

    /// <summary>When it was queued last.</summary>
    public Instant QueuedAt { get; init; }

    /// <summary>When its last attempt began; null before.</summary>
    public Instant? StartedAt { get; init; }

    /// <summary>When it came to its end; null before.</summary>
    public Instant? CompletedAt { get; init; }

    /// <summary>Tells runs of one scenario and one input.</summary>
    public string RunKey => $"{ScenarioId}:{InputHash}";

    /// <summary>Critical runs have at least so many attempts.</summary>
    internal const int LeastCriticalAttempts = 4;
}

/// <summary>What came of ordering a run.</summary>
public enum RunOrder
{
    /// <summary>It is queued.</summary>
    Queued,

    /// <summary>The same was ordered before; that run is given.</summary>
    Known,

    /// <summary>The idempotency key names a run of something else; that run is given.</summary>
    KeyOfAnother,

    /// <summary>Too many runs wait.</summary>
    QueueFull,
}

/// <summary>Which runs.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Limit">At most.</param>
public sealed record RunQuery(string Tenant, int Limit)
{
    /// <summary>Of one scenario; null: of all.</summary>
    public string? ScenarioId { get; init; }

    public RunState? State { get; init; }

    /// <summary>Created at that instant or later.</summary>
    public Instant? CreatedFrom { get; init; }

    /// <summary>Created before that instant.</summary>
    public Instant? CreatedBefore { get; init; }

    /// <summary>Id of the last one of the page before; null: from the newest.</summary>
    public string? After { get; init; }
}
