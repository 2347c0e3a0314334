using Aurum.Curves.Ppa.Terms;

namespace Aurum.Curves.Ppa.Settling;

/// <summary>What a contract pays: the one definition, an interval at a time. Pure.</summary>
public static class Settlement
{
    /// <summary>Price that the contract has for a MWh when the market has one.</summary>
    public static double ContractPrice(in PlanTerm term, double price)
    {
        var beside = price - term.Strike;
        var shared = beside > 0 ? term.Upside * beside : term.Downside * beside;
        return Math.Min(Math.Max(term.Fixed + (term.Factor * price) + shared, term.Floor), term.Cap);
    }

    /// <summary>Whether a price is low by itself. Runs are marked by <see cref="MarkRuns"/>; other clauses know no low prices.</summary>
    public static bool IsLow(in PlanClause clause, double price) =>
        clause.Kind is NegativePriceKind.NoPayBelow or NegativePriceKind.Curtail && price < clause.Below;

    /// <summary>Whether what would have been is delivered.</summary>
    public static bool IsDelivered(in PlanClause clause, bool isLow) => !(isLow && clause.Kind == NegativePriceKind.Curtail);

    /// <summary>What an interval is worth to the buyer, before fees: what he gets less what he pays.</summary>
    /// <param name="isLow">As <see cref="IsLow"/> or <see cref="MarkRuns"/> say.</param>
    /// <param name="price">Market price at the settlement point, per MWh.</param>
    /// <param name="volume">What would be delivered, MWh.</param>
    public static double BuyerNet(in PlanTerm term, in PlanClause clause, bool isPhysical, bool isLow, double price, double volume)
    {
        if (isLow)
        {
            return clause.Kind == NegativePriceKind.Curtail
                ? -clause.Compensation * Math.Max(ContractPrice(term, price), 0) * volume
                : isPhysical ? price * volume : 0;
        }

        var settled = clause.Kind == NegativePriceKind.FloorZero ? Math.Max(price, 0) : price;
        return (settled - ContractPrice(term, settled)) * volume;
    }

    /// <summary>Marks the intervals of runs of low prices that are long enough, from the first of a run on. A run goes over the end of
    /// a month; it begins with the plan's first interval at the earliest.</summary>
    public static void MarkRuns(in PlanClause clause, ReadOnlySpan<double> prices, Span<bool> isLow)
    {
        isLow = isLow[..prices.Length];
        isLow.Clear();
        if (clause.Kind != NegativePriceKind.Consecutive)
        {
            return;
        }

        var start = 0;
        for (var i = 0; i <= prices.Length; i++)
        {
            if (i < prices.Length && prices[i] < clause.Below)
            {
                continue;
            }

            if (i - start >= clause.RunIntervals)
            {
                isLow[start..i].Fill(true);
            }

            start = i + 1;
        }
    }

    /// <summary>What a year's volume outside its band changes for the buyer; settled with the year's last month.</summary>
    /// <param name="delivered">Of the year, MWh.</param>
    /// <param name="net">Sum of <see cref="BuyerNet"/> over the year.</param>
    /// <param name="market">Delivered volume times market price over the year.</param>
    public static double BuyerBand(VolumeBand? band, in PlanYear year, double delivered, double net, double market)
    {
        if (band is null || delivered <= 0)
        {
            return band is { Shortfall: ShortfallRule.Charge } ? year.MinMwh * band.ShortfallCharge : 0;
        }

        if (delivered > year.MaxMwh)
        {
            var share = (delivered - year.MaxMwh) / delivered;
            return share * ((band.Excess == ExcessRule.Price ? market - (band.ExcessPrice * delivered) : 0) - net);
        }

        var missing = Math.Max(year.MinMwh - delivered, 0);
        return band.Shortfall switch
        {
            ShortfallRule.Replace => missing / delivered * net,
            ShortfallRule.Charge => missing * band.ShortfallCharge,
            _ => 0,
        };
    }

