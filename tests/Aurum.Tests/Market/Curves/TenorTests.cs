using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Tests.Market.Curves;

/// <summary>Names of delivery periods.</summary>
public sealed class TenorTests
{
    private static readonly TenorRules Vendor = new() { Winter = WinterYear.Last, AsOf = new YearMonth(2025, 9) };

    [Theory]
    [InlineData("2025-09", TenorType.Monthly, "2025-09", "2025-09")]
    [InlineData("Sep-25", TenorType.Monthly, "2025-09", "2025-09")]
    [InlineData("September 2025", TenorType.Monthly, "2025-09", "2025-09")]
    [InlineData("Calendar 2026", TenorType.Calendar, "2026-01", "2026-12")]
    [InlineData("Cal-26", TenorType.Calendar, "2026-01", "2026-12")]
    [InlineData("Summer  2026", TenorType.Season, "2026-04", "2026-10")]
    [InlineData("Winter 2026", TenorType.Season, "2025-11", "2026-03")]
    [InlineData("Winter 2026-2027", TenorType.Season, "2026-11", "2027-03")]
    [InlineData("Winter 2026/27", TenorType.Season, "2026-11", "2027-03")]
    [InlineData("Q3 2026", TenorType.Quarter, "2026-07", "2026-09")]
    [InlineData("Bal 2025", TenorType.Season, "2025-09", "2025-12")]
    [InlineData("BalMo", TenorType.Season, "2025-09", "2025-09")]
    public void A_name_is_a_period_of_whole_months(string text, TenorType type, string first, string last)
    {
        Assert.True(Tenor.TryParse(text, Vendor, out var tenor));
        Assert.Equal((type, first, last), (tenor.Type, $"{tenor.First:uuuu-MM}", $"{tenor.Last:uuuu-MM}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Date")]
    [InlineData("Spring 2026")]
    [InlineData("Winter 2026-2028")]
    [InlineData("Summer 2026-2027")]
    [InlineData("Q5 2026")]
    [InlineData("2025-13")]
    [InlineData("Bal 2027")]
    [InlineData("Calendar 2026 total")]
    [InlineData("Foo-26")]
    public void What_is_no_known_period_is_not_guessed(string text) => Assert.False(Tenor.TryParse(text, Vendor, out _));

    [Fact]
    public void A_winter_is_named_after_the_year_that_its_vendor_means()
    {
        Assert.True(Tenor.TryParse("Winter 2026", Vendor with { Winter = WinterYear.First }, out var tenor));
        Assert.Equal(new YearMonth(2026, 11), tenor.First);
    }

    [Fact]
    public void Further_seasons_are_the_vendors_own()
    {
        var seasons = new Dictionary<string, (int, int)>(StringComparer.OrdinalIgnoreCase) { ["Spring"] = (3, 5), ["Fall"] = (9, 11) };
        var rules = Vendor with { Seasons = seasons };
        Assert.True(Tenor.TryParse("spring 2026", rules, out var tenor));
        Assert.Equal((new YearMonth(2026, 3), new YearMonth(2026, 5), 3), (tenor.First, tenor.Last, tenor.Months));
    }

    [Fact]
    public void A_label_reads_back_as_the_period_that_it_names()
    {
        for (var year = 2000; year < 2060; year++)
        {
            for (var month = 1; month <= 12; month++)
            {
                var tenor = Tenor.OfMonth(new YearMonth(year, month));
                Assert.True(Tenor.TryParse(tenor.Label, Vendor, out var again));
                Assert.Equal(tenor, again);
            }

            string[] names = [$"Calendar {year}", $"Winter {year}", $"Summer {year}", $"Q2 {year}", $"Winter {year}-{year + 1}"];
            foreach (var name in names)
            {
                Assert.True(Tenor.TryParse(name, Vendor, out var tenor));
                Assert.Equal(name, tenor.Label);
                Assert.Equal(Enumerable.Range(0, 24).Count(i => tenor.Contains(tenor.First.PlusMonths(i - 6))), tenor.Months);
            }
        }
    }
}
