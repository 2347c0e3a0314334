using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Ppa.Terms;

namespace Aurum.Curves.Ppa.Valuing;

/// <summary>Values contracts. Pure: the same contract and view give the same value.</summary>
public static class PpaValuer
{
    /// <summary>The contract laid on its intervals.</summary>
    /// <exception cref="ValuationRefusedException">The view does not allow it; says what is missing.</exception>
    public static SettlementPlan Plan(PpaContract contract, MarketView view) =>
        throw new NotSupportedException($"{contract.Name} on {view.ValuationDate}");

    /// <summary>Value, cash flows, risks by tenor and parts.</summary>
    /// <exception cref="ValuationRefusedException">The view does not allow it; says what is missing.</exception>
    public static PpaValuation Value(PpaContract contract, MarketView view) =>
        throw new NotSupportedException($"{contract.Name} on {view.ValuationDate}");

    /// <summary>Why the value changed between two views of the market, the second of a later day or the same.</summary>
    /// <exception cref="ValuationRefusedException">A view does not allow it; says what is missing.</exception>
    public static PpaExplain Explain(PpaContract contract, MarketView from, MarketView to) =>
        throw new NotSupportedException($"{contract.Name} from {from.ValuationDate} to {to.ValuationDate}");
}
