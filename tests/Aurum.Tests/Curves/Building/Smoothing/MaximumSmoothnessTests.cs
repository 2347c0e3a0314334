using Aurum.Curves.Building;
using Aurum.Curves.Building.Algebra;
using Aurum.Curves.Building.Bootstrapping;
using Aurum.Curves.Building.Calendars;
using Aurum.Curves.Building.Smoothing;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Building.Smoothing;

public sealed class MaximumSmoothnessTests
{
    private static readonly DeliveryCalendar Peak = new(PeakCalendars.Shipped["pjm"], Block.OnPeak);

    [Fact]
    public void One_price_for_all_is_a_level_curve()
    {
        var smooth = Build(Quotes.Of(("2025-10", 50), ("2025-11", 50), ("Calendar 2026", 50), ("Summer 2027", 50)));
        Assert.All(smooth.Days, d => Assert.Equal(50, d.Price, 1e-9));
        Assert.Equal(0, smooth.Roughness, 1e-8);
        Assert.All(smooth.Days, d => Assert.Equal(16, d.Hours));
        Assert.DoesNotContain(smooth.Days, d => d.Date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday);
        Assert.DoesNotContain(smooth.Days, d => d.Date == new LocalDate(2025, 11, 27));

        // No quote is for the months from January to March 2027.
        Assert.DoesNotContain(smooth.Days, d => d.Date.Year == 2027 && d.Date.Month < 4);
    }

    [Fact]
    public void Means_of_the_days_are_the_quotes_of_every_recorded_curve_of_gas_and_power()
    {
        foreach (var curve in RealBooks.Curves("EOD_EUGP_20250917_1430.xlsx").Where(c => c.Identity.Product != "spark_spread"))
        {
            var calendar = DeliveryCalendar.For(curve.Identity).Value!;
            var smooth = MaximumSmoothness.Build(curve.Months, calendar).Value!;
            var months = smooth.Days.GroupBy(d => d.Date.ToYearMonth()).ToDictionary(
                m => m.Key, m => m.Sum(d => d.Price * d.Hours) / m.Sum(d => d.Hours));
            Assert.Equal(121, months.Count);
            Assert.All(curve.Months, q => Assert.Equal(q.Price, months[q.Tenor.First], 1e-9));
        }
    }

    [Fact]
    public void Overlapping_strips_are_met_too()
    {
        var quotes = Quotes.Of(
            ("2025-10", 55), ("2025-11", 62), ("Q1 2026", 70), ("Winter 2026", 68), ("Calendar 2026", 52), ("Calendar 2027", 47));
        var smooth = Build(quotes, new MonthShape(ShapeKind.Ratio, [1.2, 1.1, 1, .9, .8, .9, 1, 1.1, 1, .9, 1, 1.1], "by hand"));
        Assert.Equal(quotes.Count, smooth.Used.Count);
        Assert.All(quotes, q => Assert.Equal(q.Price, Mean(smooth, q.Tenor.Label), 1e-9));
    }

    [Fact]
    public void In_the_vendors_meaning_a_strip_is_the_mean_of_its_months()
    {
        var smooth = MaximumSmoothness.Build(Quotes.Of(("2026-01", 60), ("Q1 2026", 50)), Peak, Averaging.SimpleMean).Value!;
        var months = smooth.Days.GroupBy(d => d.Date.Month).Select(m => m.Sum(d => d.Price * d.Hours) / m.Sum(d => d.Hours)).ToList();
        Assert.Equal((60, 50), (Math.Round(months[0], 9), Math.Round(months.Average(), 9)));
    }

    [Fact]
    public void A_year_with_a_prior_has_its_seasons()
    {
        var shape = new MonthShape(ShapeKind.Difference, [9, 8, 5, 0, -5, -8, -9, -8, -5, 0, 5, 8], "by hand");
        var smooth = Build(Quotes.Of(("Calendar 2026", 50), ("Calendar 2027", 50)), shape);
        Assert.Equal(50, Mean(smooth, "Calendar 2026"), 1e-9);
        Assert.InRange(Mean(smooth, "2026-01") - Mean(smooth, "2026-07"), 17, 19);
    }

