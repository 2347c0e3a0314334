using Aurum.Curves.Documents;

namespace Aurum.Curves.Simulation;

/// <summary>How prices and volumes move around what the forward curve and the expected volume say. The formulas are in docs/ppa.md.
/// </summary>
/// <remarks>
/// <para>Price: <c>(F + shift) exp(X + L - (var X + var L) / 2) - shift + U - E[U] - (D - E[D])</c>, with X a short-term factor that
/// reverts to 0, L a long-term factor that does not, U and D spikes up and down. Its mean is the forward price F exactly.</para>
/// <para>Volume: <c>c Φ(a + Y)</c> with capacity c and a factor Y that reverts to 0; a is such that the mean is the expected volume
/// exactly. It lies between 0 and the capacity.</para>
/// <para>Amounts per MWh are in the contract's currency. The defaults are assumptions, not measurements: a liquid hub of a market with
/// much wind and sun. <see cref="PriceCalibration"/> takes the numbers from a history.</para>
/// </remarks>
public sealed record PriceModel
{
    /// <summary>Calendar months.</summary>
    public const int Months = 12;

    internal static readonly NumberRange ReversionRange = NumberRange.Above0(100, "per day");
    internal static readonly NumberRange DeviationRange = NumberRange.From0(3);
    internal static readonly NumberRange ShiftRange = NumberRange.From0(10_000, "per MWh");
    internal static readonly NumberRange IntensityRange = NumberRange.From0(2_000, "a year");
    internal static readonly NumberRange SizeRange = NumberRange.From0(20_000, "per MWh");
    internal static readonly NumberRange HalfLifeRange = NumberRange.Above0(240, "hours");
    internal static readonly NumberRange CorrelationRange = new(-1, 1);

    /// <summary>Nothing moves: every path is the forward price and the expected volume.</summary>
    public static readonly PriceModel Still = new()
    {
        ShortDeviation = [.. Enumerable.Repeat(0.0, Months)],
        LongVolatility = 0,
        Up = SpikeModel.None,
        Down = SpikeModel.None,
        VolumeDeviation = 0,
    };

    /// <summary>How fast X goes back: after a day e^-this is left.</summary>
    public double ReversionPerDay { get; init; } = 0.6;

    /// <summary>Standard deviation of X once it has settled, by calendar month, January first: 12 numbers.</summary>
    public IReadOnlyList<double> ShortDeviation { get; init; } =
        [0.40, 0.38, 0.32, 0.30, 0.30, 0.34, 0.38, 0.38, 0.34, 0.30, 0.32, 0.38];

    /// <summary>Standard deviation of L after a year; after t years it is the root of t times that.</summary>
    public double LongVolatility { get; init; } = 0.12;

    /// <summary>Added to prices before their logarithm is taken, so that they can be negative: at least what a forward price is below 0.
    /// </summary>
    public double ShiftPerMwh { get; init; } = 30;

    public SpikeModel Up { get; init; } = SpikeModel.Even(perYear: 20, meanSize: 120, halfLifeHours: 2);

    public SpikeModel Down { get; init; } = SpikeModel.Even(perYear: 30, meanSize: 35, halfLifeHours: 2);

    /// <summary>Standard deviation of Y: 1 makes every output between nothing and the capacity alike likely at an expected half.</summary>
    public double VolumeDeviation { get; init; } = 0.6;

    /// <summary>How fast Y goes back: after a day e^-this is left.</summary>
    public double VolumeReversionPerDay { get; init; } = 0.8;

    /// <summary>Correlation of the moves of X and of Y.</summary>
    public double Correlation { get; init; } = -0.2;

    /// <summary>Whether volumes move.</summary>
    public bool IsVolumeRandom => VolumeDeviation > 0;

    /// <summary>Stops at the first number that is out of its range.</summary>
    /// <exception cref="ArgumentException">Says which, what is allowed and what was found.</exception>
    public void ThrowIfInvalid()
    {
        Check(nameof(ReversionPerDay), ReversionPerDay, ReversionRange);
        CheckMonths(nameof(ShortDeviation), ShortDeviation, DeviationRange);
        Check(nameof(LongVolatility), LongVolatility, DeviationRange);
        Check(nameof(ShiftPerMwh), ShiftPerMwh, ShiftRange);
        CheckSpikes(nameof(Up), Up);
        CheckSpikes(nameof(Down), Down);
        Check(nameof(VolumeDeviation), VolumeDeviation, DeviationRange);
        Check(nameof(VolumeReversionPerDay), VolumeReversionPerDay, ReversionRange);
        Check(nameof(Correlation), Correlation, CorrelationRange);
    }

    private static void CheckSpikes(string name, SpikeModel spikes)
    {
        CheckMonths($"{name}.{nameof(spikes.PerYear)}", spikes.PerYear, IntensityRange);
        Check($"{name}.{nameof(spikes.MeanSize)}", spikes.MeanSize, SizeRange);
        Check($"{name}.{nameof(spikes.HalfLifeHours)}", spikes.HalfLifeHours, HalfLifeRange);
    }

    private static void CheckMonths(string name, IReadOnlyList<double> values, NumberRange range)
    {
        if (values.Count != Months)
        {
            throw new ArgumentException($"{name}: expected {Months} numbers, January first, found {values.Count}");
        }

        foreach (var value in values)
        {
            Check(name, value, range);
        }
    }

    private static void Check(string name, double value, NumberRange range)
    {
        if (!range.Contains(value))
        {
            throw new ArgumentException(FormattableString.Invariant($"{name}: expected a number {range}, found {value}"));
        }
    }
}
