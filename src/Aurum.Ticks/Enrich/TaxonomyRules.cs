using Aurum.Market.Ticks;

namespace Aurum.Ticks.Enrich;

/// <summary>Guesses a taxonomy from the words of an instrument's id, and from its market.</summary>
/// <remarks>Words are what stands between <c>_ . - @</c> and blanks; the longest word that a table knows decides. A word must be the
/// table's word, not merely contain it. Confidence: 0.5, and 0.2 for a known market, 0.1 for a node or hub, 0.1 for a zone; 0.3 where
/// nothing is known.</remarks>
public static class TaxonomyRules
{
    private const double Floor = 0.5;
    private const double Most = 0.9;
    private const double Nothing = 0.3;

    private static readonly char[] Separators = ['_', '.', '-', ' ', '@', ':', '/'];

    private static readonly (string Commodity, string[] Words)[] Commodities =
    [
        ("natural_gas", ["NG", "GAS", "NATURAL"]),
        ("electricity", ["ELEC", "POWER", "MW", "LMP", "HUB", "NODE", "ZONE"]),
        ("crude_oil", ["CRUDE", "OIL", "WTI", "BRENT"]),
        ("refined_products", ["GASOLINE", "DIESEL", "HEATING", "RBOB"]),
        ("coal", ["COAL", "THERMAL"]),
    ];

    private static readonly (string Region, string[] Words)[] Regions =
    [
        ("northeast", ["NY", "NE", "NYISO", "ISONE", "PJM"]),
        ("southeast", ["SE", "SOUTH", "FLORIDA"]),
        ("midwest", ["MIDWEST", "MISO", "ILLINOIS"]),
        ("west", ["WEST", "CAISO", "CALIFORNIA"]),
        ("texas", ["TEXAS", "ERCOT", "TX"]),
    ];

    private static readonly Dictionary<string, string> RegionOfMarket = new()
    {
        ["MISO"] = "midwest",
        ["CAISO"] = "west",
        ["ERCOT"] = "texas",
        ["PJM"] = "northeast",
        ["NYISO"] = "northeast",
        ["ISO-NE"] = "northeast",
        ["SPP"] = "midwest",
        ["AESO"] = "alberta",
    };

    private static readonly string[] PremiumWords = ["BALMO", "PROMO", "PREM", "PREMIUM"];

    public static Taxonomy Classify(TickInstrument instrument, bool hasNodeOrHub, bool hasZone)
    {
        var words = instrument.InstrumentId.ToUpperInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        Array.Sort(words, static (a, b) => b.Length != a.Length ? b.Length - a.Length : string.CompareOrdinal(a, b));
        var isPower = RegionOfMarket.TryGetValue(instrument.Market, out var region);
        var commodity = Find(Commodities, words) ?? (isPower ? "electricity" : Taxonomy.Unknown);
        region ??= Find(Regions, words) ?? Taxonomy.Unknown;
        var tier = words.Any(PremiumWords.Contains) ? "premium" : "standard";
        var confidence = Floor + (isPower ? 0.2 : 0) + (hasNodeOrHub ? 0.1 : 0) + (hasZone ? 0.1 : 0);
        var isKnown = commodity != Taxonomy.Unknown || region != Taxonomy.Unknown;
        return new Taxonomy(commodity, region, tier, isKnown ? Math.Round(Math.Min(confidence, Most), 2) : Nothing, "rules");
    }

    private static string? Find((string Name, string[] Words)[] table, string[] words)
    {
        foreach (var word in words)
        {
            foreach (var (name, known) in table)
            {
                if (known.Contains(word))
                {
                    return name;
                }
            }
        }

        return null;
    }
}
