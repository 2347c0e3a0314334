using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Spp;

/// <summary>SPP mid-term load forecast by balancing authority, made every hour for seven days.</summary>
/// <remarks>
/// <para>Source: portal, mtlf-vs-actual.</para>
/// <para>Shape: Interval, GMTIntervalEnd, MTLF, Averaged Actual, since April 2026 with BAA; 24 files a day.</para>
/// <para>Units: MW, mean over the hour.</para>
/// <para>Time: end of the hour; when it was made is in the name: see <see cref="MidTermForecast"/>.</para>
/// <para>Revisions: none; each file is a forecast of its own.</para>
/// </remarks>
public static class LoadForecast
{
    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("spp/load-forecast"),
        Title = "SPP mid-term load forecast by balancing authority, every hour for seven days",
        Facts = new FeedFacts(
            "SPP portal, mtlf-vs-actual",
            "23, 24 or 25 files a day, each with one or two balancing authorities × about 168 hours ahead",
            "MW, mean over the hour",
            "end of the hour, Central time and GMT side by side; made at the hour in the file's name",
            "none; each file is a forecast of its own"),
        Zone = MarketZones.Central,
        Schedule = MidTermForecast.Schedule,
        Contract = IsoContract.Of("SPP", IsoMarket.DayAhead, IsoProduct.LoadForecast, MarketZones.Central, 60),
        Suite = "iso_load",
        IssueReachHours = MidTermForecast.ReachHours,
        RowsLieInDay = false,
        Table = PowerTables.Load,
        Locate = static (day, now) => MidTermForecast.Locate("mtlf-vs-actual", "OP-MTLF", day, now),
        Recognizes = static head => head.HeaderHas("Interval", "GMTIntervalEnd", "MTLF"),
        Parse = static (file, output) => SppFiles.Parse<LoadRow>(
            file, output, static (csv, file, rows) => Read(csv, rows, MidTermForecast.IssuedAt(file.Name))),
    };

    private static IReadOnlyList<string> Read(CsvReader csv, RowBuffer<LoadRow> rows, long issued)
    {
        var areas = new ForecastAreas(csv);
        var forecast = csv.Header.Required("MTLF");
        csv.Header.Ignore("Averaged Actual");
        while (csv.Read())
        {
            var mw = csv.NumberOrNaN(forecast);
            if (areas.Read(!double.IsNaN(mw)) is var (place, hour) && !double.IsNaN(mw) && hour.EndUnixSeconds > issued)
            {
                rows.Add(new LoadRow(place, hour, mw, issued));
            }
        }

        MidTermForecast.Require(csv, rows.Total);
        return areas.Notes();
    }
}
