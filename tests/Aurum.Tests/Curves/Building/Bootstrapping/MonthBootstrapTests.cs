using Aurum.Curves.Building;
using Aurum.Curves.Building.Bootstrapping;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Strips;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Building.Bootstrapping;

public sealed class MonthBootstrapTests
{
    private static readonly DeliveryCalendar Peak = new(PeakCalendars.Shipped["pjm"], Block.OnPeak);

    public static TheoryData<string> Files => new(RealBooks.Files);

    [Fact]
    public void The_third_month_of_a_quarter_follows_from_two_and_the_quarter()
    {
        // 21, 20 and 22 peak days: 63 × 50 - 21 × 60 - 20 × 55 = 790, over 22 days.
        var months = Build(Quotes.Of(("Q1 2026", 50), ("2026-01", 60), ("2026-02", 55)));
        Assert.Equal([60, 55, 790 / 22.0], months.Months.Select(m => Math.Round(m.Price, 12)), Near(1e-9));
        Assert.Equal([PriceOrigin.Quoted, PriceOrigin.Quoted, PriceOrigin.Implied], months.Months.Select(m => m.Origin));
        Assert.Equal(["2026-01", "2026-02", "Q1 2026"], months.Used.Select(u => u.Quote.Tenor));
        Assert.True(months.IsFeasible);
    }

    [Fact]
    public void A_balance_has_the_hours_that_are_left_of_the_month_of_its_date()
    {
        // After Wednesday 17 September 2025 nine peak days are left; October has 23, November 19, December 22.
        var quotes = Quotes.Of(("Bal 2025", 50), ("2025-10", 52), ("2025-11", 55), ("2025-12", 60));
        var months = Build(quotes);
        Assert.Equal(((73 * 50) - (23 * 52) - (19 * 55) - (22 * 60)) / 9.0, months.Months[0].Price, 1e-9);
        Assert.Equal((21 * 16, PriceOrigin.Implied), (months.Months[0].Hours, months.Months[0].Origin));

        // As a simple mean it has four whole months; BalMo alone is the price of its month.
        var simple = MonthBootstrap.Build(quotes, Peak, Averaging.SimpleMean).Value!;
        Assert.Equal((4 * 50) - 52 - 55 - 60, simple.Months[0].Price, 1e-9);
        Assert.Equal(47, Build(Quotes.Of(("BalMo", 47))).Months[0].Price, 1e-9);
    }

    [Fact]
    public void On_the_last_day_of_a_month_a_balance_is_of_the_months_after_it()
    {
        var last = new LocalDate(2025, 9, 30);
        var balance = Quotes.Of("Bal 2025", 50);
        var months = Build([
            balance with { Ref = balance.Ref with { AsOf = last } }, Quotes.Of("2025-10", 50), Quotes.Of("2025-11", 50),
        ]);
        Assert.Equal([50, 50, 50], months.Months.Select(m => Math.Round(m.Price, 9)));
        Assert.Equal(new YearMonth(2025, 10), months.Months[0].Month);
    }

    [Fact]
    public void A_year_alone_is_flat_and_takes_the_shape_of_a_prior()
    {
        var flat = Build(Quotes.Of(("Calendar 2026", 50)));
        Assert.All(flat.Months, m => Assert.Equal((50, PriceOrigin.Shaped), (Math.Round(m.Price, 9), m.Origin)));
        var shape = new MonthShape(ShapeKind.Difference, [6, 3, 0, -3, -6, -3, 0, 3, 0, -3, 0, 3], "by hand");
        var shaped = Build(Quotes.Of(("Calendar 2026", 50)), prior: shape);
        Assert.Equal(50, Mean(shaped, "Calendar 2026"), 1e-9);
        var steps = shaped.Months.Select((m, i) => m.Price - 50 - shape.ByMonth[i]).ToList();
        Assert.All(steps, s => Assert.Equal(steps[0], s, 1e-9));
    }

    [Fact]
    public void Quotes_that_overlap_without_nesting_are_all_met()
    {
        // Winter reaches over the turn of the year: neither quote has the other's months.
        var quotes = Quotes.Of(("Winter 2027", 70), ("Calendar 2026", 50), ("Q4 2026", 65), ("2026-11", 72));
        var months = Build(quotes);
        Assert.True(months.IsFeasible);
        Assert.All(quotes, q => Assert.Equal(q.Price, Mean(months, q.Tenor.Label), 1e-9));
        Assert.Equal(15, months.Months.Count);
        Assert.Equal(PriceOrigin.Quoted, Assert.Single(months.Months, m => m.Month == new YearMonth(2026, 11)).Origin);
    }

