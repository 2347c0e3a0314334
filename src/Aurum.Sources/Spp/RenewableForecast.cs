using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Spp;

/// <summary>SPP mid-term wind and solar forecast by balancing authority, made every hour for seven days.</summary>
/// <remarks>
/// <para>Source: portal, midterm-resource-forecast.</para>
/// <para>Shape: Interval, GMTIntervalEnd, Wind Forecast MW, Solar Forecast MW, since April 2026 with BAA; 24 files a day.</para>
/// <para>Units: MW, mean over the hour.</para>
/// <para>Time: end of the hour; when it was made is in the name: see <see cref="MidTermForecast"/>.</para>
/// <para>Revisions: none; each file is a forecast of its own.</para>
/// </remarks>
public static class RenewableForecast
{
    private static readonly Symbol Wind = new("Wind");
    private static readonly Symbol Solar = new("Solar");

    public static readonly Feed<GenerationRow> Feed = new()
    {
        Id = new FeedId("spp/renewable-forecast"),
        Title = "SPP mid-term wind and solar forecast by balancing authority, every hour for seven days",
        Facts = new FeedFacts(
            "SPP portal, midterm-resource-forecast",
            "23, 24 or 25 files a day, each with wind and solar of one or two balancing authorities × about 168 hours ahead",
            "MW, mean over the hour",
            "end of the hour, Central time and GMT side by side; made at the hour in the file's name",
            "none; each file is a forecast of its own"),
        Zone = MarketZones.Central,
        Schedule = MidTermForecast.Schedule,
        Contract = IsoContract.Of("SPP", IsoMarket.DayAhead, IsoProduct.GenerationForecast, MarketZones.Central, 60),
        Suite = "iso_genmix",
        IssueReachHours = MidTermForecast.ReachHours,
        RowsLieInDay = false,
        Table = PowerTables.Generation,
        Locate = static (day, now) => MidTermForecast.Locate("midterm-resource-forecast", "OP-MTRF", day, now),
        Recognizes = static head => head.HeaderHas("Interval", "GMTIntervalEnd", "Wind Forecast MW", "Solar Forecast MW"),
        Parse = static (file, output) => SppFiles.Parse<GenerationRow>(
            file, output, static (csv, file, rows) => Read(csv, rows, MidTermForecast.IssuedAt(file.Name))),
    };

    private static IReadOnlyList<string> Read(CsvReader csv, RowBuffer<GenerationRow> rows, long issued)
    {
        var areas = new ForecastAreas(csv);
        var wind = csv.Header.Required("Wind Forecast MW");
        var solar = csv.Header.Required("Solar Forecast MW");
        while (csv.Read())
        {
            var windMw = csv.NumberOrNaN(wind);
            var solarMw = csv.NumberOrNaN(solar);
            var hasValue = !double.IsNaN(windMw) || !double.IsNaN(solarMw);
            if (areas.Read(hasValue) is var (place, hour) && hasValue && hour.EndUnixSeconds > issued)
            {
                rows.Add(new GenerationRow(place, Wind, hour, windMw, issued));
                rows.Add(new GenerationRow(place, Solar, hour, solarMw, issued));
            }
        }

        MidTermForecast.Require(csv, rows.Total);
        return areas.Notes();
    }
}
