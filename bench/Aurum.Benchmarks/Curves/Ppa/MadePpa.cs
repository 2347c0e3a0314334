using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Ppa.Delivery;
using Aurum.Curves.Ppa.Terms;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Benchmarks.Curves.Ppa;

/// <summary>A pay-as-produced contract of 100 MW of sun with a clause on negative prices, and a market to value it on.</summary>
internal static class MadePpa
{
    private const double CapacityMw = 100;

    private static readonly LocalDate Valuation = new(2025, 12, 15);

    private static readonly PeakCalendar Market = PeakCalendars.Shipped["pjm"];

    public static PpaContract Contract(int years) => new()
    {
        Name = "made up",
        Side = PpaSide.Buyer,
        Counterparty = "made up",
        Technology = PpaTechnology.Solar,
        Start = new LocalDate(2026, 1, 1),
        End = new LocalDate(2025 + years, 12, 31),
        Market = Market,
        Currency = "USD",
        Curves = new PpaCurves("made up", null, null),
        Point = new DeliveryPoint(PointKind.Hub, "made up", Basis.None),
        Volume = new PpaVolume
        {
            Kind = VolumeKind.PayAsProduced,
            CapacityMw = CapacityMw,
            Shape = new GenerationShape(GenerationShapeKind.MonthHours, [.. Enumerable.Range(0, 288).Select(Sun)], null),
            DegradationPercentPerYear = 0.5,
        },
        Price = new PpaPrice { Kind = PriceKind.Escalator, Price = 42, Escalator = new Escalator(2, EscalatorStep.Anniversary) },
        NegativePrice = new NegativePriceClause(NegativePriceKind.NoPayBelow, 0, 0, 0),
        Discounting = Discounting.Flat(6),
    };

    public static MarketView View(int years) => new()
    {
        ValuationDate = Valuation,
        Forwards = [new BlockCurve(Block.AllHours, "USD", [.. Enumerable.Range(0, years * 12).Select(Forward)])],
        Shape = HourlyShape.Level(Market) with
        {
            Rows = [.. HourlyShape.Level(Market).Rows.Select(static r => r with { ByHour = [.. Enumerable.Range(0, 24).Select(Hour)] })],
        },
    };

    private static MonthForward Forward(int month) =>
        new(new YearMonth(2026, 1).PlusMonths(month), 44 + (8 * Math.Cos(month * Math.PI / 6)) + (0.05 * month));

    /// <summary>Beside the month's mean: the sun's noon is cheap.</summary>
    private static double Hour(int hour) => hour is >= 10 and <= 15 ? -14 : hour is >= 17 and <= 21 ? 16 : 4.0 / 13;

    private static double Sun(int cell)
    {
        var (month, hour) = (cell / 24, cell % 24);
        var height = -Math.Cos(hour * Math.PI / 12) - (0.3 * Math.Cos(month * Math.PI / 6));
        return Math.Max(0, 0.7 * height);
    }
}
