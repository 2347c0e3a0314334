using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Nyiso;

/// <summary>NYISO flows over internal and external interfaces with their limits, every 5 minutes.</summary>
/// <remarks>
/// <para>Source: MIS, ExternalLimitsFlows.</para>
/// <para>Shape: 18 interfaces × 288 readings and some at odd times; three series each: flow, positive-limit,
/// negative-limit.</para>
/// <para>Units: as the column says (MWH, meaning MW); positive into New York. 9999 and -9999 stand for no limit and become
/// NaN.</para>
/// <para>Time: readings at an instant, 00:00 to 23:55, New York clock without flag; file order tells the repeated hour.</para>
/// <para>Revisions: none seen.</para>
/// </remarks>
public static class InterfaceFlows
{
    private const double NoLimit = 9999;

    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("nyiso/interface-flows"),
        Title = "NYISO interface flows and limits, 5 minutes",
        Facts = new FeedFacts(
            "NYISO MIS, ExternalLimitsFlows",
            "18 interfaces × flow and two limits × 288 readings and some at odd times",
            "MW (the header says MWH), positive into New York; no limit is unknown",
            "readings at an instant, New York clock without flag; file order tells the repeated hour",
            "none seen"),
        Zone = MarketZones.Eastern,
        Schedule = NyisoSchedules.Running,
        Suite = "timeseries_observation",
        Readings = new ReadingPace(EveryMinutes: 5, FirstMinutes: 0),
        Table = SeriesTables.Observation,
        Locate = static (day, now) => NyisoFiles.Locate("ExternalLimitsFlows", "ExternalLimitsFlows", day, now),
        Recognizes = static head => head.HeaderHas("Timestamp", "Interface Name", "Point ID", "Positive Limit"),
        Parse = static (file, output) => NyisoFiles.Parse<SeriesPoint>(file, output, static (csv, _, rows) => ReadDay(csv, rows)),
    };

    private static IReadOnlyList<string> ReadDay(CsvReader csv, RowBuffer<SeriesPoint> rows)
    {
        var times = NyisoFiles.Times(csv, csv.Header.Required("Timestamp"));
        var name = csv.Header.Required("Interface Name");
        csv.Header.Required("Point ID");
        var flow = csv.Header.Required("Flow (MWH)", "Flow (MW)");
        var positive = csv.Header.Required("Positive Limit (MWH)", "Positive Limit (MW)");
        var negative = csv.Header.Required("Negative Limit (MWH)", "Negative Limit (MW)");
        var unit = csv.Header.NameOf(flow).Contains("MWH", StringComparison.OrdinalIgnoreCase) ? "MWH" : "MW";
        var series = new NameTable<InterfaceSeries>(csv.File, text => new InterfaceSeries(text, unit), limit: 1_000);
        var clock = new FileOrderClock<InterfaceSeries>(MarketZones.Eastern);
        while (csv.Read())
        {
            var border = series.Of(csv[name], csv.Line);
            var at = DeliveryInterval.FromUnixSeconds(clock.ToUnixSeconds(border, times.Read()), 0);
            rows.Add(new SeriesPoint(border.Flow, at, csv.NumberOrNaN(flow)));
            rows.Add(new SeriesPoint(border.PositiveLimit, at, Limit(csv.NumberOrNaN(positive))));
            rows.Add(new SeriesPoint(border.NegativeLimit, at, Limit(csv.NumberOrNaN(negative))));
        }

        return [];
    }

    private static double Limit(double value) => Math.Abs(value) == NoLimit ? double.NaN : value;

    /// <summary>The three series of an interface: <c>interface-flows/SCH - HQ - NY/flow</c>.</summary>
    private sealed class InterfaceSeries(string name, string unit)
    {
        public SeriesKey Flow { get; } = new($"interface-flows/{name}/flow", unit, $"{name}: flow");

        public SeriesKey PositiveLimit { get; } = new($"interface-flows/{name}/positive-limit", unit, $"{name}: positive limit");

        public SeriesKey NegativeLimit { get; } = new($"interface-flows/{name}/negative-limit", unit, $"{name}: negative limit");

        public override string ToString() => name;
    }
}
