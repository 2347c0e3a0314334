using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;

namespace Aurum.Sources.Ercot;

/// <summary>ERCOT seven-day load forecasts of all models, by weather zone, as posted every hour.</summary>
/// <remarks>
/// <para>Source: report NP3-565-CD of the public API.</para>
/// <para>Shape: some 8 models × 8 weather zones and the total × the hours of 8 days × postings. A series is named
/// <c>lf_by_model_weather_zone/E/WZ_COAST</c>; whether a model is in use stands in its flags (<c>in use</c>).</para>
/// <para>Units: MW. Time: hour ending, Central clock, with DSTFlag. Issued when posted.</para>
/// <para>Revisions: every posting stays beside the others, told apart by the time of issue.</para>
/// </remarks>
public static class LoadForecastModels
{
    private const string Endpoint = "lf_by_model_weather_zone";

    private static readonly Symbol InUse = new("in use");

    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("ercot/load-forecast-models"),
        Title = "ERCOT seven-day load forecasts of all models by weather zone",
        Facts = new FeedFacts(
            "ERCOT public API, NP3-565-CD",
            "some 8 models × 8 weather zones and the total × the hours of 8 days × postings",
            "MW",
            LoadForecasts.Time,
            LoadForecasts.Revisions),
        Zone = MarketZones.Central,
        Schedule = LoadForecasts.Schedule,
        Suite = "timeseries_observation",
        IntervalMinutes = 60,
        RowsLieInDay = false,
        Table = SeriesTables.Observation,
        Locate = static (day, _) => ErcotRequests.Day($"np3-565-cd/{Endpoint}", day),
        NextPage = ErcotRequests.Next,
        Recognizes = static head => ErcotHeads.IsJson(head) && IsReport(head) && !IsInUse(head),
        Parse = static (file, output) => ErcotReport.Parse<SeriesPoint>(file, output, ReadTable),
    };

    /// <summary>Whether this is an answer of the report, with any of its rows.</summary>
    internal static bool IsReport(FileHead head) => head.Has(Endpoint) || (head.Has("\"systemTotal\"") && head.Has("\"coast\""));

    /// <summary>Whether the answer repeats that only rows in use were asked for.</summary>
    internal static bool IsInUse(FileHead head) => head.Has("\"inUseFlag\":\"true\"") || head.Has("\"inUseFlag\":true");

    private static void ReadTable(ErcotReport report, RowBuffer<SeriesPoint> rows)
    {
        var hours = new ErcotHours(report, default);
        var series = new ErcotSeries(report.FileName, Endpoint);
        var zones = LoadZones.Columns(report.Header).Select(z => (z.Column, Name: Encoding.UTF8.GetBytes(z.Area.Id))).ToArray();
        var model = report.Header.Required("model");
        var posted = report.Header.Required("postedDatetime");
        var isUsed = report.Header.Required("inUseFlag");
        while (report.Read())
        {
            var hour = hours.ReadHour();
            var issued = ErcotHours.PostedUnixSeconds(report, posted);
            var flags = report.Flag(isUsed) ? InUse : null;
            foreach (var (column, name) in zones)
            {
                rows.Add(new SeriesPoint(
                    series.Begin().Add(report[model]).Add(name).Key("MW"), hour, report.NumberOrNaN(column), issued, flags));
            }
        }
    }
}
