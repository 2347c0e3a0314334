using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Ppa.Terms;
using Aurum.Market.Time;

namespace Aurum.Curves.Ppa.Valuing;

/// <summary>Says what a value was made with.</summary>
internal static class ValuationNotes
{
    public static IReadOnlyList<string> Of(CaseBook book, PpaContract contract, MarketView view, PpaCase now)
    {
        var grid = book.Grid;
        var notes = new List<string>
        {
            FormattableString.Invariant(
                $"deliveries from {grid.First:uuuu-MM-dd} to {grid.Last:uuuu-MM-dd}: {now.Plan.Count} intervals of ")
                + FormattableString.Invariant($"{contract.SettlementMinutes} minutes ({grid.ContractHours} hours) of calendar ")
                + $"{contract.Market.Name}, {contract.Market.Zone.Id}, version {PeakCalendars.Shipped.Version}",
        };
        if (grid.First > contract.Start)
        {
            notes.Add($"deliveries before {grid.First:uuuu-MM-dd} are settled and not in the value");
        }

        notes.Add(view.Shape is null
            ? "all hours of a month and block have its forward price: no hourly shape"
            : "an hourly shape is laid on the forward prices; the means of each month and block are kept exactly");
        notes.AddRange(book.ForwardsOf(contract, view).Notes);
        PointPrices.BasisOf(grid, contract.Point.Basis, view, notes);
        if (view.Cannibalisation is { } decline)
        {
            notes.Add(contract.Volume.IsProduced
                ? FormattableString.Invariant(
                    $"assumed: from {decline.FromYear} on each year takes {decline.DeclinePercentPerYear} % of the capture price; ")
                    + "hourly prices are tilted against the plant's output, means of months and blocks kept"
                : "the assumed decline of the capture price does not touch a volume that hangs on no plant");
        }

        notes.Add(RatesOf(contract, view));
        if (contract.Upfront is not null && now.Upfront is null)
        {
            notes.Add("what is paid once was paid before the valuation date and is not in the value");
        }

        notes.Add("the rate of return is effective a year, by exact days over 365 (XIRR) from the undiscounted money");
        return notes;
    }

    private static string RatesOf(PpaContract contract, MarketView view)
    {
        var rates = PlanBuilder.DiscountingOf(contract, view);
        var source = view.Discounting is null ? "of the contract" : "of the view of the market";
        var what = rates.Zeros.Count == 0
            ? FormattableString.Invariant($"{rates.AnnualPercent} % a year")
            : FormattableString.Invariant($"{rates.Zeros.Count} zero rates");
        return FormattableString.Invariant(
            $"money is discounted with {what} {source}, effective, days over 365, to {view.ValuationDate:uuuu-MM-dd}; ")
            + FormattableString.Invariant($"months are paid {rates.PaymentLagDays} days after their end");
    }
}
