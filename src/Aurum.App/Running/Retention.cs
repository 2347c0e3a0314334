using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>Days that a publisher shows for a while only (<see cref="Schedule.KeptDays"/>): when they go, and which of them a job
/// would come too late for.</summary>
internal static class Retention
{
    /// <summary>When the publisher ceases to show a day; null: never.</summary>
    public static Instant? DropsAt(Feed feed, OperatingDay day) =>
        feed.Schedule.KeptDays is { } kept ? feed.Day(day.Date.PlusDays(kept)).Start : null;

    /// <summary>Whether the publisher still shows a day.</summary>
    public static bool IsShown(WorkItem item, Instant now) => !(DropsAt(item.Feed, item.Day) <= now);

    /// <summary>A sentence for each feed with days that are gone, and for each with days that go before their turn comes.</summary>
    /// <param name="items">The days, in the order of the work.</param>
    /// <param name="pace">How fast the sites may be asked.</param>
    /// <param name="now">When the work begins.</param>
    public static IReadOnlyList<string> Warnings(IReadOnlyList<WorkItem> items, SitePace pace, Instant now)
    {
        var gone = items.Where(item => !IsShown(item, now)).ToList();
        var late = new List<WorkItem>();
        var queue = pace.Queue();
        foreach (var item in items.Where(item => IsShown(item, now)))
        {
            var asked = now + Duration.FromTimeSpan(queue.Ask(item, now));
            if (DropsAt(item.Feed, item.Day) <= asked)
            {
                late.Add(item);
            }
        }

        return
        [
            .. gone.GroupBy(i => i.Feed).Select(g => string.Create(
                CultureInfo.InvariantCulture,
                $"{Days(g)} no longer shown: the publisher keeps {g.Key.Schedule.KeptDays} days; 'aurum ingest' takes files from elsewhere")),
            .. late.GroupBy(i => i.Feed).Select(g => string.Create(
                CultureInfo.InvariantCulture,
                $"{Days(g)} dropped by the publisher sooner than the limits of its sites let the job ask")),
        ];
    }

    private static string Days(IGrouping<Feed, WorkItem> days)
    {
        var count = days.Count();
        var (first, last) = (days.Min(i => i.Day.Date), days.Max(i => i.Day.Date));
        return count == 1
            ? string.Create(CultureInfo.InvariantCulture, $"{days.Key.Id}: 1 day ({first:uuuu-MM-dd}) is")
            : string.Create(CultureInfo.InvariantCulture, $"{days.Key.Id}: {count:N0} days ({first:uuuu-MM-dd} to {last:uuuu-MM-dd}) are");
    }
}
