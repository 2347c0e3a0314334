using NodaTime;

namespace Aurum.Curves.Building.Bootstrapping;

/// <summary>How a year is shaped: what the price of a month is beside that of its year. It chooses among the prices that quotes
/// allow; it never moves a quote.</summary>
/// <param name="Kind">Whether the numbers are added or multiplied.</param>
/// <param name="ByMonth">Twelve numbers, January first: prices in the unit of the curve, or factors.</param>
/// <param name="Origin">Where the shape is from, for people.</param>
public sealed record MonthShape(ShapeKind Kind, IReadOnlyList<double> ByMonth, string Origin)
{
    public const int Months = 12;

    /// <summary>All months alike.</summary>
    public static readonly MonthShape Flat = new(ShapeKind.Difference, new double[Months], "flat");

    /// <summary>The shape of the months that are quoted: the mean, over all whole years, of a month less its year's mean, or of the
    /// month as a share of it.</summary>
    /// <returns>A refusal where no calendar year is quoted in all months, or a year's mean is not above zero and shares are asked
    /// for.</returns>
    public static Built<MonthShape> OfQuotes(IReadOnlyList<BuildQuote> quotes, ShapeKind kind)
    {
        var years = quotes.Where(static q => q.IsMonth && double.IsFinite(q.Price)).DistinctBy(static q => q.Tenor.First)
            .GroupBy(static q => q.Tenor.First.Year).Where(static y => y.Count() == Months).ToList();
        if (years.Count == 0)
        {
            return Built<MonthShape>.Refuse(
                RefusalReason.NoQuotes, "expected a calendar year with a quote for each month, found none");
        }

        var sums = new double[Months];
        foreach (var year in years)
        {
            var mean = year.Average(static q => q.Price);
            if (kind == ShapeKind.Ratio && mean <= 0)
            {
                return Built<MonthShape>.Refuse(
                    RefusalReason.NoRatio, FormattableString.Invariant($"expected a mean above zero in {year.Key}, found {mean}"));
            }

            foreach (var quote in year)
            {
                sums[quote.Tenor.First.Month - 1] += kind == ShapeKind.Ratio ? quote.Price / mean : quote.Price - mean;
            }
        }

        var origin = $"months of {string.Join(", ", years.Select(static y => y.Key).Order())}";
        return new MonthShape(kind, Array.ConvertAll(sums, s => s / years.Count), origin);
    }

    /// <summary>What a month would cost in a year of some level.</summary>
    internal double Apply(YearMonth month, double level) =>
        Kind == ShapeKind.Ratio ? level * ByMonth[month.Month - 1] : level + ByMonth[month.Month - 1];
}