    [Fact]
    public void Quarters_that_do_not_make_the_year_are_named_with_the_amount()
    {
        var quotes = Quotes.Of(
            ("Calendar 2026", 52), ("Q1 2026", 60), ("Q2 2026", 40), ("Q3 2026", 50), ("Q4 2026", 55), ("2026-05", 38),
            ("2027-01", 61));
        var months = Build(quotes);
        var conflict = Assert.Single(months.Conflicts);
        Assert.Equal("Calendar 2026", conflict.Quote.Tenor.Label);
        Assert.Equal(["Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026"], conflict.Against.Select(a => a.Quote.Tenor.Label));

        // Peak days of 2026 by quarter: 63, 64, 65 (3 July is no NERC holiday: the fourth is a Saturday), 64; by hand from a calendar.
        int[] days = [63, 64, 65, 64];
        Assert.Equal(days, new[] { "Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026" }.Select(q => HoursOf(q) / 16));
        var implied = ((60 * 63) + (40 * 64) + (50 * 65) + (55 * 64)) / 256.0;
        Assert.Equal((implied, 52 - implied), (conflict.Implied, conflict.Excess), Near2(1e-9));
        Assert.All(quotes.Where(q => q != conflict.Quote), q => Assert.Equal(q.Price, Mean(months, q.Tenor.Label), 1e-9));
        Assert.Equal(
            "Calendar 2026 (sheet!Calendar 2026, 2025-09-17) is 52, 0.789063 above the 51.210938 of "
            + "Q1 2026 (sheet!Q1 2026, 2025-09-17) to Q4 2026 (sheet!Q4 2026, 2025-09-17) (4 quotes)",
            conflict.ToString());
    }

    [Fact]
    public void A_conflict_is_gone_when_any_one_of_its_quotes_is_left_out()
    {
        var random = new Random(20250917);
        for (var run = 0; run < 60; run++)
        {
            var quotes = RandomQuotes(random, 0.5);
            foreach (var conflict in Build(quotes).Conflicts)
            {
                var set = conflict.Against.Select(a => a.Quote).Append(conflict.Quote).ToList();
                Assert.Single(Build(set).Conflicts);
                Assert.All(set, left => Assert.True(Build([.. set.Where(q => q != left)]).IsFeasible));
            }
        }
    }

    [Fact]
    public void Every_quote_of_a_curve_that_exists_is_met()
    {
        var random = new Random(20260101);
        for (var run = 0; run < 100; run++)
        {
            var quotes = RandomQuotes(random, 0);
            var months = Build(quotes);
            Assert.Empty(months.Conflicts);
            Assert.All(quotes, q => Assert.Equal(q.Price, Mean(months, q.Tenor.Label), 1e-8));
            Assert.Equal(quotes.Count, months.Used.Count + months.Repeated.Count);
        }
    }

    [Fact]
    public void The_answer_does_not_hang_on_the_order_of_the_quotes()
    {
        var random = new Random(20260102);
        for (var run = 0; run < 50; run++)
        {
            var quotes = RandomQuotes(random, 0).ToArray();
            var months = Build(quotes).Months;
            random.Shuffle(quotes);
            Assert.Equal(months.Select(m => m.Price), Build(quotes).Months.Select(m => m.Price), Near(1e-8));
        }
    }

    [Fact]
    public void No_other_prices_that_meet_the_quotes_are_nearer_to_the_prior()
    {
        // Free directions of a year with two quarters: move one free month against another, by hours.
        var months = Build(Quotes.Of(("Calendar 2026", 50), ("Q1 2026", 60), ("2026-02", 62))).Months;
        double Distance(double move) => months.Select((m, i) => m.Hours * Math.Pow(m.Price - (i < 3 ? 60 : 50)
            + (i == 4 ? move : i == 7 ? -move * months[4].Hours / months[7].Hours : 0), 2)).Sum();
        Assert.All([-1, -0.1, -0.01, 0.01, 0.1, 1], move => Assert.True(Distance(move) > Distance(0)));
    }

    [Fact]
    public void A_strip_that_has_begun_is_for_the_months_that_are_left()
    {
        var months = Build(Quotes.Of(("Calendar 2025", 40), ("2025-09", 34), ("Summer 2024", 1)));
        Assert.Equal(new YearMonth(2025, 9), months.Months[0].Month);
        Assert.Equal(4, months.Months.Count);
        Assert.Equal("Summer 2024", Assert.Single(months.Over).Tenor.Label);
        var next = Build(Quotes.Of(("Calendar 2025", 40), ("2025-10", 34)));
        Assert.Equal([10, 11, 12], next.Months.Select(m => m.Month.Month));
    }

