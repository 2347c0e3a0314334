using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Ppa;

/// <summary>A contract to begin with: five years of what a solar plant in West Texas produces, with a price that grows, a clause on
/// negative prices, fees and a security, on curves that the sandbox's workbooks have.</summary>
internal static class ExampleContract
{
    private const int Years = 5;

    /// <summary>Sunrise and sunset on the local clock, in hours, and output at noon as a share of the capacity, January first. Made up,
    /// after the sun at 32 degrees north.</summary>
    private static readonly (double Rise, double Set, double Noon)[] Sun =
    [
        (7.8, 17.9, 0.58), (7.4, 18.5, 0.63), (7.7, 19.9, 0.69), (7.1, 20.3, 0.74), (6.6, 20.7, 0.78), (6.5, 21.0, 0.82),
        (6.7, 21.0, 0.81), (7.0, 20.5, 0.80), (7.4, 19.8, 0.75), (7.7, 19.1, 0.69), (7.2, 17.8, 0.61), (7.6, 17.6, 0.55),
    ];

    /// <param name="start">First day of delivery.</param>
    public static string From(LocalDate start) => $$"""
        {
          "name": "Caprock Solar",
          "side": "buyer",
          "counterparty": "Caprock Solar LLC",
          "technology": "solar",
          "start": "{{LocalDatePattern.Iso.Format(start)}}",
          "end": "{{LocalDatePattern.Iso.Format(start.PlusYears(Years).PlusDays(-1))}}",
          "market": "ercot",
          "currency": "USD",
          "curves": { "on_peak": "ERCOT West power ON_PEAK", "off_peak": "ERCOT West power OFF_PEAK" },
          "point": { "type": "node", "name": "CAPROCK_SLR", "basis": { "type": "fixed", "amount": -2.5 } },
          "volume": {
            "type": "pay_as_produced",
            "capacity_mw": 100,
            "share_percent": 80,
            "degradation_percent_per_year": 0.5,
            "availability_percent": 98,
            "shape": {
              "type": "month_hours",
              "factors": [
        {{Factors()}}
              ]
            }
          },
          "price": { "type": "escalator", "price": 27.5, "escalator": { "percent_per_year": 2 } },
          "negative_price": { "type": "no_pay_below", "below": 0 },
          "settlement": { "type": "financial", "minutes": 60 },
          "fees": { "per_mwh": 0.15, "per_month": 2500 },
          "credit": { "percent_per_year": 0.4 },
          "discount": { "annual_percent": 7, "payment_lag_days": 20 }
        }

        """;

    private static string Factors() => string.Join(",\n", Sun.Select(static sun =>
        $"        [{string.Join(", ", Enumerable.Range(0, 24).Select(hour => Factor(sun, hour)))}]"));

    private static string Factor((double Rise, double Set, double Noon) sun, int hour)
    {
        var passed = (hour + 0.5 - sun.Rise) / (sun.Set - sun.Rise);
        var share = passed is > 0 and < 1 ? sun.Noon * Math.Pow(Math.Sin(Math.PI * passed), 1.2) : 0;
        return Math.Round(share, 3).ToString(CultureInfo.InvariantCulture);
    }
}
