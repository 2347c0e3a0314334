using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;

namespace Aurum.Sources.Caiso;

/// <summary>What CAISO's reports share that are kept as series: each row is one value of one series.</summary>
internal static class SeriesFeeds
{
    public const string Time =
        "GMT start and end in each row; operating day and hour on the Pacific clock, the repeated autumn hour is OPR_HR 25.";

    /// <param name="id">Feed id.</param>
    /// <param name="title">Name for people.</param>
    /// <param name="report">What to ask for.</param>
    /// <param name="facts">The five facts.</param>
    /// <param name="schedule">When days appear.</param>
    /// <param name="isCsv">Tells the report's CSV from others with the same columns.</param>
    /// <param name="seriesOf">Makes the namer of a file's series.</param>
    public static Feed<SeriesPoint> Feed(
        string id,
        string title,
        OasisReport report,
        FeedFacts facts,
        Schedule schedule,
        Func<FileHead, bool> isCsv,
        Func<FeedFile, OasisSeries> seriesOf) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = facts,
        Zone = MarketZones.Pacific,
        Schedule = schedule,
        Suite = "timeseries_observation",
        IntervalMinutes = report.IntervalMinutes,
        Table = SeriesTables.Observation,
        Locate = (day, _) => OasisRequests.Day(report, day),
        Recognizes = head => OasisHeads.IsReport(head, report) || isCsv(head),
        Parse = (file, output) => OasisAnswer.Read(file, report, Target(report, output, seriesOf(file))),
    };

    private static OasisTarget<SeriesPoint> Target(OasisReport report, IRowOutput<SeriesPoint> output, OasisSeries series) =>
        new(report, output, (rows, delivery, value) => new SeriesPoint(series.Of(rows), delivery, value));
}
