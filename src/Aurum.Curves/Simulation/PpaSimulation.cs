using Aurum.Curves.Ppa.Settling;

namespace Aurum.Curves.Simulation;

/// <summary>Runs a contract through random prices and volumes. Pure: the same plan, model, paths and seed give the same numbers to the
/// last bit, whatever the threads.</summary>
public static class PpaSimulation
{
    private const long BytesPerMiB = 1 << 20;

    /// <summary>Arrays of 8 bytes a path beside the months: value, market value, and what statistics sort.</summary>
    private const int WorkColumns = 6;

    /// <summary>Settles the plan on each path.</summary>
    /// <param name="progress">Told the share of paths that are done, up to a hundred times, from the threads of the run.</param>
    /// <exception cref="ArgumentException">An option or a number of the model is out of its range, the run would take more memory than
    /// allowed, or the model's shift is too small for the forward prices.</exception>
    /// <exception cref="OperationCanceledException">Between eight paths and the next.</exception>
    public static SimulatedCashflows Run(
        SettlementPlan plan,
        PriceModel model,
        SimulationOptions options,
        IProgress<double>? progress = null,
        CancellationToken cancel = default)
    {
        options.ThrowIfInvalid();
        ThrowIfTooLarge(plan, options);
        var schedule = PathSchedule.Of(plan, model);
        var cashflows = new SimulatedCashflows(plan, options.Paths);
        var groups = (options.Paths + CounterRandom.Lanes - 1) / CounterRandom.Lanes;
        var told = new ProgressSteps(progress, groups);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancel };
        Parallel.For(
            0,
            groups,
            parallel,
            () => new LaneRun(schedule, new CounterRandom(options.Seed)),
            (group, _, run) =>
            {
                cancel.ThrowIfCancellationRequested();
                run.Settle(group * CounterRandom.Lanes, cashflows);
                told.Done();
                return run;
            },
            static _ => { });
        return cashflows;
    }

    /// <summary>Memory that results and work take, in MiB, rounded up.</summary>
    public static long MemoryMiBOf(SettlementPlan plan, SimulationOptions options)
    {
        var months = (long)plan.Months.Length;
        var results = options.Paths * (months + plan.Years.Length + WorkColumns) * sizeof(double);
        var work = options.Threads * LaneRun.BytesOf(plan);
        return (results + work + PathSchedule.BytesOf(plan) + BytesPerMiB - 1) / BytesPerMiB;
    }

    private static void ThrowIfTooLarge(SettlementPlan plan, SimulationOptions options)
    {
        var needed = MemoryMiBOf(plan, options);
        var isTooLong = (long)options.Paths * plan.Months.Length > Array.MaxLength;
        if (needed > options.MaxMemoryMiB || isTooLong)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{options.Paths} paths of {plan.Months.Length} months take {needed} MiB, expected at most {options.MaxMemoryMiB} MiB")
                + FormattableString.Invariant($" and {Array.MaxLength} cashflows: take fewer paths, or allow more memory"));
        }
    }

    /// <summary>Settles eight paths after eight paths on one thread.</summary>
    private sealed class LaneRun(PathSchedule schedule, CounterRandom random)
    {
        private readonly LanePaths _paths = new(schedule, random);
        private readonly LaneSettlement _settlement = new(schedule.Plan);
        private readonly LaneBuffer _net = new(schedule.Plan.Months.Length);

        public static long BytesOf(SettlementPlan plan) => LaneSettlement.BytesOf(plan) * 2;

        public void Settle(int firstPath, SimulatedCashflows cashflows)
        {
            _paths.Begin(firstPath);
            _settlement.Begin();
            foreach (ref readonly var stretch in schedule.Stretches.AsSpan())
            {
                _paths.Next(stretch);
                _settlement.Add(stretch, _paths.Prices, _paths.Volumes);
            }

            _settlement.Finish(_net.Span);
            cashflows.Set(firstPath, _net.Span, _settlement.Forward);
        }
    }

    /// <summary>Counts groups and tells of each hundredth of them.</summary>
    private sealed class ProgressSteps(IProgress<double>? progress, int groups)
    {
        private const int Steps = 100;

        private int _done;

        public void Done()
        {
            var done = Interlocked.Increment(ref _done);
            if ((long)done * Steps / groups != (long)(done - 1) * Steps / groups)
            {
                progress?.Report((double)done / groups);
            }
        }
    }
}
