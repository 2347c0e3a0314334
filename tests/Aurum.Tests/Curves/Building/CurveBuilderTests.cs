using Aurum.Curves.Building;
using Aurum.Curves.Building.Bootstrapping;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Building.Units;
using Aurum.Market.Curves;
using Aurum.Market.Time;
using Aurum.Tests.Curves.Building.Shapes;
using NodaTime;

namespace Aurum.Tests.Curves.Building;

public sealed class CurveBuilderTests
{
    private static readonly CurveIdentity Peak = new(AssetClass.Power, "PJM", "US", "West", "PJM", "power", "ON_PEAK", null);

    private static readonly CurveUnit Dollars = new("USD", "MWh");

    [Fact]
    public void A_quarter_by_hand_with_all_that_it_hangs_on()
    {
        var curve = Build(new CurveRecipe(), ("2026-01", 60), ("2026-02", 55), ("Q1 2026", 50), ("Summer 2024", 9)).Value!;
        Assert.Equal([60, 55, 790 / 22.0], curve.Points.Select(p => p.Price), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([21 * 16, 20 * 16, 22 * 16], curve.Points.Select(p => p.Hours));
        Assert.Equal((Instant.FromUtc(2026, 3, 1, 5, 0), Instant.FromUtc(2026, 4, 1, 4, 0)),
            (curve.Points[2].Delivery.Start, curve.Points[2].Delivery.End));
        Assert.Equal((Quotes.AsOf, "USD/MWh"), (curve.AsOf, curve.Unit!.ToString()));
        Assert.Equal(
            ["3 months by bootstrap of 3 quotes: 2 quoted, 1 implied", "1 quotes are for months that are over"], curve.Explanation);
        Assert.Equal(
            ["bootstrap", "month", "ON_PEAK of pjm, America/New_York, version 2026.2", "hour_weighted", "flat"],
            curve.Parameters.Select(p => p.Value));
    }

    [Theory]
    [InlineData(BuildMethod.Bootstrap)]
    [InlineData(BuildMethod.Smooth)]
    public void Months_days_and_hours_of_a_curve_have_the_same_means(BuildMethod method)
    {
        var random = new Random(20250917);
        var shape = HourlyShapes.Of(
            HourlyShapesTests.History(2024, 1, 12, (_, hour) => hour + random.NextDouble()), PeakCalendars.Shipped["pjm"],
            ShapeKind.Ratio).Value!;
        (string, double)[] quotes = [("2025-09", 44), ("2025-10", 40), ("Q4 2025", 47), ("Calendar 2026", 52), ("Summer 2026", 58)];
        var recipe = new CurveRecipe { Method = method, Shape = shape };
        var months = Build(recipe, quotes).Value!.Points;
        foreach (var granularity in new[] { CurveGranularity.Day, CurveGranularity.Hour })
        {
            var points = Build(recipe with { Granularity = granularity }, quotes).Value!.Points;
            var means = points.GroupBy(p => p.Date.ToYearMonth())
                .Select(m => (Price: m.Sum(p => p.Price * p.Hours) / m.Sum(p => p.Hours), Hours: m.Sum(p => p.Hours))).ToList();
            Assert.Equal(months.Select(m => m.Hours), means.Select(m => m.Hours));
            Assert.Equal(months.Select(m => m.Price), means.Select(m => m.Price), (a, b) => Math.Abs(a - b) < 1e-9);
        }

        var hours = Build(recipe with { Granularity = CurveGranularity.Hour }, quotes).Value!;
        Assert.All(hours.Points, p => Assert.True(hours.Calendar.Calendar.Contains(Block.OnPeak, p.Delivery.Start)));
        Assert.StartsWith("shape of 12 months from 2024-01 to 2024-12", hours.Explanation[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_shape_hours_have_the_price_of_their_month()
    {
        var hours = Build(new CurveRecipe { Granularity = CurveGranularity.Hour }, ("2026-03", 40)).Value!;
        Assert.Equal(352, hours.Points.Count);
        Assert.All(hours.Points, p => Assert.Equal((40, 60), (p.Price, p.Delivery.Minutes)));
        Assert.Equal("every hour has the price of its period: no shape was given", hours.Explanation[^1]);
    }

    [Fact]
    public void Prices_come_in_the_unit_that_is_asked_for_and_quotes_in_their_own()
    {
        var rates = new FxRates([new FxFixing(Quotes.AsOf.PlusDays(-1), "USD", 1.2)]);
        var euros = PriceUnits.Parse("EUR/MWh").Value;
        var curve = Build(new CurveRecipe { Unit = euros, Rates = rates }, ("2026-03", 48)).Value!;
        Assert.Equal((40, 48), (Math.Round(curve.Points[0].Price, 9), curve.Used[0].Price));
        Assert.Equal("EUR/MWh", curve.Unit!.ToString());
        Assert.Equal(
            "0.83333333 EUR for 1 USD, ECB fixing of 2025-09-16, the last one published up to 2025-09-17", curve.Explanation[^1]);
        Assert.Equal(
            RefusalReason.MissingRate, Build(new CurveRecipe { Unit = euros }, ("2026-03", 48)).Refusal!.Reason);
    }

    [Fact]
    public void Quotes_that_are_not_met_are_told_of()
    {
        var curve = Build(new CurveRecipe(), ("2026-01", 60), ("2026-02", 50), ("2026-03", 40), ("Q1 2026", 51)).Value!;
        Assert.StartsWith("not met: Q1 2026 (sheet!Q1 2026, 2025-09-17) is 51, ", curve.Explanation[1], StringComparison.Ordinal);
        Assert.Single(curve.Conflicts);
        Assert.Empty(Build(
            new CurveRecipe { Averaging = Averaging.SimpleMean },
            ("2026-01", 60), ("2026-02", 50), ("2026-03", 40), ("Q1 2026", 50)).Value!.Conflicts);
    }

    [Fact]
    public void What_cannot_be_built_is_refused_and_what_is_mixed_up_is_a_mistake()
    {
        Assert.Equal(RefusalReason.NoQuotes, Build(new CurveRecipe()).Refusal!.Reason);
        var unitless = CurveBuilder.Build(
            Peak, null, QuotesOf(("2026-03", 48)), new CurveRecipe { Unit = PriceUnits.Parse("EUR/MWh").Value });
        Assert.Equal(
            new BuildRefusal(RefusalReason.UnknownUnit, "expected a curve with a unit, found one whose vendor does not say it"),
            unitless.Refusal);
        Assert.Null(CurveBuilder.Build(Peak, null, QuotesOf(("2026-03", 48)), new CurveRecipe()).Value!.Unit);
        Assert.Throws<ArgumentException>(() => CurveBuilder.Build(Peak, Dollars, Quotes.Of(("2026-03", 48)), new CurveRecipe()));
        Assert.Equal(
            "expected a shape of calendar pjm, found eu",
            Assert.Throws<ArgumentException>(() => Build(
                new CurveRecipe { Granularity = CurveGranularity.Hour, Shape = HourlyShape.Level(PeakCalendars.Shipped["eu"]) },
                ("2026-03", 48))).Message);
    }

    [Fact]
    public void Every_recorded_curve_is_built_in_every_granularity()
    {
        foreach (var curve in RealBooks.Curves("EOD_EUGP_20250917_1430.xlsx").Where((_, i) => i % 8 == 0))
        {
            foreach (var method in Enum.GetValues<BuildMethod>())
            {
                foreach (var granularity in Enum.GetValues<CurveGranularity>())
                {
                    var recipe = new CurveRecipe { Method = method, Granularity = granularity, Averaging = Averaging.SimpleMean };
                    var built = CurveBuilder.Build(curve.Identity, curve.Unit, curve.Quotes, recipe).Value!;
                    Assert.Equal(121, built.Points.Select(p => p.Date.ToYearMonth()).Distinct().Count());
                    Assert.Empty(built.Conflicts);
                    Assert.Equal(
                        DeliveryCalendar.For(curve.Identity).Value!.HoursOf(new YearMonth(2026, 3)),
                        built.Points.Where(p => p.Date.ToYearMonth() == new YearMonth(2026, 3)).Sum(p => p.Hours));
                }
            }
        }
    }

    private static Built<BuiltCurve> Build(CurveRecipe recipe, params (string Label, double Price)[] quotes) =>
        CurveBuilder.Build(Peak, Dollars, QuotesOf(quotes), recipe);

    private static IReadOnlyList<BuildQuote> QuotesOf(params (string Label, double Price)[] quotes) =>
        [.. Quotes.Of(quotes).Select(q => q with { Ref = q.Ref with { CurveKey = Peak.Key } })];
}
