using Aurum.Curves.Building;
using Aurum.Curves.Building.Bootstrapping;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Building.Smoothing;
using Aurum.Curves.Building.Strips;
using Aurum.Market.Curves;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Benchmarks.Curves;

/// <summary>Builds a peak curve of ten years: months of overlapping quotes, smooth days of monthly quotes, hours of months.</summary>
/// <remarks>Budget: a smooth curve of 121 months within 50 ms, ten years of hours within 50 ms. Baselines are the same tasks as
/// textbooks print them, in <see cref="TextbookCurves"/>: one dense system with all unknowns; each hour by itself.</remarks>
public sealed class CurveBuilding : IBenchmark
{
    private const int Months = 121;
    private const int MinMonths = 13;
    private const int QuotedMonths = 36;

    private static readonly YearMonth First = new(2025, 9);

    private static readonly DeliveryCalendar Peak = new(PeakCalendars.Shipped["pjm"], Block.OnPeak);

    public string Name => "curve-build";

    public string Title => "Bootstrap, maximum smoothness and hourly expansion of a curve of ten years";

    public IReadOnlyList<BenchResult> Run(BenchOptions options)
    {
        var months = MonthlyQuotes(Math.Max(options.Scaled(Months), MinMonths));
        var overlapping = Overlapping(months);
        var shape = MadeUpShape();
        PeriodPrice[] periods =
            [.. months.Select(static q => new PeriodPrice(q.Tenor.First.OnDayOfMonth(1), q.Tenor.First.ToDateInterval().End, q.Price))];
        var all = new BlockForwards(Block.AllHours, periods);

        var bootstrap = Race.Run(
            options,
            new Contestant("Aurum", () => MonthBootstrap.Build(overlapping, Peak).Value!.Months.Count),
            new Contestant("one dense system of months and multipliers", () => TextbookCurves.Bootstrap(overlapping, Peak).Length));
        var smooth = Race.Run(
            options,
            new Contestant("Aurum", () => MaximumSmoothness.Build(months, Peak).Value!.Used.Count),
            new Contestant("five coefficients a month in one dense system", () => TextbookCurves.Smooth(months, Peak)));
        var hours = Race.Run(
            options,
            new Contestant("Aurum", () => HourlyExpansion.Apply(shape, all).Value!.Length),
            new Contestant("hour by hour with LINQ", () => TextbookCurves.Hours(shape, all)));
        var input = FormattableString.Invariant($"{months.Count} months");
        return
        [
            BenchResult.OfRates(Name, "months", bootstrap[0], bootstrap[1], $"{overlapping.Count} quotes for {input}"),
            BenchResult.OfRates($"{Name}/smooth", "months", smooth[0], smooth[1], $"{input} to days"),
            BenchResult.OfRates($"{Name}/hours", "hours", hours[0], hours[1], $"{input} to hours"),
        ];
    }

    private static List<BuildQuote> MonthlyQuotes(int count) =>
    [
        .. Enumerable.Range(0, count).Select(static i =>
            Quote(Tenor.OfMonth(First.PlusMonths(i)), 50 + (15 * Math.Cos(i * Math.PI / 6)) + (i % 5))),
    ];

    /// <summary>Three years of months, and every strip, at the prices that all months give.</summary>
    private static List<BuildQuote> Overlapping(List<BuildQuote> months)
    {
        var strips = StripTenors.Overlapping(First, months[^1].Tenor.Last, WinterYear.Last)
            .Where(s => s.Last.CompareTo(months[^1].Tenor.Last) <= 0);
        return
        [
            .. months.Take(QuotedMonths),
            .. strips.Select(s => Quote(s, StripPricing.Of(months, s, Peak).Value!.HourWeighted)),
        ];
    }

    private static BuildQuote Quote(Tenor tenor, double price) =>
        new(new QuoteRef("bench", tenor.Label, new LocalDate(2025, 9, 17), "bench", "A1"), tenor, price, BuildQuote.StripTolerance);

    private static HourlyShape MadeUpShape() => new(
        ShapeKind.Ratio,
        Peak.Calendar,
        [
            .. from month in Enumerable.Range(1, 12)
            from day in Enum.GetValues<DayType>()
            select new ShapeRow(month, day, [.. Enumerable.Range(0, 24).Select(h => 1 + (0.3 * Math.Sin(h + month)))], 30, 0),
        ],
        [First],
        []);
}