    /// <summary>Settles prices and volumes of all intervals: money of our side by month, undiscounted, fees and charges taken off. What
    /// was paid once is not in it.</summary>
    public static double[] Of(SettlementPlan plan, ReadOnlySpan<double> prices, ReadOnlySpan<double> volumes) =>
        Array.ConvertAll(Months(plan, prices, volumes), static m => m.Net);

    /// <summary>The same with its parts.</summary>
    public static SettledMonth[] Months(SettlementPlan plan, ReadOnlySpan<double> prices, ReadOnlySpan<double> volumes)
    {
        var isLow = plan.Clause.Kind == NegativePriceKind.Consecutive ? new bool[plan.Count] : [];
        if (isLow.Length > 0)
        {
            MarkRuns(plan.Clause, prices, isLow);
        }

        var months = new SettledMonth[plan.Months.Length];
        foreach (ref readonly var term in plan.Terms.AsSpan())
        {
            AddTerm(plan, term, prices, volumes, isLow, ref months[term.Month]);
        }

        for (var i = 0; i < months.Length; i++)
        {
            AddCosts(plan, i, ref months[i]);
        }

        if (plan.Contract.Volume.Band is { } band)
        {
            AddBands(plan, band, months);
        }

        return months;
    }

    /// <summary>One month of a plan, without the band.</summary>
    /// <param name="isLow">Marks of runs of low prices; empty where the clause knows no runs.</param>
    internal static SettledMonth Month(
        SettlementPlan plan, int month, ReadOnlySpan<double> prices, ReadOnlySpan<double> volumes, ReadOnlySpan<bool> isLow)
    {
        var settled = default(SettledMonth);
        foreach (ref readonly var term in plan.Terms.AsSpan())
        {
            if (term.Month == month)
            {
                AddTerm(plan, term, prices, volumes, isLow, ref settled);
            }
        }

        AddCosts(plan, month, ref settled);
        return settled;
    }

    private static void AddCosts(SettlementPlan plan, int place, ref SettledMonth month)
    {
        month.Fees = (plan.FeePerMwh * month.Delivered) + plan.Months[place].Fee;
        month.CreditCharge = plan.Months[place].CreditCharge;
        month.Sign = plan.Sign;
    }

    /// <summary>Value of money by month on the valuation date, with what is paid once.</summary>
    public static double PresentValue(SettlementPlan plan, ReadOnlySpan<double> netByMonth)
    {
        var sum = -plan.UpfrontPresentValue;
        for (var i = 0; i < netByMonth.Length; i++)
        {
            sum += netByMonth[i] * plan.Months[i].Discount;
        }

        return sum;
    }

    private static void AddTerm(
        SettlementPlan plan,
        in PlanTerm term,
        ReadOnlySpan<double> prices,
        ReadOnlySpan<double> volumes,
        ReadOnlySpan<bool> inRun,
        ref SettledMonth month)
    {
        var clause = plan.Clause;
        var (delivered, expected, market, payment, net, taken) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = term.First; i < term.First + term.Count; i++)
        {
            var (price, volume) = (prices[i], volumes[i]);
            var isLow = inRun.Length > 0 ? inRun[i] : IsLow(clause, price);
            expected += volume;
            market += price * volume;
            payment += ContractPrice(term, price) * volume;
            net += BuyerNet(term, clause, plan.IsPhysical, isLow, price, volume);
            if (IsDelivered(clause, isLow))
            {
                delivered += volume;
                taken += price * volume;
            }
        }

        month.Expected += expected;
        month.Delivered += delivered;
        month.Market += market;
        month.Payment += payment;
        month.BuyerNet += net;
        month.MarketOfDelivered += taken;
    }

    private static void AddBands(SettlementPlan plan, VolumeBand band, SettledMonth[] months)
    {
        foreach (ref readonly var year in plan.Years.AsSpan())
        {
            var (delivered, net, market) = (0.0, 0.0, 0.0);
            foreach (ref readonly var month in months.AsSpan(year.FirstMonth, year.MonthCount))
            {
                delivered += month.Delivered;
                net += month.BuyerNet;
                market += month.MarketOfDelivered;
            }

            months[year.FirstMonth + year.MonthCount - 1].BuyerBand = BuyerBand(band, year, delivered, net, market);
        }
    }
}
