using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Eia;

/// <summary>The sandbox's Short-Term Energy Outlook: put out on the 9th of each month at 16:00 UTC, it reaches to the end of the next
/// year, and what it says of months to come differs from one to the next.</summary>
internal static class EiaOutlook
{
    private static readonly (string Id, string Title, string Unit, double Level, int Decimals)[] Series =
    [
        ("BREPUUS", "Brent crude oil spot price", "dollars per barrel", 73, 2),
        ("COPRPUS", "U.S. Crude Oil Production", "million barrels per day", 13.3, 2),
        ("ELDUTUS", "Average U.S. electricity price, all sectors", "cents per kilowatthour", 13.4, 2),
        ("EPEOTWH", "Total U.S. electricity generation", "billion kilowatthours", 360, 1),
        ("NGHHUUS", "Henry Hub natural gas spot price", "dollars per million Btu", 3.4, 2),
        ("NGWGPUS", "U.S. Natural Gas Working Inventory, end of period", "billion cubic feet", 2_700, 0),
        ("WTIPUUS", "West Texas Intermediate crude oil price", "dollars per barrel", 69, 2),
    ];

    public static EiaTable Of(Dice dice) => new(
        "steo", "outlook", "steo", "monthly", "YYYY-MM",
        "Short-Term Energy Outlook.  \n    Monthly short-term (18 month) projections.", ["seriesId"], [("value", "unit")],
        (date, now) => Rows(dice, date, now))
    {
        Months = 24,
    };

    private static IEnumerable<EiaRecord> Rows(Dice dice, LocalDate date, Instant now)
    {
        var first = new LocalDate(date.Year, date.Month, 1);
        var issued = Issue(now);
        if (first.Year > issued.Year + 1)
        {
            yield break;
        }

        var ahead = Math.Max(0, Period.Between(issued, first, PeriodUnits.Months).Months);
        var interval = DeliveryInterval.Between(EiaTables.Midnight(first), EiaTables.Midnight(first.PlusMonths(1)));
        foreach (var series in Series)
        {
            var own = dice.For(series.Id);
            var view = own.For((ulong)issued.DaysSinceEpoch()).Smooth(first.DaysSinceEpoch() / 90.0);
            var value = series.Level * (1 + (0.1 * own.Smooth(first.DaysSinceEpoch() / 120.0)) + (0.004 * ahead * view));
            yield return new EiaRecord($"{first:uuuu-MM}", interval,
            [
                new("seriesId", series.Id), new("seriesDescription", series.Title),
                new("value", EiaTables.Text(value, series.Decimals)), new("unit", series.Unit),
            ]);
        }
    }

    /// <summary>First day of the month whose outlook is the newest at an instant.</summary>
    private static LocalDate Issue(Instant now)
    {
        var today = now.InUtc();
        var month = new LocalDate(today.Year, today.Month, 1);
        return now >= month.PlusDays(8).At(new LocalTime(16, 0)).InUtc().ToInstant() ? month : month.PlusMonths(-1);
    }
}
