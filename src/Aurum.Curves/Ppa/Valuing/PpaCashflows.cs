using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Settling;
using NodaTime;

namespace Aurum.Curves.Ppa.Valuing;

/// <summary>Money as it is paid: cents, month by month.</summary>
internal static class PpaCashflows
{
    private const int Cents = 2;

    /// <summary>Rounds to the cent, half to even.</summary>
    /// <exception cref="ValuationRefusedException">No number, or one too large to be money.</exception>
    public static decimal Money(double amount) => Math.Abs(amount) < 1e15
        ? Math.Round((decimal)amount, Cents, MidpointRounding.ToEven)
        : throw new ValuationRefusedException(FormattableString.Invariant($"expected an amount below 1e15, found {amount}"));

    public static PpaCashflow[] Of(SettlementPlan plan, SettledMonth[] months)
    {
        var flows = new PpaCashflow[months.Length];
        for (var i = 0; i < flows.Length; i++)
        {
            var (month, at) = (months[i], plan.Months[i]);
            var parts = PartsOf(month);
            var present = Present(parts.Net, at.Discount);
            flows[i] = new PpaCashflow(
                at.Month, at.Payment, month.Expected, month.Delivered, PerMwh(month.Market, month.Expected),
                PerMwh(month.Payment, month.Expected), parts.Market, parts.Payment, parts.Clause, parts.Band, parts.Fees, parts.Credit,
                parts.Net, at.Discount, present);
        }

        return flows;
    }

    public static decimal ValueOf(SettlementPlan plan, SettledMonth[] months, PpaUpfront? upfront)
    {
        var sum = upfront?.PresentValue ?? 0;
        for (var i = 0; i < months.Length; i++)
        {
            sum += Present(PartsOf(months[i]).Net, plan.Months[i].Discount);
        }

        return sum;
    }

    /// <summary>What is paid once, where it is still to be paid on a day.</summary>
    public static PpaUpfront? UpfrontOf(SettlementPlan plan, MarketView view, LocalDate paidFrom)
    {
        if (PlanBuilder.UpfrontOf(plan.Contract, view, paidFrom) is not { } when)
        {
            return null;
        }

        var amount = Money(-plan.Contract.Upfront!.Amount);
        return new PpaUpfront(amount, when.Date, when.Discount, Present(amount, when.Discount));
    }

    public static double? PerMwh(double money, double volume) => volume > 0 ? money / volume : null;

    private static decimal Present(decimal amount, double discount) => Money((double)amount * discount);

    private static (decimal Market, decimal Payment, decimal Clause, decimal Band, decimal Fees, decimal Credit, decimal Net) PartsOf(
        in SettledMonth month)
    {
        var market = Money(month.Sign * month.Market);
        var payment = Money(-month.Sign * month.Payment);
        var clause = Money(month.Sign * month.BuyerClause);
        var band = Money(month.Sign * month.BuyerBand);
        var fees = Money(-month.Fees);
        var credit = Money(-month.CreditCharge);
        return (market, payment, clause, band, fees, credit, market + payment + clause + band + fees + credit);
    }
}
