using Aurum.Benchmarks.Curves.Scenarios;
using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Ppa.Valuing;
using Aurum.Curves.Simulation;

namespace Aurum.Benchmarks.Curves.Ppa;

/// <summary>Contracts: one of 15 years of hours valued, and one of 20 years on 10,000 random paths.</summary>
/// <remarks>Budget: the value with all its parts within 100 ms; 100 M path-steps a CPU-second, at least five times the loop with Math's
/// functions; 10,000 paths within 1 GB. A path-step is one interval on one path: two normals, a price with spikes, a volume, a payment.
/// </remarks>
public sealed class PpaBench : IBenchmark
{
    private const int ValuedYears = 15;
    private const int SimulatedYears = 20;
    private const int Paths = 10_000;
    private const int RacePaths = 64;
    private const int MinPaths = 16;
    private const int TextbookPaths = 4;
    private const double BytesPerMiB = 1 << 20;

    public string Name => "ppa";

    public string Title => "Power purchase agreements: 15 years valued, 20 years simulated; scenarios of a hundred curves";

    public IReadOnlyList<BenchResult> Run(BenchOptions options) =>
        [.. Simulate(options), .. Value(options), ScenarioCurves.Run(options, $"{Name}/scenario")];

    private static IEnumerable<BenchResult> Simulate(BenchOptions options)
    {
        var years = Math.Max(options.Scaled(SimulatedYears), 1);
        var plan = PpaValuer.Plan(MadePpa.Contract(years), MadePpa.View(years));
        var model = new PriceModel();
        var schedule = PathSchedule.Of(plan, model);
        var few = SimulationOptions.Default with { Paths = Math.Max(options.Scaled(RacePaths), MinPaths) };
        var textbookPaths = options.Scaled(TextbookPaths);
        var measured = Race.Run(
            options,
            new Contestant("Aurum", () => Steps(PpaSimulation.Run(plan, model, few)), UsesThreads: true),
            new Contestant("a loop with Math's functions", () => Textbook(schedule, textbookPaths)));
        yield return BenchResult.OfRates("ppa", "path-steps", measured[0], measured[1], FormattableString.Invariant(
            $"{few.Paths} paths of {plan.Count:N0} hours, one thread"));
        yield return Whole(plan, model, SimulationOptions.Default with { Paths = options.Scaled(Paths) }, measured[1]);
    }

    /// <summary>All paths once, with what they take.</summary>
    private static BenchResult Whole(SettlementPlan plan, PriceModel model, SimulationOptions all, Measurement textbook)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var outcomes = PpaSimulation.Run(plan, model, all);
        var report = RiskReport.Of(outcomes);
        var seconds = Math.Max((Environment.CpuUsage.TotalTime - cpu).TotalSeconds, 1e-9);
        var bytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        var steps = Steps(outcomes);
        return new BenchResult(
            "ppa/paths",
            Math.Round(steps / seconds),
            "path-steps per CPU-second",
            textbook.Name,
            Math.Round(textbook.ItemsPerCpuSecond),
            Math.Round(steps / seconds / textbook.ItemsPerCpuSecond, 2),
            Math.Round((double)bytes / steps, 4),
            FormattableString.Invariant($"{all.Paths:N0} paths of {plan.Count:N0} hours with every statistic in {seconds:N1} s of CPU; ")
                + FormattableString.Invariant($"{bytes / BytesPerMiB:N0} MiB allocated, {Environment.WorkingSet / BytesPerMiB:N0} MiB in ")
                + FormattableString.Invariant($"the process; mean {report.Mean.Value:N0} ± {report.Mean.High - report.Mean.Value:N0}"));
    }

    private static IEnumerable<BenchResult> Value(BenchOptions options)
    {
        var years = Math.Max(options.Scaled(ValuedYears), 1);
        var (contract, view) = (MadePpa.Contract(years), MadePpa.View(years));
        var whole = Race.Run(options, new Contestant("Aurum", () => Contract((double)PpaValuer.Value(contract, view).NetPresentValue)))[0];
        var measured = Race.Run(
            options,
            new Contestant("Aurum", () => Contract(Settled(PpaValuer.Plan(contract, view)))),
            new Contestant("each hour by itself", () => Contract(TextbookPpa.Value(contract, view))));
        var hours = PpaValuer.Plan(contract, view).Count;
        yield return BenchResult.OfRates("ppa/value", "contracts", measured[0], measured[1], FormattableString.Invariant(
            $"{hours:N0} hours laid out and settled in {1000 / measured[0].ItemsPerCpuSecond:N1} ms of CPU; with capture prices, deltas, ")
            + FormattableString.Invariant($"split by clause, break-even and sensitivities {1000 / whole.ItemsPerCpuSecond:N1} ms"));
    }

    private static double Settled(SettlementPlan plan) =>
        Settlement.PresentValue(plan, Settlement.Of(plan, plan.ForwardPrice, plan.ExpectedVolume));

    private static long Textbook(PathSchedule schedule, int paths) =>
        double.IsFinite(TextbookSimulation.Run(schedule, paths, seed: 1)) ? (long)paths * schedule.Plan.Count : 0;

    private static long Steps(SimulatedCashflows outcomes) => (long)outcomes.Paths * outcomes.Plan.Count;

    private static long Contract(double value) =>
        double.IsFinite(value) ? 1 : throw new InvalidOperationException($"a contract is worth {value}");
}
