namespace Aurum.Store.Jobs;

/// <summary>How a backfill job stands. Stored as its name in lower case: append only, rename none.</summary>
public enum JobState
{
    /// <summary>Waits for a process that runs it.</summary>
    Queued,

    /// <summary>A process works on it, or several do. A store that is opened has no such job whose processes are gone: it is queued
    /// again.</summary>
    Running,

    /// <summary>Somebody stopped it; goes on when it is resumed or ordered again.</summary>
    Paused,

    /// <summary>Nothing of it is missing.</summary>
    Completed,

    /// <summary>All was tried, some days are still missing; the ledger says why.</summary>
    Incomplete,

    /// <summary>Somebody ended it; what was committed stays.</summary>
    Cancelled,

    /// <summary>It can't go on, for example because the disk is full.</summary>
    Failed,
}

public static class JobStates
{
    /// <summary>The state as it is stored and shown: <c>queued</c>.</summary>
    public static string Word(this JobState state) => state.ToString().ToLowerInvariant();

    /// <summary>Whether processes work on it, or may.</summary>
    public static bool IsOpen(this JobState state) => state is JobState.Queued or JobState.Running;

    /// <summary>Whether work on it is still wanted.</summary>
    public static bool IsUnfinished(this JobState state) => state is JobState.Queued or JobState.Running or JobState.Paused;
}
