using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;

namespace Aurum.Sources.Ercot;

/// <summary>What ERCOT's reports share that are kept as series.</summary>
internal static class SeriesFeeds
{
    /// <param name="id">Feed id.</param>
    /// <param name="title">Name for people.</param>
    /// <param name="facts">The five facts.</param>
    /// <param name="schedule">When days appear.</param>
    /// <param name="minutes">Length of the intervals that tile a day; null where a day may have holes.</param>
    /// <param name="locate">Requests of a day.</param>
    /// <param name="recognizes">Tells a file of this feed.</param>
    /// <param name="read">Reads one table.</param>
    public static Feed<SeriesPoint> Feed(
        string id,
        string title,
        FeedFacts facts,
        Schedule schedule,
        int? minutes,
        Func<OperatingDay, IReadOnlyList<FeedRequest>> locate,
        Func<FileHead, bool> recognizes,
        Action<ErcotReport, RowBuffer<SeriesPoint>> read) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = facts,
        Zone = MarketZones.Central,
        Schedule = schedule,
        Suite = "timeseries_observation",
        IntervalMinutes = minutes,
        MayBeEmpty = minutes is null,
        Table = SeriesTables.Observation,
        Locate = (day, _) => locate(day),
        NextPage = ErcotRequests.Next,
        Recognizes = recognizes,
        Parse = (file, output) => ErcotReport.Parse(file, output, read),
    };
}
