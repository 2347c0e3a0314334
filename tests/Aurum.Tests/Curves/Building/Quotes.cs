using Aurum.Curves.Building;
using Aurum.Curves.Building.Strips;
using Aurum.Market.Curves;
using NodaTime;

namespace Aurum.Tests.Curves.Building;

/// <summary>Quotes of a made-up curve, by the names of their periods.</summary>
internal static class Quotes
{
    public static readonly LocalDate AsOf = new(2025, 9, 17);

    public static readonly TenorRules Rules = new() { Winter = WinterYear.Last, AsOf = AsOf.ToYearMonth() };

    public static Tenor Tenor(string label)
    {
        Assert.True(StripTenors.TryParse(label, Rules, out var tenor), label);
        return tenor!;
    }

    public static BuildQuote Of(string label, double price, double tolerance = 0) =>
        new(new QuoteRef("key", label, AsOf, "sheet", label), Tenor(label), price, tolerance);

    public static IReadOnlyList<BuildQuote> Of(params (string Label, double Price)[] quotes) =>
        [.. quotes.Select(q => Of(q.Label, q.Price))];

    /// <summary>Quotes of consecutive months.</summary>
    public static IReadOnlyList<BuildQuote> Months(YearMonth first, IEnumerable<double> prices) =>
        [.. prices.Select((price, i) => Of(Aurum.Market.Curves.Tenor.OfMonth(first.PlusMonths(i)).Label, price))];
}
