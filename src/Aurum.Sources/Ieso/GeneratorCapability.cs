using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;

namespace Aurum.Sources.Ieso;

/// <summary>IESO capability and available capacity of generators of 20 MW and more, by the hour.</summary>
/// <remarks>
/// <para>Source: public report GenOutputCapability, as for <see cref="GeneratorOutput"/>.</para>
/// <para>Shape: some 190 generators × 24 hours × series <c>generator-capability/NUCLEAR/BRUCEA-G1/capability</c> and
/// <c>generator-capability/NUCLEAR/BRUCEA-G1/available-capacity</c>, by fuel and generator. Wind and sun have their forecast for
/// capability.</para>
/// <para>Units: MW, whole numbers.</para>
/// <para>Time: hour ending 1 to 24 on Eastern Standard Time all year.</para>
/// <para>Revisions: in place; the files of about 90 days are kept.</para>
/// </remarks>
public static class GeneratorCapability
{
    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("ieso/generator-capability"),
        Title = "IESO capability and available capacity by generator",
        Facts = new FeedFacts(
            "IESO public report GenOutputCapability",
            "some 190 generators × 24 hours × capability and available capacity",
            "MW, whole numbers",
            "hour ending, Eastern Standard Time all year: every day has 24 hours",
            "in place, for a few days"),
        Zone = MarketZones.EasternStandard,
        Schedule = GeneratorFile.Schedule,
        Suite = "timeseries_observation",
        IntervalMinutes = 60,
        Table = SeriesTables.Observation,
        Locate = static (day, _) => GeneratorFile.Locate(day),
        Recognizes = static _ => false,
        Parse = static (file, output) => GeneratorFile.Parse<SeriesPoint>(file, output, static (generator, quantity, hour, mw, rows) =>
        {
            if (quantity != GeneratorQuantity.Output)
            {
                rows.Add(new SeriesPoint(generator.Series(quantity), hour, mw));
            }
        }),
    };
}
