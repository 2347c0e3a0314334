using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Workbooks;

/// <summary>How the prices of a made-up curve come about.</summary>
/// <param name="Name">Its stream of chance.</param>
/// <param name="Driver">The stream that it shares with related curves: gas, power, oil.</param>
/// <param name="Level">Price about which it moves; the width of its moves for a spread.</param>
/// <param name="Season">Share of the level by which winter lies above summer.</param>
/// <param name="IsSpread">Whether it moves about zero, to both sides.</param>
/// <param name="Of">Derived prices: the curve that they are of, and what one unit of it is in theirs. Null for others.</param>
/// <param name="Spark">Spreads: power, and the gas that is burnt for it, in gas for one of power. Null for others.</param>
internal sealed record PriceModel(
    string Name, string Driver, double Level, double Season = 0, bool IsSpread = false, (PriceModel Curve, double Times)? Of = null,
    (PriceModel Power, PriceModel Gas, double HeatRate)? Spark = null);

/// <summary>Prices of made-up curves on any day for any month: the same seed, curve, day and month always give the same price, and
/// neighbouring days lie near each other.</summary>
internal sealed class CurvePrices(ulong seed)
{
    private const int PeakMonth = 1;
    private const double MonthsUntilCalm = 18;

    private static readonly LocalDate Epoch = new(2000, 1, 1);

    private readonly Dice _dice = new Dice(seed).For("workbooks");

    /// <summary>Curves, by model name, that stand where they stood on the day before.</summary>
    public HashSet<string> CopiedForward { get; } = [];

    /// <summary>Curves, by model name, with what their prices are multiplied by.</summary>
    public Dictionary<string, double> Jumps { get; } = [];

    public double MidOf(PriceModel model, LocalDate asOf, YearMonth month)
    {
        if (model.Of is var (curve, times))
        {
            return MidOf(curve, asOf, month) * times;
        }

        if (model.Spark is var (power, gas, rate))
        {
            return MidOf(power, asOf, month) - (rate * MidOf(gas, asOf, month));
        }

        var day = CopiedForward.Contains(model.Name) ? BusinessDays.Before(asOf) : asOf;
        var price = Price(model, Period.DaysBetween(Epoch, day), MonthsBetween(day.ToYearMonth(), month), month);
        return Jumps.TryGetValue(model.Name, out var jump) ? price * jump : price;
    }

    private double Price(PriceModel model, int day, int ahead, YearMonth month)
    {
        var (shared, own, shape) = (_dice.For(model.Driver), _dice.For(model.Name), _dice.For(model.Name + "/shape"));
        var calm = 0.35 + (0.65 * Math.Exp(-Math.Max(ahead, 0) / MonthsUntilCalm));
        var moves = calm * (
            (0.20 * shared.Smooth(day / 45.0)) + (0.06 * shared.For(1).Smooth(day / 9.0)) + (0.012 * (shared.Unit(day) - 0.5))
            + (0.07 * own.Smooth(day / 60.0)) + (0.006 * (own.Unit(day) - 0.5)));
        var season = model.Season * Math.Cos(2 * Math.PI * (month.Month - PeakMonth) / 12.0);
        var years = 0.05 * shape.Smooth(month.Year + ((month.Month - 1) / 12.0));
        return model.IsSpread
            ? model.Level * (shape.Smooth(0.5) + season + (2 * (moves + years)))
            : model.Level * (1 + season + years) * Math.Exp(moves);
    }

    private static int MonthsBetween(YearMonth from, YearMonth to) => ((to.Year - from.Year) * 12) + to.Month - from.Month;
}
