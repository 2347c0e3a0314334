using System.Text.Json.Serialization;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>Which days to fetch.</summary>
/// <param name="Feeds">Feed ids.</param>
/// <param name="From">First operating day.</param>
/// <param name="To">Last operating day; null: the feed's last one.</param>
/// <param name="IsDryRun">Tell the cost and stop.</param>
/// <param name="IsForced">Ask for days again that are already there, once and at once; that is no job.</param>
public sealed record BackfillOrder(IReadOnlyList<string> Feeds, LocalDate From, LocalDate? To, bool IsDryRun, bool IsForced)
{
    /// <summary>The priority of what goes before all else.</summary>
    public const int FirstPriority = 1;

    /// <summary>The priority of what waits for all else.</summary>
    public const int LastPriority = 10;

    /// <summary>The priority where none is given.</summary>
    public const int DefaultPriority = 5;

    /// <summary>Which job goes first where several want the same publisher: 1 before 10.</summary>
    public int Priority { get; init; } = DefaultPriority;
}

/// <summary>Something that happened in a backfill, as its watchers see it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A line for people.</param>
/// <param name="Days">For <see cref="BackfillEventKind.Cost"/>: days to fetch; for a day: 1 where it is settled now, else 0.</param>
/// <param name="Job">For <see cref="BackfillEventKind.Job"/>: the job's id.</param>
public sealed record BackfillEvent(
    BackfillEventKind Kind, string Text, int Days = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Job = null);

/// <summary>What an event of a backfill is about. Lower-case words on the wire.</summary>
public enum BackfillEventKind
{
    /// <summary>Before it starts: days, requests, bytes, time.</summary>
    [JsonStringEnumMemberName("cost")]
    Cost,

    /// <summary>A day was asked for.</summary>
    [JsonStringEnumMemberName("day")]
    Day,

    /// <summary>A day that is still missing at the end.</summary>
    [JsonStringEnumMemberName("gap")]
    Gap,

    /// <summary>The end: totals.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>It can't go on.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The job that the order is, and whether it is a new one.</summary>
    [JsonStringEnumMemberName("job")]
    Job,

    /// <summary>Days that a publisher no longer shows, or will not by the time that they are reached.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>Somebody paused or cancelled the job, or its process ends.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,
}
