using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;

namespace Aurum.Sources.Caiso;

/// <summary>CAISO emissions of carbon dioxide by source every five minutes, from Today's Outlook.</summary>
/// <remarks>
/// <para>Source: outlook file co2.csv. Form and oddities: see <see cref="OutlookFiles"/>.</para>
/// <para>Shape: 6 sources × 288 readings; a series is named <c>outlook/co2/Imports CO2</c>.</para>
/// <para>Units: metric tons an hour; imports are negative while more is exported. Time: Pacific clock, no zone. Revisions: for a
/// day.</para>
/// </remarks>
public static class Emissions
{
    private static readonly string[] Sources =
        ["Biogas CO2", "Biomass CO2", "Natural Gas CO2", "Coal CO2", "Imports CO2", "Geothermal CO2"];

    private static readonly Dictionary<string, SeriesKey> Keys =
        Sources.ToDictionary(name => name, name => new SeriesKey($"outlook/co2/{name}", "t/h"));

    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("caiso/emissions"),
        Title = "CAISO carbon dioxide emissions by source, 5 minutes",
        Facts = new FeedFacts(
            "CAISO Today's Outlook, co2.csv",
            "6 sources × 288 readings a day",
            "metric tons an hour; imports are negative while more is exported",
            OutlookFeeds.Time,
            OutlookFeeds.Revisions),
        Zone = MarketZones.Pacific,
        Schedule = OutlookFeeds.Schedule,
        Suite = "timeseries_observation",
        IntervalMinutes = OutlookFiles.Minutes,
        Table = SeriesTables.Observation,
        Locate = static (day, now) => OutlookFiles.Locate("co2", day, now),
        Recognizes = static head => OutlookFiles.Recognizes(head, "Imports CO2", "Natural Gas CO2"),
        Parse = static (file, output) => OutlookFiles.Parse(
            file, output, Sources, [], [], static (source, delivery, tons) => new SeriesPoint(Keys[source], delivery, tons)),
    };
}
