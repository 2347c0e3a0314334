namespace Aurum.Sources.Ecb;

/// <summary>Exchange rates between two currencies, from rates of both against the euro.</summary>
internal static class CrossRates
{
    /// <summary>The currencies that North American energy is traded and reported in, beside the euro.</summary>
    public static readonly IReadOnlyList<string> Bases = ["USD", "CAD", "MXN", "GBP"];

    /// <summary>Units of the quoted currency for one of the base; NaN where one of the two has no rate.</summary>
    /// <param name="perEuro">Units per euro by currency code; the euro itself is 1 and need not be in it.</param>
    /// <param name="currency">The base.</param>
    /// <param name="quote">The quoted currency.</param>
    public static double Of(IReadOnlyDictionary<string, double> perEuro, string currency, string quote) =>
        PerEuro(perEuro, quote) / PerEuro(perEuro, currency);

    private static double PerEuro(IReadOnlyDictionary<string, double> perEuro, string currency) =>
        currency == "EUR" ? 1 : perEuro.GetValueOrDefault(currency, double.NaN);
}
