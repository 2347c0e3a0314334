using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;

namespace Aurum.Sources.Aeso;

/// <summary>AESO generation by fuel, as it is now.</summary>
/// <remarks>
/// <para>Source: API, currentsupplydemand-api v2.</para>
/// <para>Shape: 8 fuels × net generation; the newest reading alone. Their capability and reserve are series of
/// <see cref="SupplyDemand"/>, which reads the same answer.</para>
/// <para>Units: MW, whole numbers.</para>
/// <para>Time: a reading at an instant, UTC.</para>
/// <para>Revisions: none; what was not looked at in time is gone.</para>
/// </remarks>
public static class FuelMix
{
    public static readonly Feed<GenerationRow> Feed = new()
    {
        Id = new FeedId("aeso/fuel-mix"),
        Title = "AESO generation by fuel, now",
        Facts = new FeedFacts(
            "AESO API currentsupplydemand-api v2",
            "8 fuels × net generation, the newest reading alone",
            "MW, whole numbers",
            "a reading at an instant, UTC",
            "none; what was not looked at in time is gone"),
        Zone = MarketZones.Mountain,
        Schedule = SupplyDemand.Schedule,
        Contract = AesoFeeds.Contract(IsoMarket.RealTime, IsoProduct.Generation, 0),
        Suite = "iso_genmix",
        Table = PowerTables.Generation,
        Locate = AesoRequests.Summary,
        Recognizes = static head => AesoText.IsJson(head) && head.Has("\"generation_data_list\""),
        Parse = static (file, output) => Summary.Parse<GenerationRow>(file, output, static (summary, rows) =>
        {
            var at = DeliveryInterval.At(summary.At);
            foreach (var value in summary.Values)
            {
                if (value is { Part: SummaryPart.Fuel, Measure: Summary.Generation })
                {
                    rows.Add(new GenerationRow(AesoFeeds.System, new Symbol(value.Name), at, value.Mw));
                }
            }
        }),
    };
}
