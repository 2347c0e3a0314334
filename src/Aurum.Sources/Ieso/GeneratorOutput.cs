using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Ieso;

/// <summary>IESO output of generators of 20 MW and more, by the hour.</summary>
/// <remarks>
/// <para>Source: public report GenOutputCapability, an XML a day, rewritten every hour.</para>
/// <para>Shape: some 190 generators × 24 hours; the fuel is the generator's (<c>NUCLEAR</c>). Capability and available capacity of the
/// same file are <see cref="GeneratorCapability"/>.</para>
/// <para>Units: MW, whole numbers.</para>
/// <para>Time: hour ending 1 to 24 on Eastern Standard Time all year. Root and namespace are those of the former operator
/// (IMODocument).</para>
/// <para>Revisions: in place; the files of about 90 days are kept.</para>
/// </remarks>
public static class GeneratorOutput
{
    public static readonly Feed<GenerationRow> Feed = new()
    {
        Id = new FeedId("ieso/generator-output"),
        Title = "IESO output by generator",
        Facts = new FeedFacts(
            "IESO public report GenOutputCapability",
            "some 190 generators × 24 hours",
            "MW, whole numbers",
            "hour ending, Eastern Standard Time all year: every day has 24 hours",
            "in place, for a few days"),
        Zone = MarketZones.EasternStandard,
        Schedule = GeneratorFile.Schedule,
        Contract = IesoFeeds.Contract(IsoMarket.RealTime, IsoProduct.Generation, 60),
        Suite = "iso_genmix",
        IntervalMinutes = 60,
        Table = PowerTables.Generation,
        Locate = static (day, _) => GeneratorFile.Locate(day),
        Recognizes = static head =>
            IesoHeads.IsReport(head, "GenOutputCapability", "Generators Output and Capability Report"),
        Parse = static (file, output) => GeneratorFile.Parse<GenerationRow>(file, output, static (generator, quantity, hour, mw, rows) =>
        {
            if (quantity == GeneratorQuantity.Output)
            {
                rows.Add(new GenerationRow(generator.Place, generator.Fuel, hour, mw));
            }
        }),
    };
}
