using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Terms;
using NodaTime;

namespace Aurum.Curves.Ppa.Settling;

/// <summary>Lays a contract on the intervals of a grid.</summary>
internal static class PlanBuilder
{
    private const int MinutesOfHour = 60;
    private const int MonthsOfYear = 12;

    /// <param name="paidFrom">First day whose single payments are still to come.</param>
    /// <param name="prices">Of the settlement point, by interval of the contract.</param>
    /// <param name="volumes">By interval of the contract, MWh.</param>
    /// <param name="basis">By month of the grid.</param>
    public static SettlementPlan Build(
        PpaContract contract,
        MarketView view,
        DeliveryGrid grid,
        LocalDate paidFrom,
        double[] prices,
        double[] volumes,
        double[] basis)
    {
        var perHour = MinutesOfHour / contract.SettlementMinutes;
        var discounting = DiscountingOf(contract, view);
        var (terms, months) = Stretches(contract, view, grid, perHour, basis, discounting);
        var years = YearsOf(contract, grid, months);
        var clause = contract.NegativePrice;
        var plan = new SettlementPlan
        {
            Contract = contract,
            ValuationDate = view.ValuationDate,
            StartUnixSeconds = grid.StartUnixSeconds + (grid.FirstHour * 3_600L),
            IntervalMinutes = contract.SettlementMinutes,
            ForwardPrice = prices,
            ExpectedVolume = volumes,
            Terms = terms,
            Months = months,
            Years = years,
            Clause = new PlanClause(clause.Kind, clause.Below, clause.Hours * perHour, clause.CompensationPercent / 100),
            Sign = contract.Side == PpaSide.Buyer ? 1 : -1,
            IsPhysical = contract.Settlement == PpaSettlementType.Physical,
            FeePerMwh = contract.Fees.PerMwh,
            UpfrontPresentValue = UpfrontOf(contract, view, paidFrom) is { } upfront
                ? contract.Upfront!.Amount * upfront.Discount
                : 0,
        };
        if (contract.CreditPercentPerYear > 0)
        {
            CreditCharges.Add(plan, grid);
        }

        return plan;
    }

    /// <summary>The rates that count: the view's where it has any, with the contract's lag.</summary>
    public static Discounting DiscountingOf(PpaContract contract, MarketView view) => view.Discounting is { } own
        ? own with { PaymentLagDays = contract.Discounting.PaymentLagDays }
        : contract.Discounting;

    /// <summary>Day and discount of what is paid once; null where nothing is, or it was paid before a first day.</summary>
    public static (LocalDate Date, double Discount)? UpfrontOf(PpaContract contract, MarketView view, LocalDate paidFrom)
    {
        var date = contract.Upfront?.Date ?? contract.Start;
        return contract.Upfront is null || date < paidFrom
            ? null
            : (date, DiscountingOf(contract, view).FactorOf(view.ValuationDate, date));
    }

    /// <summary>The hours of the contract as intervals: each the hour's number times a factor.</summary>
    public static double[] IntervalsOf(DeliveryGrid grid, double[] hours, int perHour, double factor)
    {
        var own = hours.AsSpan(grid.FirstHour, grid.ContractHours);
        if (perHour == 1)
        {
            return own.ToArray();
        }

        var intervals = new double[own.Length * perHour];
        for (var i = 0; i < own.Length; i++)
        {
            intervals.AsSpan(i * perHour, perHour).Fill(own[i] * factor);
        }

        return intervals;
    }

    private static (PlanTerm[] Terms, PlanMonth[] Months) Stretches(
        PpaContract contract, MarketView view, DeliveryGrid grid, int perHour, double[] basis, Discounting discounting)
    {
        var terms = new List<PlanTerm>(grid.Months.Count + 64);
        var months = new PlanMonth[grid.Months.Count];
        for (var m = 0; m < months.Length; m++)
        {
            var month = grid.Months[m];
            var first = LocalDate.Max(month.Month.OnDayOfMonth(1), grid.First);
            var last = LocalDate.Min(month.Month.ToDateInterval().End, grid.Last);
            var begin = first;
            foreach (var change in PriceTerms.ChangesWithin(contract, first, last).Append(last.PlusDays(1)))
            {
                var (from, to) = (IntervalOf(grid, begin, perHour), IntervalOf(grid, change, perHour));
                var stretch = new PlanTerm(from, to - from, m, 0, 0, 0, 0, 0, 0, 0);
                terms.Add(PriceTerms.On(contract, begin, stretch, basis[m]));
                begin = change;
            }

            var start = IntervalOf(grid, first, perHour);
            var payment = discounting.PaymentOf(month.Month);
            var share = (double)(Period.DaysBetween(first, last) + 1) / month.DayCount;
            months[m] = new PlanMonth(
                month.Month, start, IntervalOf(grid, last.PlusDays(1), perHour) - start, month.Month.Year - grid.First.Year, payment,
                discounting.FactorOf(view.ValuationDate, payment), contract.Fees.PerMonth * share, 0);
        }

        return ([.. terms], months);
    }

    /// <summary>First interval of a day, counted from the contract's first; that of the day after the last is the number of all.</summary>
    private static int IntervalOf(DeliveryGrid grid, LocalDate date, int perHour)
    {
        var day = grid.DayIndexOf(date);
        var hour = day == grid.Days.Count ? grid.Hours : grid.Days[day].FirstHour;
        return (hour - grid.FirstHour) * perHour;
    }

    private static PlanYear[] YearsOf(PpaContract contract, DeliveryGrid grid, PlanMonth[] months)
    {
        var band = contract.Volume.Band;
        var years = new List<PlanYear>();
        for (var year = grid.First.Year; year <= grid.Last.Year; year++)
        {
            var (firstDay, lastDay) = (new LocalDate(year, 1, 1), new LocalDate(year, MonthsOfYear, 31));
            var days = Period.DaysBetween(LocalDate.Max(firstDay, grid.First), LocalDate.Min(lastDay, grid.Last)) + 1;
            var share = (double)days / (Period.DaysBetween(firstDay, lastDay) + 1);
            var first = Array.FindIndex(months, m => m.Month.Year == year);
            var count = months.Count(m => m.Month.Year == year);
            years.Add(new PlanYear(
                year, first, count, (band?.MinMwh ?? 0) * share, band is null ? double.PositiveInfinity : band.MaxMwh * share));
        }

        return [.. years];
    }
}
