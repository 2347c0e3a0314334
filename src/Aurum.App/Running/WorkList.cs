using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store.Ledger;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>What live collection has to ask for at an instant: desired days minus what the ledger has.</summary>
/// <param name="Due">Newest day first, and prices before the rest; but in every fourth place the day that was never asked for and has
/// waited longest, so that it gets its turn however often the process is started again before it is through the list.</param>
/// <param name="NextDue">When the next item falls due; null when none will.</param>
internal sealed record WorkList(IReadOnlyList<WorkItem> Due, Instant? NextDue)
{
    /// <summary>How far back live collection looks for holes; older ones are for a backfill.</summary>
    private const int LongestCatchUpDays = 31;

    /// <summary>In every so manieth place of the list stands the longest waiting day that was never asked for.</summary>
    private const int PlacesToAWaitingDay = 4;

    /// <param name="ledger">What is there.</param>
    /// <param name="feeds">Feeds that are collected.</param>
    /// <param name="lookbackDays">Days before today that are kept whole.</param>
    /// <param name="leastRefresh">Least time between two looks at the same day.</param>
    /// <param name="now">Now.</param>
    public static WorkList Of(GapLedger ledger, IReadOnlyList<Feed> feeds, int lookbackDays, Duration leastRefresh, Instant now)
    {
        var watermarks = ledger.Watermarks().ToDictionary(w => w.Feed);
        var spans = feeds.Select(f => Span(f, watermarks.GetValueOrDefault(f.Id), lookbackDays, now)).ToList();
        var known = spans.Count == 0
            ? []
            : ledger.Entries(null, spans.Min(s => s.Mended.Date), spans.Max(s => s.Last.Date)).ToDictionary(e => (e.Feed, e.Day));
        var due = new List<WorkItem>();
        var waiting = new List<(Instant Since, WorkItem Item)>();
        Instant? next = null;
        foreach (var (feed, mended, first, last) in spans)
        {
            for (var day = mended; day <= last; day = day.Next)
            {
                var entry = known.GetValueOrDefault((feed.Id, day.Date));
                if ((day < first && entry is not { IsComplete: true }) || DueAt(feed, day, entry, leastRefresh) is not { } at)
                {
                    continue;
                }

                if (at > now)
                {
                    next = next is null ? at : Instant.Min(at, next.Value);
                }
                else
                {
                    due.Add(new WorkItem(feed, day));
                    if (entry is null)
                    {
                        waiting.Add((at, due[^1]));
                    }
                }
            }
        }

        due.Sort(static (a, b) => b.Day.Date.CompareTo(a.Day.Date) is var byDay && byDay != 0
            ? byDay
            : Rank(a.Feed).CompareTo(Rank(b.Feed)));
        waiting.Sort(static (a, b) => a.Since.CompareTo(b.Since));
        return new WorkList(InTurn(due, waiting), next);
    }

    private static List<WorkItem> InTurn(List<WorkItem> newestFirst, List<(Instant Since, WorkItem Item)> longestFirst)
    {
        var order = new List<WorkItem>(newestFirst.Count);
        var taken = new HashSet<WorkItem>(newestFirst.Count);
        var (newest, longest) = (0, 0);
        while (order.Count < newestFirst.Count)
        {
            var isTurnOfWaiting = order.Count % PlacesToAWaitingDay == PlacesToAWaitingDay - 1 && longest < longestFirst.Count;
            var item = isTurnOfWaiting ? longestFirst[longest++].Item : newestFirst[newest++];
            if (taken.Add(item))
            {
                order.Add(item);
            }
        }

        return order;
    }

    private static Instant? DueAt(Feed feed, OperatingDay day, LedgerEntry? entry, Duration leastRefresh)
    {
        if (entry is null)
        {
            return Planner.DueAt(feed, day, null);
        }

        var state = DayState.Of(entry);
        if (Planner.DueAt(feed, day, state) is not { } at)
        {
            return null;
        }

        // A day that its publisher takes away right after its end is looked at when it is whole, however short ago the last look was.
        var due = Instant.Max(at, state.LastTried + leastRefresh);
        var completeAt = day.Start + feed.Schedule.CompleteAt;
        return feed.Schedule.KeptDays == 1 && state.LastTried < completeAt ? Instant.Min(due, Instant.Max(at, completeAt)) : due;
    }

    /// <summary>From the look-back before today (or before the latest day of a feed that lags), or from the first hole where it is
    /// earlier: an outage is caught up with like any other missing day; but no day that the publisher no longer shows. Through the
    /// day that begins to be published next. Days before that which are there are looked at until their corrections are over.</summary>
    private static (Feed Feed, OperatingDay Mended, OperatingDay First, OperatingDay Last) Span(
        Feed feed, Watermark? watermark, int lookbackDays, Instant now)
    {
        var last = Planner.LastDay(feed, now);
        var today = LocalDate.Min(OperatingDay.Of(now, feed.Zone).Date, last.Date);
        var first = today.PlusDays(-lookbackDays);
        var hole = watermark is null ? first : watermark.Through?.PlusDays(1) ?? watermark.From;
        var longest = feed.Schedule.KeptDays is { } kept ? kept - 1 : Math.Max(lookbackDays, LongestCatchUpDays);
        var from = feed.Day(LocalDate.Max(LocalDate.Min(hole, first), today.PlusDays(-longest)));
        return (feed, FirstMended(feed, from, now), from, last.Next);
    }

    private static OperatingDay FirstMended(Feed feed, OperatingDay first, Instant now)
    {
        if (feed.Schedule is not { CorrectionChecks: not null, KeptDays: null } schedule)
        {
            return first;
        }

        var reach = schedule.CompleteAt + schedule.CorrectionsFor + Planner.CorrectionGrace;
        var mended = OperatingDay.Of(now - Duration.Max(reach, Duration.Zero), feed.Zone);
        return mended < first ? mended : first;
    }

    private static int Rank(Feed feed) => feed.Contract?.IsoProduct switch
    {
        IsoProduct.Lmp => 0,
        IsoProduct.Load or IsoProduct.Generation => 1,
        _ => 2,
    };
}
