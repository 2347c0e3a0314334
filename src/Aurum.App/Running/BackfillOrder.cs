using System.Text.Json.Serialization;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>Which days to fetch.</summary>
/// <param name="Feeds">Feed ids.</param>
/// <param name="From">First operating day.</param>
/// <param name="To">Last operating day; null: the feed's last one.</param>
/// <param name="IsDryRun">Tell the cost and stop.</param>
/// <param name="IsForced">Ask for days again that are already there.</param>
public sealed record BackfillOrder(IReadOnlyList<string> Feeds, LocalDate From, LocalDate? To, bool IsDryRun, bool IsForced);

/// <summary>Something that happened in a backfill, as its watchers see it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A line for people.</param>
/// <param name="Days">For <see cref="BackfillEventKind.Cost"/>: days to fetch; for a day: 1 where it is settled now, else 0.</param>
public sealed record BackfillEvent(BackfillEventKind Kind, string Text, int Days = 0);

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
}
