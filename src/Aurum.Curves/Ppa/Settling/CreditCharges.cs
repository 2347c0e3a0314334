using Aurum.Curves.Ppa.Delivery;

namespace Aurum.Curves.Ppa.Settling;

/// <summary>What securing a contract costs: a yearly percentage of the payments that are still to come, at forward prices and expected
/// volumes, undiscounted; a twelfth of it each month.</summary>
internal static class CreditCharges
{
    private const int MonthsOfYear = 12;

    /// <summary>Charge of a whole month for 1 that is still to be paid.</summary>
    public static double RateOf(SettlementPlan plan) => plan.Contract.CreditPercentPerYear / 100 / MonthsOfYear;

    /// <summary>Writes the charge into the months of a plan.</summary>
    public static void Add(SettlementPlan plan, DeliveryGrid grid)
    {
        var payments = new double[plan.Months.Length];
        foreach (ref readonly var term in plan.Terms.AsSpan())
        {
            for (var i = term.First; i < term.First + term.Count; i++)
            {
                payments[term.Month] += Settlement.ContractPrice(term, plan.ForwardPrice[i]) * plan.ExpectedVolume[i];
            }
        }

        var outstanding = 0.0;
        for (var m = plan.Months.Length - 1; m >= 0; m--)
        {
            outstanding += Math.Abs(payments[m]);
            plan.Months[m] = plan.Months[m] with { CreditCharge = RateOf(plan) * outstanding * ShareOf(plan, grid, m) };
        }
    }

    /// <summary>Part of a month's hours that is in the plan.</summary>
    public static double ShareOf(SettlementPlan plan, DeliveryGrid grid, int month) =>
        plan.Months[month].Count * plan.IntervalMinutes / 60.0 / grid.Months[month].Hours;
}
