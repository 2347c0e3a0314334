using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;

namespace Aurum.Tests.Docs.Toy;

/// <summary>What is so in the sandbox's Prairie ISO.</summary>
internal static class PrairieTruth
{
    /// <summary>Prices with two decimals, out at 13:00 on the day before; of one place and day in twenty-five some are mended.</summary>
    public static PriceBook Book(World world)
    {
        var dice = world.Dice.For("prairie");
        var grid = new Grid(dice, new GridShape(MarketZones.Central, -6 * 3600, 8_000, 900, 6_000, 9, 15));
        return new PriceBook(
            new PriceMarket(grid, dice.For("day ahead"), 2, isRealTime: false),
            [
                new Place(dice, "WHEAT.HUB", LocationType.Hub), new Place(dice, "NORTH.ZONE", LocationType.Zone),
                new Place(dice, "MILL_1", LocationType.Node),
            ],
            60,
            1,
            Release.DayBefore(13),
            new Corrections(dice.For("corrections"), 0.04, 4));
    }

    public static IEnumerable<TruthSource> Of(World world) =>
        [PriceTruth.Source("prairie/day-ahead-lmp", Book(world), hasParts: true, hasGhg: false)];
}
