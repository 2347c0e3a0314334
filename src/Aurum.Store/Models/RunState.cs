namespace Aurum.Store.Models;

/// <summary>Where a run stands. In text the names are lower-case.</summary>
public enum RunState
{
    /// <summary>Waits for a worker.</summary>
    Queued,

    /// <summary>A worker computes it. Where its process ends, it is queued again and the attempt counts.</summary>
    Running,

    /// <summary>Its outputs are there, all of them.</summary>
    Succeeded,

    /// <summary>It cannot be computed, or could not after all attempts; the error says why.</summary>
    Failed,

    /// <summary>Somebody ended it.</summary>
    Cancelled,

    /// <summary>It took longer than it was allowed.</summary>
    Timeout,
}

/// <summary>Which run comes first. In text the names are lower-case.</summary>
public enum RunPriority
{
    Low,
    Normal,
    High,
    Critical,
}

public static class RunWords
{
    /// <summary>As it is stored and shown: <c>queued</c>.</summary>
    public static string Word(this RunState state) => state.ToString().ToLowerInvariant();

    /// <summary>As it is stored and shown: <c>normal</c>.</summary>
    public static string Word(this RunPriority priority) => priority.ToString().ToLowerInvariant();

    /// <summary>As it is stored: <c>outputs</c>.</summary>
    public static string Word(this RunNews news) => news.ToString().ToLowerInvariant();

    /// <summary>As it is stored and shown: <c>created</c>.</summary>
    public static string Word(this ScenarioStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>Whether nothing changes any more.</summary>
    public static bool IsFinal(this RunState state) => state is not (RunState.Queued or RunState.Running);
}
