namespace Aurum.Curves.Ppa.Terms;

/// <summary>Says what is paid for a MWh.</summary>
internal static class PriceWords
{
    public static IEnumerable<string> Of(PpaContract contract)
    {
        var price = contract.Price;
        switch (price.Kind)
        {
            case PriceKind.Fixed or PriceKind.Escalator:
                yield return PpaWords.PerMwh(contract, price.Price) + (price.Escalator is null ? ", fixed for the whole contract." : ".");
                break;
            case PriceKind.Stepped:
                var steps = price.Steps.Select(s => $"{PpaWords.PerMwh(contract, s.Value)} from {PpaWords.Day(s.From)}");
                yield return $"{string.Join(", ", steps)}.";
                break;
            case PriceKind.Share:
                yield return $"{PpaWords.PerMwh(contract, price.Price)}, plus {PpaWords.Number(price.UpsidePercent)} % of what the "
                    + $"market is above it, less {PpaWords.Number(price.DownsidePercent)} % of what it is below.";
                break;
            default:
                yield return $"{IndexOf(contract)}.";
                break;
        }

        if (BoundsOf(contract) is { } bounds)
        {
            yield return bounds;
        }

        if (price.Escalator is { } escalator)
        {
            yield return $"{(price.Kind == PriceKind.Escalator ? "It changes" : "Its amounts change")} by "
                + $"{PpaWords.Number(escalator.PercentPerYear)} % a year, compound, on each "
                + (escalator.Step == EscalatorStep.CalendarYear ? "1 January." : $"anniversary of {PpaWords.Day(contract.Start)}.");
        }
    }

    public static string LowPricesOf(PpaContract contract)
    {
        var clause = contract.NegativePrice;
        var below = PpaWords.PerMwh(contract, clause.Below);
        var notPaid = contract.Settlement == PpaSettlementType.Physical
            ? "the contract price is not paid; the energy is delivered all the same"
            : "nothing is settled";
        return clause.Kind switch
        {
            NegativePriceKind.FloorZero => "A market price below zero counts as zero: the seller bears what is below.",
            NegativePriceKind.NoPayBelow => $"In an interval with a market price below {below}, {notPaid}.",
            NegativePriceKind.Consecutive =>
                $"Where the market price is below {below} for {clause.Hours} hours in a row or longer, {notPaid}, from the first of "
                + "them on.",
            NegativePriceKind.Curtail when clause.CompensationPercent > 0 =>
                $"In an interval with a market price below {below} the plant stands still; the buyer pays "
                + $"{PpaWords.Number(clause.CompensationPercent)} % of the contract price for what would have been.",
            NegativePriceKind.Curtail =>
                $"In an interval with a market price below {below} the plant stands still and nothing is paid.",
            _ => "Settled like others.",
        };
    }

    private static string IndexOf(PpaContract contract)
    {
        var price = contract.Price;
        var values = price.IndexValues.Select(static v => $"{PpaWords.Number(v.Value)} from {PpaWords.Day(v.From)}");
        var index = price.Reference switch
        {
            IndexReference.SettlementPoint => $"the market price of the interval at {contract.Point.Name}",
            IndexReference.Hub => "the market price of the interval at the hub",
            _ => $"the contract's index ({string.Join(", ", values)})",
        };
        var factor = price.Factor == 1 ? "" : $"{PpaWords.Number(price.Factor * 100)} % of ";
        var adder = price.Adder == 0
            ? ""
            : $" {(price.Adder > 0 ? "plus" : "less")} {PpaWords.PerMwh(contract, Math.Abs(price.Adder))}";
        return $"{factor}{index}{adder}";
    }

    private static string? BoundsOf(PpaContract contract) => (contract.Price.Floor, contract.Price.Cap) switch
    {
        ({ } floor, { } cap) => $"Never below {PpaWords.PerMwh(contract, floor)}, never above {PpaWords.PerMwh(contract, cap)}.",
        ({ } floor, null) => $"Never below {PpaWords.PerMwh(contract, floor)}.",
        (null, { } cap) => $"Never above {PpaWords.PerMwh(contract, cap)}.",
        _ => null,
    };
}
