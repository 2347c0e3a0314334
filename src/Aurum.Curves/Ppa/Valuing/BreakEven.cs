using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Ppa.Terms;

namespace Aurum.Curves.Ppa.Valuing;

/// <summary>Finds the fixed price at which a contract is worth nothing, all its other terms kept.</summary>
internal static class BreakEven
{
    private const int MaxSteps = 40;
    private const double LeastSlope = 1e-9;

    /// <summary>Distance from zero at which the search ends.</summary>
    private const double Nothing = 1e-6;

    /// <summary>Largest distance from zero that counts as nothing where rounding lets the search come no nearer.</summary>
    private const double HalfCent = 0.005;

    /// <param name="guess">A price to begin with, per MWh.</param>
    /// <returns>Null where the value does not hang on the price.</returns>
    public static double? Of(CaseBook book, PpaContract contract, MarketView view, double guess)
    {
        var (a, b) = (guess, guess + 1);
        var (atA, atB) = (ValueAt(book, contract, view, a), ValueAt(book, contract, view, b));
        for (var step = 0; step < MaxSteps; step++)
        {
            if (Math.Abs(atB) <= Nothing)
            {
                return b;
            }

            var slope = (atB - atA) / (b - a);
            if (b == a || !double.IsFinite(slope) || Math.Abs(slope) < LeastSlope)
            {
                return Math.Abs(atB) <= HalfCent ? b : null;
            }

            (a, atA, b) = (b, atB, b - (atB / slope));
            atB = ValueAt(book, contract, view, b);
        }

        return Math.Abs(atB) <= HalfCent ? b : null;
    }

    private static double ValueAt(CaseBook book, PpaContract contract, MarketView view, double price)
    {
        var plan = book.PlanOf(contract with { Price = new PpaPrice { Kind = PriceKind.Fixed, Price = price } }, view);
        return Settlement.PresentValue(plan, Settlement.Of(plan, plan.ForwardPrice, plan.ExpectedVolume));
    }
}
