using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>What ERCOT's seven-day load forecasts share.</summary>
internal static class LoadForecasts
{
    public const string Time = "hour ending, Central clock with DSTFlag; issued when posted";
    public const string Revisions = "a posting every hour, all kept";

    public static readonly Schedule Schedule = new(
        FirstAt: Duration.FromHours(-24),
        CompleteAt: Duration.FromHours(25),
        RefreshEvery: Duration.FromHours(1),
        CorrectionsFor: Duration.Zero,
        CorrectionChecks: null);

    public static Feed<LoadRow> Feed(
        string id, string title, string source, string shape, Func<OperatingDay, IReadOnlyList<FeedRequest>> locate,
        Func<FileHead, bool> recognizes) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = new FeedFacts(source, shape, "MW", Time, Revisions),
        Zone = MarketZones.Central,
        Schedule = Schedule,
        Contract = IsoContract.Of("ERCOT", IsoMarket.DayAhead, IsoProduct.LoadForecast, MarketZones.Central, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        RowsLieInDay = false,
        Table = PowerTables.Load,
        Locate = (day, _) => locate(day),
        NextPage = ErcotRequests.Next,
        Recognizes = recognizes,
        Parse = static (file, output) => ErcotReport.Parse<LoadRow>(file, output, ReadTable),
    };

    private static void ReadTable(ErcotReport report, RowBuffer<LoadRow> rows)
    {
        var hours = new ErcotHours(report, default);
        var zones = LoadZones.Columns(report.Header);
        var posted = report.Header.Optional("postedDatetime");
        var isUsed = report.Header.Optional("inUseFlag");
        report.Header.Ignore("model");
        while (report.Read())
        {
            if (isUsed >= 0 && !report.Flag(isUsed))
            {
                continue;
            }

            var hour = hours.ReadHour();
            var issued = ErcotHours.PostedUnixSeconds(report, posted);
            foreach (var (column, area) in zones)
            {
                rows.Add(new LoadRow(area, hour, report.NumberOrNaN(column), issued));
            }
        }
    }
}