    [Fact]
    public void No_quotes_no_curve()
    {
        Assert.Equal(RefusalReason.NoQuotes, MonthBootstrap.Build([], Peak).Refusal!.Reason);
        Assert.Equal(
            "expected quotes for 2025-09 or later, found none",
            MonthBootstrap.Build(Quotes.Of(("Summer 2024", 1)), Peak).Refusal!.Message);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Recorded_curves_are_free_of_arbitrage_in_the_vendors_meaning(string file)
    {
        foreach (var curve in RealBooks.Curves(file))
        {
            var months = MonthBootstrap.Build(curve.Quotes, DeliveryCalendar.For(curve.Identity).Value!, Averaging.SimpleMean).Value!;
            Assert.Empty(months.Conflicts);
            Assert.Equal(curve.Strips.Count, months.Repeated.Count);
            Assert.Equal(curve.Months.Select(q => q.Price), months.Months.Select(m => m.Price));
        }
    }

    [Fact]
    public void By_hours_recorded_strips_contradict_their_months_by_what_simple_means_leave_out()
    {
        var (conflicts, all) = (0, 0);
        foreach (var curve in RealBooks.Curves("EOD_EUGP_20250917_1430.xlsx").Where(c => c.Identity.Product == "power"))
        {
            var calendar = DeliveryCalendar.For(curve.Identity).Value!;
            var strips = StripPricing.OfQuoted(curve.Quotes, calendar).ToDictionary(s => s.Tenor.Label);
            var months = MonthBootstrap.Build(curve.Quotes, calendar).Value!;
            Assert.Equal(curve.Months.Select(q => q.Price), months.Months.Select(m => m.Price));
            Assert.All(months.Conflicts, c => Assert.Equal(strips[c.Quote.Tenor.Label].QuotedLessHourWeighted, c.Excess, 1e-9));
            Assert.All(months.Conflicts, c => Assert.Equal(strips[c.Quote.Tenor.Label].Used.Count, c.Against.Count));
            Assert.Equal(30, months.Conflicts.Count + months.Repeated.Count);
            conflicts += months.Conflicts.Count;
            all += 30;
        }

        Assert.InRange(conflicts, 0.8 * all, all);
    }

    [Fact]
    public void Strips_alone_of_a_recorded_curve_give_back_its_years()
    {
        var curve = Assert.Single(
            RealBooks.Curves("EOD_EUGP_20250917_1430.xlsx"), c => c.Identity is { Location: "Dutch_TTF", Product: "gas" });
        var calendar = DeliveryCalendar.For(curve.Identity).Value!;
        var shape = MonthShape.OfQuotes(curve.Quotes, ShapeKind.Difference).Value!;
        var months = MonthBootstrap.Build(curve.Strips, calendar, Averaging.SimpleMean, shape).Value!;
        Assert.True(months.IsFeasible);
        Assert.All(months.Months, m => Assert.NotEqual(PriceOrigin.Quoted, m.Origin));

        // What only the strips say, in the shape of the quoted months, is near to these.
        var quoted = curve.Months.ToDictionary(q => q.Tenor.First, q => q.Price);
        Assert.All(months.Months, m => Assert.Equal(quoted[m.Month], m.Price, 2.0));
    }

    private static BootstrappedMonths Build(IReadOnlyList<BuildQuote> quotes, MonthShape? prior = null) =>
        MonthBootstrap.Build(quotes, Peak, prior: prior).Value!;

    private static int HoursOf(string label) => StripTenors.MonthsOf(Quotes.Tenor(label)).Sum(Peak.HoursOf);

    /// <summary>The mean of months by hours, computed anew.</summary>
    private static double Mean(BootstrappedMonths months, string label)
    {
        var inside = months.Months.Where(m => Quotes.Tenor(label).Contains(m.Month)).ToList();
        return inside.Sum(m => m.Price * m.Hours) / inside.Sum(m => m.Hours);
    }

    /// <summary>Random quotes of a curve of three years; each is off by up to some amount.</summary>
    private static List<BuildQuote> RandomQuotes(Random random, double fault)
    {
        var first = new YearMonth(2026, 1);
        var truth = Enumerable.Range(0, 36).Select(_ => 50 + (random.NextDouble() * 40) - 20).ToArray();
        var labels = StripTenors.Overlapping(first, first.PlusMonths(35), Quotes.Rules.Winter)
            .Where(s => s.First.CompareTo(first) >= 0 && s.Last.CompareTo(first.PlusMonths(35)) <= 0).Select(s => s.Label)
            .Concat(Enumerable.Range(0, 36).Select(i => Aurum.Market.Curves.Tenor.OfMonth(first.PlusMonths(i)).Label)).ToArray();
        random.Shuffle(labels);
        return [.. labels.Take(random.Next(1, labels.Length)).Select(label =>
        {
            var months = StripTenors.MonthsOf(Quotes.Tenor(label)).ToList();
            var price = months.Sum(m => truth[((m.Year - 2026) * 12) + m.Month - 1] * Peak.HoursOf(m)) / months.Sum(Peak.HoursOf);
            return Quotes.Of(label, price + (fault * random.NextDouble()), 1e-9);
        })];
    }

    private static Func<double, double, bool> Near(double distance) => (a, b) => Math.Abs(a - b) <= distance;

    private static Func<(double, double), (double, double), bool> Near2(double distance) =>
        (a, b) => Math.Abs(a.Item1 - b.Item1) <= distance && Math.Abs(a.Item2 - b.Item2) <= distance;
}
