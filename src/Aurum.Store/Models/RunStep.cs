using Aurum.Store.Work;
using NodaTime;

namespace Aurum.Store.Models;

/// <summary>What is stored together with a step of a run, in the same transaction, or not at all.</summary>
public sealed record RunStep
{
    /// <summary>The lease under which the step is made; one that went to somebody else refuses it. Null: none is needed.</summary>
    public WorkLease? Lease { get; init; }

    /// <summary>How far the partition has come that the request is of; left where it is if the partition is somebody else's by now. Null:
    /// it came in no message.</summary>
    public RequestPosition? Position { get; init; }

    /// <summary>What is to be told of the run, if the step is made.</summary>
    public IReadOnlyList<RunNews> News { get; init; } = [];

    /// <summary>Who makes the step, and tells.</summary>
    public string Holder { get; init; } = "";

    /// <summary>Trace that it belongs to, as the W3C writes it; null: none.</summary>
    public string? Trace { get; init; }
}

/// <summary>What is told of a run. In text the names are lower-case.</summary>
public enum RunNews
{
    /// <summary>It waits for a worker.</summary>
    Request,

    /// <summary>It waits for another attempt.</summary>
    Retry,

    /// <summary>Its outputs are there.</summary>
    Outputs,

    /// <summary>It came to its end.</summary>
    Status,
}

/// <summary>What is still to be told of a run.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="News">What.</param>
/// <param name="Holder">Who wrote it down.</param>
/// <param name="Trace">Trace that it belongs to; null: none.</param>
/// <param name="CreatedAt">When it was written down.</param>
public sealed record RunNotice(string RunId, string Tenant, RunNews News, string Holder, string? Trace, Instant CreatedAt);
