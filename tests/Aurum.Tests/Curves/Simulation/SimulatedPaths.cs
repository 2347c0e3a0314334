using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Simulation;

namespace Aurum.Tests.Curves.Simulation;

/// <summary>The first eight paths of a simulation, interval by interval.</summary>
internal sealed class SimulatedPaths
{
    public SimulatedPaths(SettlementPlan plan, PriceModel model, ulong seed, int firstPath = 0)
    {
        var schedule = PathSchedule.Of(plan, model);
        var paths = new LanePaths(schedule, new CounterRandom(seed));
        Prices = Rows(plan.Count);
        Volumes = Rows(plan.Count);
        paths.Begin(firstPath);
        foreach (var stretch in schedule.Stretches)
        {
            paths.Next(stretch);
            for (var i = 0; i < stretch.Count; i++)
            {
                for (var lane = 0; lane < CounterRandom.Lanes; lane++)
                {
                    Prices[lane][stretch.First + i] = paths.Prices[i][lane];
                    Volumes[lane][stretch.First + i] = paths.Volumes[i][lane];
                }
            }
        }
    }

    public double[][] Prices { get; }

    public double[][] Volumes { get; }

    private static double[][] Rows(int count) => [.. Enumerable.Range(0, CounterRandom.Lanes).Select(_ => new double[count])];
}
