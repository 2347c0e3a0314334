using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Ppa.Terms;

namespace Aurum.Curves.Ppa.Valuing;

/// <summary>Values contracts. Pure: the same contract and view give the same value.</summary>
/// <remarks>The formulas are in docs/ppa.md. Budget: 15 years of hours of a pay-as-produced contract in less than 100 ms on one
/// thread.</remarks>
public static class PpaValuer
{
    /// <summary>The contract laid on its intervals.</summary>
    /// <exception cref="ValuationRefusedException">The view does not allow it; says what is missing.</exception>
    public static SettlementPlan Plan(PpaContract contract, MarketView view) => CaseBook.Of(contract, view).PlanOf(contract, view);

    /// <summary>Value, cash flows, risks by tenor and parts.</summary>
    /// <exception cref="ValuationRefusedException">The view does not allow it; says what is missing.</exception>
    public static PpaValuation Value(PpaContract contract, MarketView view)
    {
        var book = CaseBook.Of(contract, view);
        var now = book.Of(contract, view);
        var flows = PpaCashflows.Of(now.Plan, now.Months);
        var levelised = LevelisedPriceOf(now);
        return new PpaValuation
        {
            ValuationDate = view.ValuationDate,
            Currency = contract.Currency,
            Side = contract.Side,
            Cashflows = flows,
            Upfront = now.Upfront,
            NetPresentValue = now.Value,
            Irr = IrrOf(flows, now.Upfront),
            LevelisedPrice = levelised,
            Capture = CaptureReports.Of(book, contract, view, now),
            Deltas = TenorDeltas.Of(now, book.Grid, BumpedPrices(book, contract, view)),
            BreakEvenPrice = BreakEven.Of(book, contract, view, levelised ?? 1),
            Parts = ClauseSplit.Of(book, contract, view),
            Sensitivities = SensitivityReport.Of(book, contract, view, now.Value),
            Notes = ValuationNotes.Of(book, contract, view, now),
            Plan = now.Plan,
        };
    }

    /// <summary>Why the value changed between two views of the market, the second of a later day or the same.</summary>
    /// <exception cref="ValuationRefusedException">A view does not allow it, or the second is of an earlier day.</exception>
    public static PpaExplain Explain(PpaContract contract, MarketView from, MarketView to) => ValueChange.Of(contract, from, to);

    private static double? IrrOf(PpaCashflow[] flows, PpaUpfront? upfront)
    {
        var dated = flows.Select(static f => (f.Payment, f.Net)).ToList();
        if (upfront is not null)
        {
            dated.Add((upfront.Date, upfront.Amount));
        }

        return Xirr.Of(dated);
    }

    private static double? LevelisedPriceOf(PpaCase now)
    {
        var (money, volume) = (0.0, 0.0);
        for (var i = 0; i < now.Months.Length; i++)
        {
            money += now.Months[i].Payment * now.Plan.Months[i].Discount;
            volume += now.Months[i].Expected * now.Plan.Months[i].Discount;
        }

        return PpaCashflows.PerMwh(money, volume);
    }

    /// <summary>Prices of the intervals with every forward price 1 higher.</summary>
    private static double[] BumpedPrices(CaseBook book, PpaContract contract, MarketView view)
    {
        var hub = HubPrices.Of(book.Grid, book.ForwardsOf(contract, view).Moved(1, 1), view.Shape);
        return book.PlanOf(contract, view, hub).ForwardPrice;
    }
}
