using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Ercot;

/// <summary>One of ERCOT's reports of wind and solar power, hourly: what was generated in the last two days and what is forecast for the
/// next seven, posted every hour. Two feeds read it: what was generated, and the limits and forecasts as series.</summary>
/// <param name="Name">What it is of, which feed ids and series begin with: <c>wind</c>, <c>wind-by-region</c>.</param>
/// <param name="Fuel">Wind or Solar.</param>
/// <param name="EmilId">The report's id in the public API.</param>
/// <param name="Endpoint">Its endpoint.</param>
/// <param name="ReportTypeId">Its type in listings of documents.</param>
/// <param name="Forecast">Name of the forecast in use, which columns begin with.</param>
/// <param name="Region">A region that only the report by region has columns for.</param>
/// <param name="IsByRegion">Whether this is the report by region.</param>
internal sealed record RenewableReport(
    string Name, string Fuel, string EmilId, string Endpoint, string ReportTypeId, string Forecast, string Region, bool IsByRegion = false)
{
    private string Title => $"ERCOT {Fuel.ToLowerInvariant()} power{(IsByRegion ? " by region" : "")}";

    private string Source => $"ERCOT public API, {EmilId.ToUpperInvariant()} (report type {ReportTypeId})";

    /// <summary>What was generated.</summary>
    public Feed<GenerationRow> Generation() => new()
    {
        Id = new FeedId($"ercot/{Name}"),
        Title = $"{Title}, generated",
        Facts = new FeedFacts(
            Source,
            "the hours of the last two days, some by region",
            "MW, mean over the hour; hours to come are absent",
            "hour ending, Central clock with DSTFlag",
            "corrected by later postings"),
        Zone = MarketZones.Central,
        Schedule = Schedule(Duration.FromHours(2)),
        Contract = IsoContract.Of("ERCOT", IsoMarket.RealTime, IsoProduct.Generation, MarketZones.Central, 60),
        Suite = "iso_genmix",
        IntervalMinutes = 60,
        Table = PowerTables.Generation,
        Locate = (day, _) => ErcotRequests.Day($"{EmilId}/{Endpoint}", day),
        NextPage = ErcotRequests.Next,
        Recognizes = head => ErcotHeads.IsListing(head, ReportTypeId)
            || (ErcotHeads.IsJson(head)
                ? head.Has($"\"{Forecast}SystemWide\"") && head.Has($"\"{Forecast}{Region}\"") == IsByRegion
                : head.HeaderHas($"{Forecast}_SYSTEM_WIDE") && head.HeaderHas($"{Forecast}_{Region}") == IsByRegion),
        Parse = (file, output) => ErcotReport.Parse<GenerationRow>(file, output, ReadGeneration) switch
        {
            { Outcome: Outcome.ProvenEmpty } => ParseResult.NotYetPublished($"{file.Name} has no hour that was metered yet"),
            var result => result,
        },
    };

    /// <summary>Limits and forecasts.</summary>
    public Feed<SeriesPoint> Outlook() => new()
    {
        Id = new FeedId($"ercot/{Name}-outlook"),
        Title = $"{Title}, limits and forecasts",
        Facts = new FeedFacts(
            Source,
            "about 216 hours a posting × limits and forecasts, some by region",
            "MW, mean over the hour",
            "hour ending, Central clock with DSTFlag; forecasts are issued when posted",
            "limits are corrected by later postings; forecasts of all postings are kept"),
        Zone = MarketZones.Central,
        Schedule = Schedule(Duration.FromHours(-24)),
        // No count of intervals: a posting during the day has the forecast of its later hours alone.
        Suite = "timeseries_forecast",
        RowsLieInDay = false,
        Table = SeriesTables.Observation,
        Locate = (day, _) => ErcotRequests.Day($"{EmilId}/{Endpoint}", day),
        NextPage = ErcotRequests.Next,
        Recognizes = static _ => false,
        Parse = (file, output) => ErcotReport.Parse<SeriesPoint>(file, output, ReadOutlook),
    };

    private static Schedule Schedule(Duration firstAt) => new(
        FirstAt: firstAt,
        CompleteAt: Duration.FromHours(27),
        RefreshEvery: Duration.FromHours(1),
        CorrectionsFor: Duration.FromDays(2),
        CorrectionChecks: Duration.FromDays(1));

    private void ReadGeneration(ErcotReport report, RowBuffer<GenerationRow> rows)
    {
        var fuel = new Symbol(Fuel);
        var metered = new MeteredHours();
        Read(report, (column, hour, mw, posted) =>
        {
            if (column.Measure.Length == 0)
            {
                metered.Add(column, hour, mw, posted);
            }
        });
        foreach (var (column, hour, mw) in metered.Latest)
        {
            rows.Add(new GenerationRow(column.Area, fuel, hour, mw));
        }
    }

    private void ReadOutlook(ErcotReport report, RowBuffer<SeriesPoint> rows)
    {
        var series = new Dictionary<RenewableColumn, SeriesKey>();
        SeriesKey Key(RenewableColumn column) => series.TryGetValue(column, out var key)
            ? key
            : series[column] = new SeriesKey($"{Name}/{column.Area.Id}/{column.Measure}", "MW");
        var metered = new MeteredHours();
        Read(report, (column, hour, mw, posted) =>
        {
            if (column.IsForecast)
            {
                rows.Add(new SeriesPoint(Key(column), hour, mw, posted));
            }
            else if (column.Measure.Length > 0)
            {
                metered.Add(column, hour, mw, posted);
            }
        });
        foreach (var (column, hour, mw) in metered.Latest)
        {
            rows.Add(new SeriesPoint(Key(column), hour, mw));
        }
    }

    /// <summary>Gives every value of a table; empty cells are none.</summary>
    private static void Read(ErcotReport report, Action<RenewableColumn, DeliveryInterval, double, long> onValue)
    {
        var hours = new ErcotHours(report, default);
        var columns = RenewableColumns.Of(report.Header);
        var posted = report.Header.Optional("postedDatetime");
        while (report.Read())
        {
            var hour = hours.ReadHour();
            var issued = ErcotHours.PostedUnixSeconds(report, posted);
            foreach (var column in columns)
            {
                var mw = report.NumberOrNaN(column.Index);
                if (!double.IsNaN(mw))
                {
                    onValue(column, hour, mw, issued);
                }
            }
        }
    }

    /// <summary>Postings overlap and an answer may hold many: of metered values only the latest posted one counts.</summary>
    private sealed class MeteredHours
    {
        private readonly Dictionary<(RenewableColumn Column, DeliveryInterval Hour), (long Posted, double Mw)> _values = [];

        public IEnumerable<(RenewableColumn Column, DeliveryInterval Hour, double Mw)> Latest =>
            _values.Select(v => (v.Key.Column, v.Key.Hour, v.Value.Mw));

        public void Add(RenewableColumn column, DeliveryInterval hour, double mw, long posted)
        {
            if (!_values.TryGetValue((column, hour), out var known) || posted >= known.Posted)
            {
                _values[(column, hour)] = (posted, mw);
            }
        }
    }
}
