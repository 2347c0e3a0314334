using Aurum.Sandbox.Worlds;
using Aurum.Sources.WorldBank;
using NodaTime;

namespace Aurum.Sandbox.WorldBank;

/// <summary>An indicator of a country in a year; null where the World Bank has no value yet.</summary>
internal readonly record struct WorldBankCell(string Indicator, WorldBankCountry Country, int Year, double? Value);

/// <param name="Iso2">Two letters.</param>
/// <param name="Iso3">Three letters.</param>
/// <param name="Name">For people.</param>
internal sealed record WorldBankCountry(string Iso2, string Iso3, string Name);

/// <summary>The indicators that are asked for, for three countries. A year's values come on 1 July of the next; on each later 1 July
/// some of them are others.</summary>
internal sealed class WorldBankBook(World world)
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["EG.USE.ELEC.KH.PC"] = "Electric power consumption (kWh per capita)",
        ["EG.USE.PCAP.KG.OE"] = "Energy use (kg of oil equivalent per capita)",
        ["EG.ELC.LOSS.ZS"] = "Electric power transmission and distribution losses (% of output)",
        ["EG.ELC.RNEW.ZS"] = "Renewable electricity output (% of total electricity output)",
        ["EG.IMP.CONS.ZS"] = "Energy imports, net (% of energy use)",
        ["NY.GDP.MKTP.CD"] = "GDP (current US$)",
        ["FP.CPI.TOTL.ZG"] = "Inflation, consumer prices (annual %)",
        ["SP.POP.TOTL"] = "Population, total",
        ["NE.EXP.GNFS.ZS"] = "Exports of goods and services (% of GDP)",
    };

    private readonly Dice _dice = world.Dice.For("worldbank");

    public static IReadOnlyList<WorldBankCountry> Countries { get; } =
        [new("US", "USA", "United States"), new("CA", "CAN", "Canada"), new("MX", "MEX", "Mexico")];

    public static IReadOnlyList<string> Asked => Indicators.Asked;

    public static string NameOf(string indicator) => Names[indicator];

    public static bool Has(string indicator) => Names.ContainsKey(indicator);

    /// <summary>Country by country, newest year first.</summary>
    public IEnumerable<WorldBankCell> Cells(string indicator, IEnumerable<WorldBankCountry> countries, int first, int last, Instant now)
    {
        foreach (var country in countries)
        {
            for (var year = Math.Min(last, now.InUtc().Year); year >= first; year--)
            {
                yield return new WorldBankCell(indicator, country, year, Value(indicator, country, year, now));
            }
        }
    }

    private double? Value(string indicator, WorldBankCountry country, int year, Instant now)
    {
        var updates = Enumerable.Range(year + 1, 8).Count(y => now >= Instant.FromUtc(y, 7, 1, 12, 0));
        if (updates == 0)
        {
            return null;
        }

        var own = _dice.For($"{indicator}/{country.Iso3}");
        var level = indicator == "NY.GDP.MKTP.CD" ? 2e12 * (1 + (9 * own.Unit(-1))) : 100 * (1 + own.Unit(-1));
        var revision = Enumerable.Range(1, updates - 1).Sum(u => own.Unit((100 * year) + u) < 0.3 ? 0.002 : 0);
        return Math.Round(level * (1 + (0.02 * own.Smooth(year / 3.0)) + revision), 2);
    }
}