    [Fact]
    public void Each_further_quote_makes_a_curve_rougher_or_leaves_it()
    {
        var random = new Random(20250917);
        for (var run = 0; run < 20; run++)
        {
            var quotes = new List<BuildQuote> { Quotes.Of("Calendar 2026", 50), Quotes.Of("Calendar 2027", 48) };
            var last = Build(quotes).Roughness;
            foreach (var label in new[] { "Q1 2026", "2026-02", "2026-07", "Summer 2027", "2027-10" })
            {
                quotes.Add(Quotes.Of(label, 50 + (random.NextDouble() * 10)));
                var smooth = Build(quotes);
                Assert.True(smooth.Roughness >= last * (1 - 1e-9));
                Assert.All(quotes, q => Assert.Equal(q.Price, Mean(smooth, q.Tenor.Label), 1e-9));
                last = smooth.Roughness;
            }
        }
    }

    [Fact]
    public void The_curve_is_the_one_that_daily_differences_choose()
    {
        // The same task on a grid of days: second differences squared, means met, end flat. A dense solve without any spline.
        var quotes = Quotes.Of(("2025-09", 50), ("2025-10", 58), ("2025-11", 71), ("2025-12", 66));
        var days = MaximumSmoothness.Build(quotes, DeliveryCalendar.Days).Value!.Days;
        var count = days.Count;
        var size = count + quotes.Count + 1;
        var matrix = new double[size * size];
        var right = new double[size];
        for (var i = 1; i < count - 1; i++)
        {
            (int At, double Factor)[] second = [(i - 1, 1), (i, -2), (i + 1, 1)];
            foreach (var (a, fa) in second)
            {
                foreach (var (b, fb) in second)
                {
                    matrix[(a * size) + b] += fa * fb;
                }
            }
        }

        void Constrain(int row, int day, double weight) =>
            matrix[(row * size) + day] = matrix[(day * size) + row] = matrix[(row * size) + day] + weight;

        for (var q = 0; q < quotes.Count; q++)
        {
            right[count + q] = quotes[q].Price;
            foreach (var (day, at) in days.Select((d, at) => (d, at)).Where(d => quotes[q].Tenor.Contains(d.d.Date.ToYearMonth())))
            {
                Constrain(count + q, at, 1.0 / day.Date.Calendar.GetDaysInMonth(day.Date.Year, day.Date.Month));
            }
        }

        Constrain(size - 1, count - 1, 1);
        Constrain(size - 1, count - 2, -1);
        var expected = LinearSystem.Solve(matrix, right);
        Assert.All(days.Select((d, i) => (d.Price, expected[i])), pair => Assert.Equal(pair.Item2, pair.Price, 0.3));
    }

    [Fact]
    public void Neighbouring_days_are_neighbours_even_where_months_jump()
    {
        var prices = Enumerable.Range(0, 36).Select(i => 50 + (20 * Math.Cos(i * Math.PI / 6)) + (i % 2 * 5)).ToArray();
        var days = MaximumSmoothness.Build(Quotes.Months(new YearMonth(2025, 9), prices), DeliveryCalendar.Days).Value!.Days;
        Assert.All(days.Zip(days.Skip(1)), pair => Assert.InRange(Math.Abs(pair.Second.Price - pair.First.Price), 0, 2));
        Assert.InRange(Math.Abs(days[^1].Price - days[^2].Price), 0, 0.05);
    }

    [Fact]
    public void Contradicting_quotes_are_told_of_and_left_out()
    {
        var smooth = Build(Quotes.Of(("2026-01", 60), ("2026-02", 50), ("2026-03", 40), ("Q1 2026", 51)));
        Assert.Equal("Q1 2026", Assert.Single(smooth.Conflicts).Quote.Tenor.Label);
        Assert.Equal(60, Mean(smooth, "2026-01"), 1e-9);
    }

    private static SmoothDays Build(IReadOnlyList<BuildQuote> quotes, MonthShape? prior = null) =>
        MaximumSmoothness.Build(quotes, Peak, prior: prior).Value!;

    private static double Mean(SmoothDays smooth, string label)
    {
        var inside = smooth.Days.Where(d => Quotes.Tenor(label).Contains(d.Date.ToYearMonth())).ToList();
        return inside.Sum(d => d.Price * d.Hours) / inside.Sum(d => d.Hours);
    }
}
