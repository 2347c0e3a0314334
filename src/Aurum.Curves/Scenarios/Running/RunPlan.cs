using Aurum.Curves.Documents;
using Aurum.Curves.Scenarios.Drivers;
using Aurum.Curves.Simulation;
using NodaTime;

namespace Aurum.Curves.Scenarios.Running;

/// <summary>The drivers of a run with everything that was drawn for them. It is not changed once it is made, so that threads
/// share it.</summary>
/// <remarks>A draw hangs on the seed, the driver's place, the path and the year or month that it is for: not on the curves of the
/// run,
/// nor on threads.</remarks>
internal sealed class RunPlan
{
    /// <summary>Most numbers that are drawn, over drivers, paths and periods: 400 MB.</summary>
    private const long MaxDraws = 50_000_000;

    private const string WereCut = "were outside of what it may be and were set to the end of that";
    private const ulong PeriodsOfPath = 1 << 16;
    private const ulong FirstStream = 0x5CE0_0000;

    private readonly Dictionary<string, int> _places;
    private readonly Dictionary<StochasticDriver, Draws> _draws = new(ReferenceEqualityComparer.Instance);

    public RunPlan(IReadOnlyList<Driver> drivers, ScenarioInputs inputs)
    {
        Drivers = [.. drivers];
        _places = drivers.Select(static (d, i) => (d.Name, Index: i)).ToDictionary(static d => d.Name, static d => d.Index);
        var chances = new List<StochasticDriver>();
        Collect(drivers, chances);
        Paths = chances.Count == 0 ? 0 : inputs.Paths;
        if (chances.Count > 0)
        {
            DrawAll(chances, inputs);
        }
    }

    public Driver[] Drivers { get; }

    /// <summary>Paths of the ensemble; 0 where nothing is drawn.</summary>
    public int Paths { get; }

    /// <summary>What was set to the end of its range, for people.</summary>
    public IReadOnlyList<string> Notes =>
    [
        .. _draws.Where(static d => d.Value.Cut > 0).Select(static d => FormattableString.Invariant(
            $"{d.Key.Name}: {d.Value.Cut} of {d.Value.Values.Length} draws of {d.Key.Parameter} {WereCut}")),
    ];

    /// <summary>Place of a driver by name.</summary>
    /// <exception cref="ArgumentException">No driver of the run has the name.</exception>
    public int PlaceOf(string name) => _places.TryGetValue(name, out var place)
        ? place
        : throw new ArgumentException($"expected one of the drivers {string.Join(", ", _places.Keys)}, found {name}");

    /// <summary>What a stochastic driver has drawn.</summary>
    public double Draw(StochasticDriver driver, int path, YearMonth month)
    {
        var draws = _draws[driver];
        return draws.Values[draws.IndexOf(path, month)];
    }

    /// <summary>The base driver of a stochastic one with the number that it has drawn.</summary>
    public Driver Drawn(StochasticDriver driver, int path, YearMonth month)
    {
        var draws = _draws[driver];
        var index = draws.IndexOf(path, month);
        return draws.Drivers.Length > 0 ? draws.Drivers[index] : driver.With(draws.Values[index], out _);
    }

    private static void Collect(IEnumerable<Driver> drivers, List<StochasticDriver> found)
    {
        foreach (var driver in drivers)
        {
            if (driver is StochasticDriver chance)
            {
                found.Add(chance);
            }

            Collect(driver.Inner, found);
        }
    }

    private void DrawAll(List<StochasticDriver> chances, ScenarioInputs inputs)
    {
        var months = inputs.Curves.SelectMany(static c => c.Months).Select(static m => m.Month).ToArray();
        var (first, last) = months.Length == 0 ? (new YearMonth(2000, 1), new YearMonth(2000, 1)) : (months.Min(), months.Max());
        var spans = chances.Select(c => Span.Of(c.Varies, first, last)).ToArray();
        var total = spans.Sum(s => (long)s.Count * inputs.Paths);
        if (total > MaxDraws)
        {
            throw new DocumentException(
                [new DocumentError("$.parameters.paths", $"at most {MaxDraws} draws over drivers, paths and periods", $"{total}")]);
        }

        var factor = Copula.Factor(chances);
        var random = new CounterRandom(inputs.Seed);
        for (var k = 0; k < chances.Count; k++)
        {
            var values = new double[inputs.Paths * spans[k].Count];
            for (var i = 0; i < values.Length; i++)
            {
                var counter = ((ulong)(i / spans[k].Count) * PeriodsOfPath) + (ulong)(spans[k].First + (i % spans[k].Count));
                values[i] = chances[k].Distribution.Of(Copula.Normal(random, factor, k, FirstStream, counter));
            }

            _draws[chances[k]] = Draws.Of(chances[k], spans[k], values);
        }
    }

    /// <summary>The years or months that draws are for, numbered absolutely; one where a draw lasts for all.</summary>
    private readonly record struct Span(DrawVaries Varies, int First, int Count)
    {
        public static Span Of(DrawVaries varies, YearMonth first, YearMonth last)
        {
            var (from, to) = (NumberOf(varies, first), NumberOf(varies, last));
            return new Span(varies, from, to - from + 1);
        }

        public int IndexOf(YearMonth month) => NumberOf(Varies, month) - First;

        private static int NumberOf(DrawVaries varies, YearMonth month) => varies switch
        {
            DrawVaries.Once => 0,
            DrawVaries.Year => month.Year,
            _ => (month.Year * 12) + month.Month,
        };
    }

    /// <summary>What a driver has drawn by path and period, and, where draws last for all months, the drivers that they
    /// make.</summary>
    private sealed record Draws(Span Span, double[] Values, Driver[] Drivers, int Cut)
    {
        public static Draws Of(StochasticDriver driver, Span span, double[] values)
        {
            if (driver.BaseDriver is null || driver.Parameter == StochasticDriver.EffectParameter)
            {
                return new Draws(span, values, [], 0);
            }

            var cut = 0;
            var drivers = Array.ConvertAll(values, value =>
            {
                var drawn = driver.With(value, out var isCut);
                cut += isCut ? 1 : 0;
                return drawn;
            });
            return new Draws(span, values, span.Varies == DrawVaries.Once ? drivers : [], cut);
        }

        public int IndexOf(int path, YearMonth month) => (path * Span.Count) + Span.IndexOf(month);
    }
}
