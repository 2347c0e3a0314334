using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO generation by fuel every five minutes, from Today's Outlook.</summary>
/// <remarks>
/// <para>Source: outlook file fuelsource.csv. Form and oddities: see <see cref="OutlookFiles"/>.</para>
/// <para>Shape: 13 fuels × 288 readings; batteries and others came later. Fuels are named as in 2025 whatever the case was.</para>
/// <para>Units: MW; batteries are negative while they charge. Time: Pacific clock, no zone. Revisions: for a day.</para>
/// </remarks>
public static class FuelMix
{
    private static readonly string[] Fuels =
    [
        "Solar", "Wind", "Geothermal", "Biomass", "Biogas", "Small Hydro", "Coal", "Nuclear", "Natural Gas", "Large Hydro", "Imports",
    ];

    private static readonly string[] LaterFuels = ["Batteries", "Other"];

    private static readonly Dictionary<string, Symbol> Symbols = Fuels.Concat(LaterFuels).ToDictionary(f => f, f => new Symbol(f));

    public static readonly Feed<GenerationRow> Feed = new()
    {
        Id = new FeedId("caiso/fuel-mix"),
        Title = "CAISO generation by fuel, 5 minutes",
        Facts = new FeedFacts(
            "CAISO Today's Outlook, fuelsource.csv",
            "13 fuels × 288 readings a day; imports are one of them",
            "MW; batteries are negative while they charge, solar at night by a little",
            OutlookFeeds.Time,
            OutlookFeeds.Revisions),
        Zone = MarketZones.Pacific,
        Schedule = OutlookFeeds.Schedule,
        Contract = IsoContract.Of("CAISO", IsoMarket.RealTime, IsoProduct.Generation, MarketZones.Pacific, OutlookFiles.Minutes),
        Suite = "iso_genmix",
        IntervalMinutes = OutlookFiles.Minutes,
        Table = PowerTables.Generation,
        Locate = static (day, now) => OutlookFiles.Locate("fuelsource", day, now),
        Recognizes = static head => OutlookFiles.Recognizes(head, "Solar", "Geothermal", "Imports") && !head.HeaderHas("CO2"),
        Parse = static (file, output) => OutlookFiles.Parse(
            file, output, Fuels, LaterFuels, [],
            static (fuel, delivery, mw) => new GenerationRow(OutlookFeeds.System, Symbols[fuel], delivery, mw)),
    };
}
