using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Terms;
using NodaTime;

namespace Aurum.Curves.Ppa.Settling;

/// <summary>What a contract's price is on a day, and on which days it changes.</summary>
internal static class PriceTerms
{
    /// <summary>The terms of a stretch that begins on a day.</summary>
    /// <param name="stretch">Its place.</param>
    /// <param name="basis">Of its month, which an index of the hub has not.</param>
    public static PlanTerm On(PpaContract contract, LocalDate day, PlanTerm stretch, double basis)
    {
        var price = contract.Price;
        var growth = GrowthOn(contract, day);
        var term = stretch with
        {
            Floor = price.Floor is { } floor ? floor * growth : double.NegativeInfinity,
            Cap = price.Cap is { } cap ? cap * growth : double.PositiveInfinity,
        };
        switch (price.Kind)
        {
            case PriceKind.Fixed or PriceKind.Escalator:
                return term with { Fixed = price.Price * growth };
            case PriceKind.Stepped:
                return term with { Fixed = ValueOn(price.Steps, day) };
            case PriceKind.Share:
                var strike = price.Price * growth;
                return term with
                {
                    Fixed = strike, Strike = strike, Upside = price.UpsidePercent / 100, Downside = price.DownsidePercent / 100,
                };
            default:
                var adder = price.Adder * growth;
                return price.Reference switch
                {
                    IndexReference.Given => term with { Fixed = adder + (price.Factor * ValueOn(price.IndexValues, day)) },
                    IndexReference.Hub => term with { Fixed = adder - (price.Factor * basis), Factor = price.Factor },
                    _ => term with { Fixed = adder, Factor = price.Factor },
                };
        }
    }

    /// <summary>Days after a first one, up to a last, on which the price changes; in order.</summary>
    public static IReadOnlyList<LocalDate> ChangesWithin(PpaContract contract, LocalDate first, LocalDate last)
    {
        var price = contract.Price;
        var days = new SortedSet<LocalDate>();
        foreach (var step in price.Steps.Concat(price.IndexValues))
        {
            days.Add(step.From);
        }

        if (price.Escalator is { } escalator)
        {
            for (var year = first.Year; year <= last.Year; year++)
            {
                days.Add(escalator.Step == EscalatorStep.CalendarYear
                    ? new LocalDate(year, 1, 1)
                    : contract.Start.PlusYears(year - contract.Start.Year));
            }
        }

        return [.. days.Where(d => d > first && d <= last)];
    }

    private static double GrowthOn(PpaContract contract, LocalDate day)
    {
        if (contract.Price.Escalator is not { } escalator)
        {
            return 1;
        }

        var years = escalator.Step == EscalatorStep.CalendarYear
            ? day.Year - contract.Start.Year
            : HourlyVolumes.WholeYears(contract.Start, day);
        return Math.Pow(1 + (escalator.PercentPerYear / 100), years);
    }

    private static double ValueOn(IReadOnlyList<PriceStep> steps, LocalDate day)
    {
        var value = steps[0].Value;
        foreach (var step in steps)
        {
            if (step.From <= day)
            {
                value = step.Value;
            }
        }

        return value;
    }
}
