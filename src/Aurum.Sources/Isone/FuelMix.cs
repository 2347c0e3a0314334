using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Isone;

/// <summary>ISO New England generation by fuel, some 200 times a day.</summary>
/// <remarks>
/// <para>Source: web service genfuelmix.</para>
/// <para>Shape: 8 to 10 fuels × 188 to 267 readings; a fuel that makes nothing may be missing from a reading.</para>
/// <para>Units: MW, whole numbers. Which fuels are marginal is not kept.</para>
/// <para>Time: readings at odd instants (00:08:35) with offset; in the order of the instants, not of their text.</para>
/// <para>Revisions: none seen.</para>
/// </remarks>
public static class FuelMix
{
    private const int BeginDate = 0;
    private const int Generation = 1;
    private const int Fuel = 2;

    private static readonly RecordShape Shape = new(
        "GenFuelMixes", "GenFuelMix", ["BeginDate", "GenMw", "FuelCategory"], "FuelCategoryRollup", "MarginalFlag");

    public static readonly Feed<GenerationRow> Feed = new()
    {
        Id = new FeedId("isone/fuel-mix"),
        Title = "ISO New England generation by fuel",
        Facts = new FeedFacts(
            "ISO New England web service, genfuelmix",
            "8 to 10 fuels × 188 to 267 readings; a fuel may be missing from a reading",
            "MW, whole numbers",
            "readings at odd instants, with offset",
            "none seen"),
        Zone = MarketZones.Eastern,
        Schedule = IsoneSchedules.Running,
        Contract = IsoContract.Of("ISONE", IsoMarket.RealTime, IsoProduct.Generation, MarketZones.Eastern, 0),
        Suite = "iso_genmix",
        Table = PowerTables.Generation,
        Locate = static (day, _) => [IsoneRequests.Day("genfuelmix", day)],
        Recognizes = static head => IsoneHeads.IsAnswer(head, Shape),
        Parse = static (file, output) => IsoneFile.Parse<GenerationRow>(file, output, Shape, Records),
    };

    private static Action Records(RecordValues record, RowBuffer<GenerationRow> rows)
    {
        var fuels = NameTables.Symbols(record.File);
        return () => rows.Add(new GenerationRow(
            IsonePlaces.ControlArea, fuels.Of(record[Fuel]), record.Starting(BeginDate, 0), record.NumberOrNaN(Generation)));
    }
}
