using NodaTime;
using NodaTime.Text;

namespace Aurum.Curves.Building.Units;

/// <summary>Exchange rates against the euro by day, as the European Central Bank publishes them. A rate between two other currencies
/// goes over the euro, with both rates of the same day.</summary>
/// <remarks>Spot rates: a price of a month to come is converted at the rate of the as-of date, not at a forward rate.</remarks>
public sealed class FxRates
{
    /// <summary>How old the last published rate may be: longer than any holiday of the payment system (four days at Easter, up to five
    /// about Christmas).</summary>
    public const int MaxAgeDays = 7;

    private readonly Dictionary<(LocalDate Date, string Currency), double> _perEuro = [];

    /// <param name="fixings">In any order; of two of a day and currency the last counts. What is no number above zero is left out.</param>
    public FxRates(IEnumerable<FxFixing> fixings)
    {
        foreach (var fixing in fixings)
        {
            if (double.IsFinite(fixing.PerEuro) && fixing.PerEuro > 0)
            {
                _perEuro[(fixing.Date, fixing.Currency.ToUpperInvariant())] = fixing.PerEuro;
            }
        }
    }

    /// <summary>No rates at all: only prices of one currency can be converted.</summary>
    public static FxRates None { get; } = new([]);

    /// <summary>Units of one currency for one of another, as of a date: the last rates published on it or before.</summary>
    /// <returns>A refusal where the days up to <see cref="MaxAgeDays"/> before have no rate of both.</returns>
    public Built<FxRate> Of(string from, string to, LocalDate asOf)
    {
        var (source, target) = (from.ToUpperInvariant(), to.ToUpperInvariant());
        if (source == target)
        {
            return new FxRate(source, target, 1, asOf, asOf);
        }

        for (var age = 0; age <= MaxAgeDays; age++)
        {
            var date = asOf.PlusDays(-age);
            if (PerEuro(date, source) is { } fromRate && PerEuro(date, target) is { } toRate)
            {
                return new FxRate(source, target, toRate / fromRate, date, asOf);
            }
        }

        var first = LocalDatePattern.Iso.Format(asOf.PlusDays(-MaxAgeDays));
        return Built<FxRate>.Refuse(
            RefusalReason.MissingRate,
            $"expected rates of {source} and {target} against the euro from {first} to {LocalDatePattern.Iso.Format(asOf)}, found none");
    }

    private double? PerEuro(LocalDate date, string currency) =>
        currency == "EUR" ? 1 : _perEuro.TryGetValue((date, currency), out var rate) ? rate : null;
}

/// <summary>A published rate.</summary>
/// <param name="Date">Day of the fixing.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="PerEuro">Units of it for one euro.</param>
public readonly record struct FxFixing(LocalDate Date, string Currency, double PerEuro);

/// <summary>A rate that was used.</summary>
/// <param name="From">Currency of the prices before.</param>
/// <param name="To">Currency of the prices after.</param>
/// <param name="Rate">Units of <paramref name="To"/> for one of <paramref name="From"/>.</param>
/// <param name="Date">Day of the fixing.</param>
/// <param name="AsOf">Day that was asked for; later than <paramref name="Date"/> on weekends and holidays.</param>
public sealed record FxRate(string From, string To, double Rate, LocalDate Date, LocalDate AsOf)
{
    /// <summary>Whether the day that was asked for had no rate, and the last one before it was taken.</summary>
    public bool IsEarlier => Date != AsOf;

    /// <summary>For people.</summary>
    public override string ToString()
    {
        var rate = FormattableString.Invariant($"{Rate:0.########} {To} for 1 {From}, ECB fixing of {LocalDatePattern.Iso.Format(Date)}");
        return IsEarlier ? $"{rate}, the last one published up to {LocalDatePattern.Iso.Format(AsOf)}" : rate;
    }
}
