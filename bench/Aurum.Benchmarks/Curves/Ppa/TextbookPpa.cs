using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Terms;
using NodaTime;

namespace Aurum.Benchmarks.Curves.Ppa;

/// <summary>A contract valued as it is printed: each hour by itself, its month, day and clock looked up, its money put into a dictionary.
/// </summary>
internal static class TextbookPpa
{
    /// <returns>Present value to the buyer of a fixed or escalated price with a bound below which nothing is paid.</returns>
    public static double Value(PpaContract contract, MarketView view)
    {
        var forwards = view.Forwards[0].Months.ToDictionary(static m => m.Month, static m => m.Price);
        var zone = contract.Market.Zone;
        var money = new Dictionary<YearMonth, double>();
        var end = zone.AtStartOfDay(contract.End.PlusDays(1)).ToInstant();
        for (var hour = zone.AtStartOfDay(contract.Start).ToInstant(); hour < end; hour += Duration.FromHours(1))
        {
            var local = hour.InZone(zone);
            var month = local.Date.ToYearMonth();
            var price = forwards[month] + view.Shape!.Of(local.Month, TextbookCurves.DayOf(local, contract.Market))[local.Hour];
            var years = Period.Between(contract.Start, local.Date, PeriodUnits.Years).Years;
            var volume = contract.Volume.CapacityMw * contract.Volume.Shape!.Factors[((local.Month - 1) * 24) + local.Hour]
                * Math.Pow(1 - (contract.Volume.DegradationPercentPerYear / 100), years);
            var paid = contract.Price.Price * Math.Pow(1 + (contract.Price.Escalator!.PercentPerYear / 100), years);
            var net = price < contract.NegativePrice.Below ? 0 : (price - paid) * volume;
            money[month] = money.GetValueOrDefault(month) + net;
        }

        return money.Sum(m => m.Value * contract.Discounting.FactorOf(view.ValuationDate, contract.Discounting.PaymentOf(m.Key)));
    }
}
