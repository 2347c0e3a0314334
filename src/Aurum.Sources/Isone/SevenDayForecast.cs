using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Isone;

/// <summary>ISO New England capacity forecast for the days ahead: peak load, capacity, outages, reserves and what is left.</summary>
/// <remarks>
/// <para>Source: web service sevendayforecast.</para>
/// <para>Shape: a value a quantity and day, for the second to the seventh day counted from the day asked for. The series say how far
/// ahead: <c>seven-day-forecast/day-2/PeakLoadMw</c>.</para>
/// <para>Units: MW. Warnings and city weather are not kept.</para>
/// <para>Time: whole local days.</para>
/// <para>Revisions: a new one every morning; within a day in place.</para>
/// </remarks>
public static class SevenDayForecast
{
    private const int Day = 0;
    private const int MarketDate = 1;

    /// <summary>Numbers of the days of a forecast, counted from the one that it is made on.</summary>
    private const int FirstDay = 2;
    private const int LastDay = 7;

    private static readonly DailyQuantities Quantities = new(
        2, "PeakLoadMw", "CsoMw", "TotAvailGenMw", "PeakImportMw", "TotAvailGenImportMw", "ColdWeatherOutagesMw", "OtherGenOutagesMw",
        "DelistMw", "ReqdReserveMw", "ReplReserveReqMw", "ReqdReserveInclReplMw", "TotLoadPlusReqdReserveMw", "SurplusDeficiencyMw",
        "RtdrMw", "RtegMw", "DrrMw");

    private static readonly RecordShape Shape = new(
        "SevenDayForecasts",
        "MarketDay",
        ["@Day", "MarketDate", .. Quantities.InRecord],
        "ColdWeatherEvent", "ColdWeatherWarn", "ColdWeatherWatch", "EnergyEmergency", "PowerWarn", "PowerWatch", "Weather");

    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("isone/seven-day-forecast"),
        Title = "ISO New England capacity forecast, seven days",
        Facts = new FeedFacts(
            "ISO New England web service, sevendayforecast",
            "about 15 quantities × the second to the seventh day",
            "MW",
            "whole local days; the series say how many days ahead",
            "a new one every morning; within a day in place"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(9.5),
            CompleteAt: Duration.FromHours(24),
            RefreshEvery: Duration.FromHours(6),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null),
        Suite = "timeseries_observation",
        RowsLieInDay = false,
        Table = SeriesTables.Observation,
        Locate = static (day, _) => [IsoneRequests.Day("sevendayforecast", day)],
        Recognizes = static head => IsoneHeads.IsAnswer(head, Shape),
        Parse = Read,
    };

    /// <summary>Days follow each other from the second to the seventh: where one is left out, the file is not whole.</summary>
    private static ParseResult Read(FeedFile file, IRowOutput<SeriesPoint> output)
    {
        var last = 0;
        var result = IsoneFile.Parse<SeriesPoint>(file, output, Shape, (record, rows) =>
        {
            var series = new Dictionary<string, SeriesKey>(StringComparer.Ordinal);
            return () =>
            {
                var day = (int)record.Number(Day);
                if (last == 0 ? day > FirstDay : day != last && day != last + 1)
                {
                    throw record.Unexpected(Day, $"day {(last == 0 ? FirstDay : last + 1)}");
                }

                last = day;
                Quantities.Add(record, MarketDate, $"seven-day-forecast/day-{day}", series, rows);
            };
        });
        return result.Outcome != Outcome.Data || last == LastDay
            ? result
            : throw new FeedFormatException(file.Name, "", $"days to the {LastDay}th", $"none behind the {last}th");
    }
}
