using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Quality.Gates;
using Aurum.Quality.Suites;
using NodaTime;

namespace Aurum.Benchmarks.Quality;

/// <summary>Checks a day of five-minute prices against a suite of ten expectations, and against the whole suite that every LMP
/// feed has.</summary>
/// <remarks>Budget: at least 10 M rows a CPU-second for the ten; memory by place and day, none by row. The baseline is a plain
/// interpreter of the same ten expectations: rows as dictionaries of boxed values, one delegate an expectation and row.</remarks>
public sealed class Gate : IBenchmark
{
    private const int Nodes = 3500;
    private const int BaselineShare = 10;
    private const int Seed = 20251102;

    private static readonly OperatingDay Day = new(new LocalDate(2025, 7, 1), MarketZones.Pacific);

    public string Name => "gate";

    public string Title => "Quality gate over locational marginal prices";

    public IReadOnlyList<BenchResult> Run(BenchOptions options)
    {
        var rows = Rows(options.Scaled(Nodes));
        var known = rows.Select(static r => r.Location.Id).ToHashSet();
        var context = new GateContext(Day, KnownLocations: known);
        var ten = SuiteCompiler.Compile(SuiteReader.Read(TenExpectations.Yaml, "ten.yml"), Feed);
        var whole = SuiteCompiler.Compile(Suite.Load("iso_lmp"), Feed);
        var boxed = Rows(Math.Max(1, options.Scaled(Nodes) / BaselineShare)).Select(RowInterpreter.Box).ToArray();
        var boxedKnown = boxed.Select(static r => (string)r["location_id"]!).ToHashSet();
        var verdicts = new RowVerdicts();

        var measured = Race.Run(
            options,
            new Contestant("Aurum, ten expectations", () => Check(ten, rows, context, verdicts)),
            new Contestant("Aurum, iso_lmp", () => Check(whole, rows, context, verdicts)),
            new Contestant("interpreter of boxed rows", () => RowInterpreter.Check(boxed, Day, boxedKnown)));
        var input = FormattableString.Invariant($"{rows.Length:N0} rows, interval by interval, in batches of 2,048");
        return
        [
            BenchResult.OfRates(Name, "rows", measured[0], measured[2], $"{input}, 10 expectations"),
            BenchResult.OfRates(
                $"{Name}/iso-lmp", "rows", measured[1], measured[2],
                $"{input}, {whole.Suite.Expectations.Count} expectations (the baseline has 10)"),
        ];
    }

    private static Feed<LmpRow> Feed { get; } = new()
    {
        Id = new FeedId("caiso/real-time-lmp"),
        Title = "Five-minute prices",
        Facts = new FeedFacts("made here", "nodes by interval", "USD/MWh", "UTC", "none"),
        Zone = MarketZones.Pacific,
        Schedule = new Schedule(Duration.Zero, Duration.FromDays(1), null, Duration.Zero, null),
        Contract = IsoContract.Of("CAISO", IsoMarket.RealTime, IsoProduct.Lmp, MarketZones.Pacific, 5),
        Suite = "iso_lmp",
        IntervalMinutes = 5,
        Locate = static (_, _) => [],
        Recognizes = static _ => false,
        Table = PowerTables.Lmp,
        Parse = static (_, _) => ParseResult.Data,
    };

    private static LmpRow[] Rows(int nodes)
    {
        var random = new Random(Seed);
        var places = Enumerable.Range(0, nodes).Select(static n => new Location($"NODE_{n:D5}_7_N001", LocationType.Node))
            .ToArray();
        var rows = new List<LmpRow>();
        for (var start = Day.Start; start < Day.End; start += Duration.FromMinutes(5))
        {
            var delivery = DeliveryInterval.StartingAt(start, 5);
            foreach (var place in places)
            {
                var (energy, congestion, loss) = (Price(random, 60), Price(random, 10), Price(random, 2));
                rows.Add(new LmpRow(place, delivery, energy + congestion + loss, energy, congestion, loss, double.NaN));
            }
        }

        return [.. rows];
    }

    private static double Price(Random random, double span) => Math.Round(((random.NextDouble() * 2) - 1) * span, 5);

    private static long Check(Gate<LmpRow> gate, LmpRow[] rows, GateContext context, RowVerdicts verdicts)
    {
        var run = gate.Begin(context);
        for (var from = 0; from < rows.Length; from += RowBuffer<LmpRow>.DefaultCapacity)
        {
            run.Check(rows.AsSpan(from, Math.Min(RowBuffer<LmpRow>.DefaultCapacity, rows.Length - from)), verdicts);
        }

        var report = run.Finish();
        return report.Overall == GateOutcome.Pass && report.Rows == rows.Length
            ? rows.Length
            : throw new InvalidOperationException($"the rows are sound, the gate said {report.Overall}: {report.Why}");
    }
}
