using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Spp;

/// <summary>SPP flows over its ties and its net interchange, every minute, for each balancing authority.</summary>
/// <remarks>
/// <para>Source: portal, the interchange chart's file (the last 24 hours) while a day runs and for a day after it, and the month's
/// file of historical-tie-flow from then on.</para>
/// <para>Shape: one column a neighbour, beside NSI (scheduled net interchange) and NAI (actual), 1,380 to 1,500 readings a day; single
/// minutes are missing. The month's file of the west calls them SPP_NSI too. Series: <c>tie-flows/SWPW/PACE</c>,
/// <c>tie-flows/SWPW/NSI</c>. The chart's column of the schedule ahead (NSI Future) is not taken.</para>
/// <para>Units: MW, two decimals.</para>
/// <para>Time: readings at an instant, GMT with Z.</para>
/// <para>Revisions: none seen.</para>
/// </remarks>
public static class TieFlows
{
    /// <summary>First day in the month's file of the west.</summary>
    public static readonly LocalDate WestBegins = new(2026, 3, 25);

    /// <summary>First month whose file has SPP in its name, beside that of the west.</summary>
    public static readonly LocalDate NamedFrom = new(2026, 3, 1);

    /// <summary>Time after a day's end for which the chart still holds a part of it.</summary>
    public static readonly Duration ChartHolds = Duration.FromHours(24);

    public static readonly Feed<SeriesPoint> Spp = Of("spp/tie-flows", SppPlaces.East, static _ => true);

    public static readonly Feed<SeriesPoint> West = Of("spp/tie-flows-west", SppPlaces.West, static date => date >= WestBegins);

    private static Feed<SeriesPoint> Of(string id, string authority, Func<LocalDate, bool> runs) => new()
    {
        Id = new FeedId(id),
        Title = $"SPP tie flows and net interchange of {authority}, every minute",
        Facts = new FeedFacts(
            "SPP portal, interchange trend chart, later historical-tie-flow",
            "one series a neighbour, scheduled and actual net interchange × 1,380 to 1,500 readings; single minutes are missing",
            "MW, two decimals",
            "readings at an instant, GMT",
            "none seen"),
        Zone = MarketZones.Central,
        Schedule = new Schedule(
            FirstAt: Duration.FromMinutes(10),
            CompleteAt: Duration.FromHours(25) + ChartHolds + Duration.FromMinutes(15),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null),
        Suite = "timeseries_observation",
        Readings = new ReadingPace(EveryMinutes: 1, FirstMinutes: 0),
        MayBeEmpty = authority == SppPlaces.West,
        Table = SeriesTables.Observation,
        Locate = (day, now) => runs(day.Date) ? [Request(authority, day, now)] : [],
        Recognizes = head => (head.HeaderHas("GMTTIME", "NSI", "NAI")) && IsWest(head) == (authority == SppPlaces.West),
        Parse = (file, output) => SppFiles.Parse<SeriesPoint>(
            file, output, (csv, answer, rows) => Read(csv, answer, rows, authority)),
    };

    private static FeedRequest Request(string authority, OperatingDay day, Instant now)
    {
        if (now < day.End + ChartHolds)
        {
            var chart = authority == SppPlaces.West ? "interchange-trend-swpw" : "interchange-trend";
            return new FeedRequest(SppFeeds.Portal.Name, $"/chart-api/{chart}/asFile", $"{chart}.csv");
        }

        var month = day.Date.ToString("MMMuuuu", CultureInfo.InvariantCulture);
        var name = authority == SppPlaces.West || day.Date >= NamedFrom ? $"{authority}_{month}" : month;
        return SppFiles.Download("historical-tie-flow", $"/TieFlows_{name}.csv") with { SharedFor = SppFiles.SharedFor };
    }

    private static bool IsWest(FileHead head) =>
        head.Name.Contains(SppPlaces.West, StringComparison.OrdinalIgnoreCase) || head.HeaderHas(SppPlaces.West);

    private static IReadOnlyList<string> Read(CsvReader csv, FeedFile file, RowBuffer<SeriesPoint> rows, string authority)
    {
        var (from, to) = SppFiles.Stretch(file);
        var time = csv.Header.Required("GMTTIME");
        var times = new StampColumn(csv, time, Stamps.TryParseInstant, "a time like 2026-03-25T05:00:00Z");
        var series = SeriesOf(csv.Header, time, authority);
        while (csv.Read())
        {
            var at = times.Read();
            if (at < from || at >= to)
            {
                continue;
            }

            var instant = DeliveryInterval.FromUnixSeconds(at, 0);
            for (var column = 0; column < series.Length; column++)
            {
                if (series[column] is { } key && !csv.IsEmpty(column))
                {
                    rows.Add(new SeriesPoint(key, instant, csv.Number(column)));
                }
            }
        }

        return [];
    }

    private static SeriesKey?[] SeriesOf(CsvHeader header, int time, string authority)
    {
        var series = new SeriesKey?[header.Names.Count];
        header.Required("SPP NSI", "SWPW NSI");
        header.Required("SPP NAI", "SWPW NAI");
        for (var column = 0; column < series.Length; column++)
        {
            var name = header.Names[column].Replace('_', ' ');
            header.Ignore(header.Names[column]);
            if (column == time || name.Length == 0 || name.EndsWith("Future", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var isNet = name.EndsWith(" NSI", StringComparison.Ordinal) || name.EndsWith(" NAI", StringComparison.Ordinal);
            var id = isNet ? name[^3..] : name.Replace('/', '-');
            series[column] = new SeriesKey($"tie-flows/{authority}/{id}", "MW", $"{authority}: {id}");
        }

        return series;
    }
}
