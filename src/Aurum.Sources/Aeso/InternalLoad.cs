using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Aeso;

/// <summary>Alberta's internal load by the hour, and its forecast.</summary>
/// <remarks>
/// <para>Source: API, actualforecast-api v1, one report for both.</para>
/// <para>Shape: one place × 23, 24 or 25 hours; hours to come have a forecast alone.</para>
/// <para>Units: MW.</para>
/// <para>Time: beginning of the hour in UTC.</para>
/// <para>Revisions: the load in place, for a few days; the forecast is made at seven in the morning for 13 days and replaces the one
/// before, without a time of issue.</para>
/// </remarks>
public static class InternalLoad
{
    private const string Path = "actualforecast-api/v1/load/albertaInternalLoad";

    private static readonly string[] Known = ["begin_datetime_mpt", "alberta_internal_load", "forecast_alberta_internal_load"];

    public static readonly Feed<LoadRow> Actual = Feed(
        "aeso/load",
        "AESO hourly Alberta internal load",
        "alberta_internal_load",
        IsoProduct.Load,
        "in place, for a few days",
        new Schedule(
            FirstAt: Duration.FromMinutes(70),
            CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(15),
            RefreshEvery: Duration.FromMinutes(30),
            CorrectionsFor: Duration.FromDays(5),
            CorrectionChecks: Duration.FromDays(1)));

    public static readonly Feed<LoadRow> Forecast = Feed(
        "aeso/load-forecast",
        "AESO hourly forecast of Alberta internal load",
        "forecast_alberta_internal_load",
        IsoProduct.LoadForecast,
        "every morning until the day itself, in place",
        new Schedule(
            FirstAt: Duration.FromHours(-16),
            CompleteAt: Duration.FromHours(8),
            RefreshEvery: Duration.FromHours(6),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null));

    private static Feed<LoadRow> Feed(
        string id, string title, string field, IsoProduct product, string revisions, Schedule schedule)
    {
        var report = new AesoReport("Actual Forecast Report", field, Known);
        return new Feed<LoadRow>
        {
            Id = new FeedId(id),
            Title = title,
            Facts = new FeedFacts(
                "AESO API actualforecast-api v1", "one value an hour, 23, 24 or 25 a day", "MW", "beginning of the hour, UTC", revisions),
            Zone = MarketZones.Mountain,
            Schedule = schedule,
            Contract = AesoFeeds.Contract(
                product == IsoProduct.Load ? IsoMarket.RealTime : IsoMarket.DayAhead, product, 60),
            Suite = "iso_load",
            IntervalMinutes = 60,
            Table = PowerTables.Load,
            Locate = static (day, _) => AesoRequests.Day(Path, day),
            Recognizes = report.Recognizes,
            Parse = (file, output) => AesoRows.Parse(
                file, output, report, static (begin, mw) =>
                    new LoadRow(AesoFeeds.System, DeliveryInterval.FromUnixSeconds(begin, 3600), mw)),
        };
    }
}
