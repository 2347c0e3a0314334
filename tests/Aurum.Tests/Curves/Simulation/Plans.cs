using Aurum.Curves.Ppa.Settling;
using Aurum.Curves.Ppa.Terms;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Simulation;

/// <summary>Contracts laid on UTC hours, with prices and volumes that are made up.</summary>
internal static class Plans
{
    public static readonly LocalDate Valuation = new(2026, 1, 1);

    /// <summary>A volume that the contract fixes.</summary>
    public static readonly PpaVolume Baseload = new() { Kind = VolumeKind.Baseload, CapacityMw = 100 };

    private const double MonthlyDiscount = 0.995;

    private static readonly PpaContract Contract = new()
    {
        Name = "made up",
        Side = PpaSide.Buyer,
        Counterparty = "nobody",
        Technology = PpaTechnology.Solar,
        Start = Valuation,
        End = Valuation,
        Market = PeakCalendars.Shipped["pjm"],
        Currency = "USD",
        Curves = new PpaCurves("made up", null, null),
        Point = new DeliveryPoint(PointKind.Hub, "made up", Basis.None),
        Volume = new PpaVolume { Kind = VolumeKind.PayAsProduced, CapacityMw = 100 },
        Price = new PpaPrice { Kind = PriceKind.Fixed, Price = 40 },
        Discounting = Discounting.Flat(0),
    };

    /// <summary>A plan of whole months from the valuation date on.</summary>
    /// <param name="months">How many.</param>
    /// <param name="price">Forward price by interval.</param>
    /// <param name="volume">Expected volume by interval, MWh.</param>
    /// <param name="energy">Null: what a plant of 100 MW produces.</param>
    /// <param name="term">Terms of all months; null: a fixed price of 40.</param>
    public static SettlementPlan Of(
        int months,
        Func<int, double> price,
        Func<int, double> volume,
        PlanTerm? term = null,
        PlanClause clause = default,
        int minutes = 60,
        PpaVolume? energy = null)
    {
        var (planMonths, years) = (new List<PlanMonth>(), new List<PlanYear>());
        var first = 0;
        for (var i = 0; i < months; i++)
        {
            var month = Valuation.ToYearMonth().PlusMonths(i);
            var count = month.ToDateInterval().Length * 24 * 60 / minutes;
            if (years.Count == 0 || years[^1].Year != month.Year)
            {
                years.Add(new PlanYear(month.Year, i, 0, 0, double.PositiveInfinity));
            }

            years[^1] = years[^1] with { MonthCount = years[^1].MonthCount + 1 };
            planMonths.Add(new PlanMonth(
                month, first, count, years.Count - 1, month.ToDateInterval().End, Math.Pow(MonthlyDiscount, i + 1), 0, 0));
            first += count;
        }

        return new SettlementPlan
        {
            Contract = energy is null ? Contract : Contract with { Volume = energy },
            ValuationDate = Valuation,
            StartUnixSeconds = Valuation.AtMidnight().InUtc().ToInstant().ToUnixTimeSeconds(),
            IntervalMinutes = minutes,
            ForwardPrice = [.. Enumerable.Range(0, first).Select(price)],
            ExpectedVolume = [.. Enumerable.Range(0, first).Select(volume)],
            Terms = [.. planMonths.Select((m, i) => (term ?? FixedAt(40)) with { First = m.First, Count = m.Count, Month = i })],
            Months = [.. planMonths],
            Years = [.. years],
            Clause = clause,
            Sign = 1,
            IsPhysical = false,
            FeePerMwh = 0,
            UpfrontPresentValue = 0,
        };
    }

    /// <summary>Terms without a stretch.</summary>
    public static PlanTerm FixedAt(double price) =>
        new(0, 0, 0, price, 0, 0, 0, 0, double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Prices that go up and down with the hour and the season, below zero at some noons.</summary>
    public static double Price(int hour) =>
        32 + (18 * Math.Cos(hour * Math.PI / 12)) + (8 * Math.Cos(hour * Math.PI / 4380)) + (hour % 168 / 24 > 4 ? -6 : 0);

    /// <summary>Output of 100 MW of sun, MWh.</summary>
    public static double Sun(int hour) => Math.Max(0, -62 * Math.Cos(hour * Math.PI / 12));
}
