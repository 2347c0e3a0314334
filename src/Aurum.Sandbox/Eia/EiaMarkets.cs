using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Eia;

/// <summary>The routes of petroleum and natural gas beside the spot prices, filled from <see cref="EiaCurves"/>.</summary>
internal static class EiaMarkets
{
    /// <summary>Route, last part of the feed's id, frequency, last day of its week, hours from the period's end until it is
    /// shown.</summary>
    private static readonly (string Route, string Feed, string Frequency, IsoDayOfWeek Ends, double HoursAfter)[] Routes =
    [
        ("petroleum/pri/fut", "petroleum", "daily", IsoDayOfWeek.None, 42),
        ("petroleum/pri/gnd", "petroleum-weekly", "weekly", IsoDayOfWeek.Monday, -2),
        ("petroleum/pri/wfr", "petroleum-weekly", "weekly", IsoDayOfWeek.Monday, 40),
        ("petroleum/stoc/wstk", "petroleum-weekly", "weekly", IsoDayOfWeek.Friday, 111.5),
        ("petroleum/pnp/wiup", "petroleum-weekly", "weekly", IsoDayOfWeek.Friday, 111.5),
        ("petroleum/move/wkly", "petroleum-weekly", "weekly", IsoDayOfWeek.Friday, 111.5),
        ("petroleum/cons/wpsup", "petroleum-weekly", "weekly", IsoDayOfWeek.Friday, 111.5),
        ("petroleum/pri/dfp1", "petroleum-monthly", "monthly", IsoDayOfWeek.None, 1_400),
        ("petroleum/pri/dfp2", "petroleum-monthly", "monthly", IsoDayOfWeek.None, 1_400),
        ("petroleum/crd/crpdn", "petroleum-monthly", "monthly", IsoDayOfWeek.None, 1_450),
        ("petroleum/cons/psup", "petroleum-monthly", "monthly", IsoDayOfWeek.None, 1_450),
        ("petroleum/stoc/ts", "petroleum-monthly", "monthly", IsoDayOfWeek.None, 1_450),
        ("natural-gas/pri/fut", "natural-gas", "daily", IsoDayOfWeek.None, 42),
        ("natural-gas/stor/wkly", "natural-gas-storage", "weekly", IsoDayOfWeek.Friday, 135.5),
        ("natural-gas/pri/sum", "natural-gas-monthly", "monthly", IsoDayOfWeek.None, 1_450),
        ("natural-gas/prod/sum", "natural-gas-monthly", "monthly", IsoDayOfWeek.None, 1_450),
        ("natural-gas/cons/sum", "natural-gas-monthly", "monthly", IsoDayOfWeek.None, 1_450),
        ("natural-gas/stor/sum", "natural-gas-monthly", "monthly", IsoDayOfWeek.None, 1_450),
        ("natural-gas/move/poe1", "natural-gas-monthly", "monthly", IsoDayOfWeek.None, 1_450),
        ("natural-gas/move/poe2", "natural-gas-monthly", "monthly", IsoDayOfWeek.None, 1_450),
    ];

    public static IEnumerable<EiaTable> Of(Dice dice) => Routes.Select(route => new EiaTable(
        route.Route,
        route.Feed,
        route.Route[..route.Route.IndexOf('/')],
        route.Frequency,
        route.Frequency == "monthly" ? "YYYY-MM" : "YYYY-MM-DD",
        $"{route.Route.Replace('/', ' ')}.  \n    Source: Energy Information Administration",
        ["series"],
        [("value", "units")],
        (date, now) => Rows(dice, route.Route, route.Frequency, route.Ends, route.HoursAfter, date, now)));

    private static IEnumerable<EiaRecord> Rows(
        Dice dice, string route, string frequency, IsoDayOfWeek ends, double hoursAfter, LocalDate date, Instant now)
    {
        var isMonthly = frequency == "monthly";
        var first = isMonthly ? new LocalDate(date.Year, date.Month, 1) : ends == IsoDayOfWeek.None ? date : date.PlusDays(-6);
        var next = isMonthly ? first.PlusMonths(1) : date.PlusDays(1);
        var interval = DeliveryInterval.Between(EiaTables.Midnight(first), EiaTables.Midnight(next));
        var isNamed = isMonthly || (ends == IsoDayOfWeek.None ? !EiaTables.IsClosed(date) : date.DayOfWeek == ends);
        return isNamed && now >= interval.End + Duration.FromHours(hoursAfter)
            ? EiaCurves.All.Where(c => c.Route == route).Select(c => Row(dice, c, isMonthly ? first : date, isMonthly, interval))
            : [];
    }

    private static EiaRecord Row(Dice dice, EiaCurve curve, LocalDate date, bool isMonthly, DeliveryInterval interval)
    {
        var days = date.DaysSinceEpoch();
        var own = dice.For(curve.Series);
        var value = curve.Level * (1 + (0.1 * own.Smooth(days / 60.0)) + (0.02 * own.Smooth((days / 5.0) + 9_000)));
        return new EiaRecord(isMonthly ? $"{date:uuuu-MM}" : $"{date:uuuu-MM-dd}", interval,
        [
            new("duoarea", curve.Area.Code), new("area-name", curve.Area.Name), new("product", curve.Product.Code),
            new("product-name", curve.Product.Name), new("process", curve.Process.Code), new("process-name", curve.Process.Name),
            new("series", curve.Series), new("series-description", curve.Title), new("value", EiaTables.Text(value, curve.Decimals)),
            new("units", curve.Units),
        ]);
    }
}
