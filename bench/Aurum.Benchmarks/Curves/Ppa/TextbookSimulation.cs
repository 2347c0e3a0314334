using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Simulation;

namespace Aurum.Benchmarks.Curves.Ppa;

/// <summary>The same model as <see cref="PpaSimulation"/>, written as one writes it first: a path after the other, an interval after the
/// other, with Math's functions and a seeded Random. What all paths have in common is laid out before, as there.</summary>
internal static class TextbookSimulation
{
    private const double Words = 1L << 32;

    /// <returns>Mean present value.</returns>
    public static double Run(PathSchedule schedule, int paths, int seed)
    {
        var random = new Random(seed);
        var sum = 0.0;
        for (var path = 0; path < paths; path++)
        {
            sum += ValueOf(schedule, random);
        }

        return sum / paths;
    }

    private static double ValueOf(PathSchedule schedule, Random random)
    {
        var (plan, model) = (schedule.Plan, schedule.Model);
        var months = new double[plan.Months.Length];
        var own = Math.Sqrt(1 - (model.Correlation * model.Correlation));
        var (x, other) = Normals(random);
        var y = ((model.Correlation * x) + (own * other)) * model.VolumeDeviation;
        x *= model.ShortDeviation[schedule.Stretches[0].CalendarMonth - 1];
        var (level, up, down) = (0.0, 0.0, 0.0);
        foreach (ref readonly var stretch in schedule.Stretches.AsSpan())
        {
            var term = plan.Terms[stretch.Term];
            var step = schedule.ShortStep(stretch.CalendarMonth);
            var (upShare, downShare) = (schedule.UpWords(stretch.CalendarMonth) / Words, schedule.DownWords(stretch.CalendarMonth) / Words);
            level += model.LongVolatility * Math.Sqrt(stretch.YearsBefore) * Normals(random).First;
            for (var i = stretch.First; i < stretch.First + stretch.Count; i++)
            {
                var (first, second) = Normals(random);
                x = (schedule.Reversion * x) + (step * first);
                y = (schedule.VolumeReversion * y) + (schedule.VolumeStep * ((model.Correlation * first) + (own * second)));
                var chance = random.NextDouble();
                up = (up * schedule.UpDecay) + (chance < upShare ? Size(model.Up, random) : 0);
                down = (down * schedule.DownDecay) + (chance >= 1 - downShare ? Size(model.Down, random) : 0);
                var price = (schedule.Scale[i] * Math.Exp(x + level)) + schedule.Offset[i] + up - down;
                var volume = schedule.Capacity[i] * Phi(schedule.Middle[i] + y);
                var isLow = Settlement.IsLow(plan.Clause, price);
                months[term.Month] += Settlement.BuyerNet(term, plan.Clause, plan.IsPhysical, isLow, price, volume);
            }
        }

        return plan.Sign * Settlement.PresentValue(plan, months);
    }

    private static double Size(SpikeModel spikes, Random random) => -spikes.MeanSize * Math.Log(1 - random.NextDouble());

    /// <summary>Box and Muller.</summary>
    private static (double First, double Second) Normals(Random random)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
        return (radius * cosine, radius * sine);
    }

    /// <summary>As G. West prints it.</summary>
    private static double Phi(double x)
    {
        var a = Math.Abs(x);
        if (a > 37)
        {
            return x > 0 ? 1 : 0;
        }

        var n = (3.52624965998911e-02 * a) + 0.700383064443688;
        n = (n * a) + 6.37396220353165;
        n = (n * a) + 33.912866078383;
        n = (n * a) + 112.079291497871;
        n = (n * a) + 221.213596169931;
        n = (n * a) + 220.206867912376;
        var d = (8.83883476483184e-02 * a) + 1.75566716318264;
        d = (d * a) + 16.064177579207;
        d = (d * a) + 86.7807322029461;
        d = (d * a) + 296.564248779674;
        d = (d * a) + 637.333633378831;
        d = (d * a) + 793.826512519948;
        d = (d * a) + 440.413735824752;
        var tail = Math.Exp(-a * a / 2) * n / d;
        return x > 0 ? 1 - tail : tail;
    }
}
