using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;
using NodaTime;

namespace Aurum.Tests.Quality;

/// <summary>Rows sent through a gate, and what came out.</summary>
/// <param name="Report">What the gate says of the batch.</param>
/// <param name="Failed">Numbers of the quarantined rows.</param>
/// <param name="Reasons">Why, one a quarantined row.</param>
internal sealed record Trial(GateReport Report, IReadOnlyList<int> Failed, IReadOnlyList<string> Reasons)
{
    public ExpectationResult Result => Assert.Single(Report.Results);

    /// <summary>Sends rows through a gate of a few expectations, written as YAML list items.</summary>
    public static Trial Of(
        string expectations, IReadOnlyList<LmpRow> rows, GateContext? context = null, Feed<LmpRow>? feed = null) =>
        Of(SuiteCompiler.Compile(Suite(expectations), feed ?? LmpFeed()), rows, context);

    public static Trial Of<TRow>(Gate<TRow> gate, IReadOnlyList<TRow> rows, GateContext? context = null, int batch = 2048)
        where TRow : struct
    {
        var run = gate.Begin(context ?? new GateContext());
        var verdicts = new RowVerdicts();
        var failed = new List<int>();
        var reasons = new List<string>();
        for (var from = 0; from < rows.Count; from += batch)
        {
            run.Check(rows.Skip(from).Take(batch).ToArray(), verdicts);
            for (var row = verdicts.NextFailed(0); row >= 0; row = verdicts.NextFailed(row + 1))
            {
                failed.Add(from + row);
                reasons.Add(verdicts.Reason(row));
            }
        }

        return new Trial(run.Finish(), failed, reasons);
    }

    public static Suite Suite(string expectations)
    {
        var (limits, list) = expectations.Contains("expectations:", StringComparison.Ordinal)
            ? (expectations, "")
            : ("expectations:\n", expectations);
        return SuiteReader.Read(limits + list, "trial.yml");
    }

    public static Feed<LmpRow> LmpFeed(
        IsoMarket market = IsoMarket.DayAhead,
        int? minutes = 60,
        ReadingPace? readings = null,
        int wholeDays = 1,
        string code = "CAISO",
        bool rowsLieInDay = true,
        bool mayBeEmpty = false,
        DateTimeZone? zone = null,
        bool hasOtherIntervals = false) => new()
    {
        Id = new FeedId("trial/prices"),
        Title = "Prices made for a test",
        Facts = new FeedFacts("a test", "few rows", "USD/MWh", "UTC", "none"),
        Zone = zone ?? MarketZones.Pacific,
        Schedule = new Schedule(Duration.Zero, Duration.FromDays(1), null, Duration.Zero, null),
        Contract = IsoContract.Of(code, market, IsoProduct.Lmp, zone ?? MarketZones.Pacific, minutes ?? 0),
        Suite = "iso_lmp",
        IntervalMinutes = minutes,
        HasOtherIntervals = hasOtherIntervals,
        Readings = readings,
        WholeDays = wholeDays,
        RowsLieInDay = rowsLieInDay,
        MayBeEmpty = mayBeEmpty,
        Locate = static (_, _) => [],
        Recognizes = static _ => false,
        Table = PowerTables.Lmp,
        Parse = static (_, _) => ParseResult.Data,
    };

    public static OperatingDay Day(int year, int month, int day) => new(new LocalDate(year, month, day), MarketZones.Pacific);

    /// <summary>A price without parts, in an hour of 2 November 2025 (25 hours long) in California.</summary>
    public static LmpRow Price(double lmp, int hour = 0, string node = "A") => Row(
        node, Day(2025, 11, 2).Start + Duration.FromHours(hour), 60, lmp);

    public static LmpRow Row(
        string node, Instant start, int minutes, double lmp,
        double energy = double.NaN, double congestion = double.NaN, double loss = double.NaN, double ghg = double.NaN) =>
        new(new Location(node, LocationType.Node), DeliveryInterval.StartingAt(start, minutes), lmp, energy, congestion, loss,
            ghg);

    /// <summary>Every interval of a day for each of the nodes.</summary>
    public static List<LmpRow> WholeDay(OperatingDay day, int minutes, params string[] nodes)
    {
        var rows = new List<LmpRow>();
        for (var start = day.Start; start < day.End; start += Duration.FromMinutes(minutes))
        {
            rows.AddRange(nodes.Select(node => Row(node, start, minutes, 30)));
        }

        return rows;
    }
}
