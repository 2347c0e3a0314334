using Aurum.App.Running;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using NodaTime;

namespace Aurum.App.Simulation;

/// <summary>What a full day is: how many places each publisher has, which feeds are asked for, and when.</summary>
/// <remarks>Counts of places are those of the publishers in 2025 and 2026. Feeds are those of the catalog; CAISO's price feeds and PJM's
/// verified 5-minute prices are asked for all nodes.</remarks>
internal static class FullDayPlan
{
    public static readonly LocalDate Date = new(2026, 6, 30);

    /// <summary>The day after, in the morning of the West: everybody has put out the day.</summary>
    private static readonly Instant MorningAfter = Instant.FromUtc(2026, 7, 1, 18, 1);

    /// <summary>Feeds of which PJM has all nodes only once they are verified.</summary>
    private static readonly Duration UntilVerified = Duration.FromDays(Sources.Pjm.RealTimeLmp.DaysUntilVerified + 1);

    /// <summary>A world of real size, or a share of it.</summary>
    public static WorldOptions World(double share)
    {
        int Of(int count) => Math.Max(1, (int)Math.Round(count * share));
        return new WorldOptions(
            CaisoNodes: Of(16_000),
            NyisoGenerators: Of(560),
            ErcotResourceNodes: Of(900),
            PjmNodes: Of(13_500),
            IesoNodes: Of(1_050))
        {
            MisoNodes = Of(2_500),
            SppNodes = Of(1_200),
            ErcotBuses = Of(17_000),
            IsoneNodes = Of(1_170),
        };
    }

    /// <summary>The feeds of the day with the instant at which each is asked for, in the order of those.</summary>
    /// <param name="published">Feeds that the sandbox has.</param>
    public static IReadOnlyList<(Instant At, WorkItem Item)> Of(IEnumerable<FeedId> published)
    {
        var known = published.ToHashSet();
        return
        [
            .. FeedCatalog.All.Where(f => known.Contains(f.Id)).Select(AllNodes.Everywhere.Widened)
                .Select(feed => (At: AskedAt(feed), Item: new WorkItem(feed, feed.Day(Date))))
                .OrderBy(i => i.At).ThenByDescending(i => Weight(i.Item.Feed)),
        ];
    }

    private static Instant AskedAt(Feed feed)
    {
        var day = feed.Day(Date);
        return feed.Id == Sources.Pjm.RealTimeLmp.Feed.Id ? day.End + UntilVerified
            : feed.Schedule.KeptDays == 1 ? day.Start + feed.Schedule.CompleteAt + Duration.FromMinutes(1)
            : MorningAfter;
    }

    /// <summary>Large days first, so that the last one to end is a small one.</summary>
    private static int Weight(Feed feed) => feed is Feed<LmpRow> ? 1440 / (feed.IntervalMinutes ?? 60) : 0;
}
