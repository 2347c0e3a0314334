using Aurum.App.Api.Requests;
using Aurum.Curves.Building;
using Aurum.Curves.Building.Blocks;
using Aurum.Curves.Building.Calendars;
using Aurum.Market.Curves;
using Aurum.Market.Time;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Curves.Building;

/// <summary>Holds the blocks of each market against each other, month by month: from two quoted ones the third follows by hours of
/// delivery, three must fit.</summary>
internal sealed class StoredBlocks(StoreReader store)
{
    /// <exception cref="RequestFormatException">No curve fits.</exception>
    public IReadOnlyList<BlockShape> Balance(CurveOrder order)
    {
        var markets = new StoredCurves(store).Fitting(order)
            .Select(static quotes => (quotes[0].Head, Block: BlockOf(quotes[0].Head.Identity), Quotes: quotes))
            .Where(static c => c.Block is Block.AllHours or Block.OnPeak or Block.OffPeak)
            .GroupBy(static c => ((c.Head.Identity with { Block = null }).Key, c.Head.UnitsRaw, c.Head.File));
        var shapes = new List<BlockShape>();
        foreach (var market in markets)
        {
            var head = market.First().Head;
            List<BuildQuote> Of(Block block) =>
                market.FirstOrDefault(c => c.Block == block).Quotes is { } quotes ? StoredCurves.QuotesOf(quotes) : [];
            if (DeliveryCalendar.For(head.Identity).Value is { } delivery)
            {
                shapes.AddRange(BlockBalance
                    .OfMonths(delivery.Calendar, Of(Block.AllHours), Of(Block.OnPeak), Of(Block.OffPeak))
                    .Select(prices => BlockShape.Of(head, prices)));
            }
        }

        return shapes;
    }

    /// <summary>Null where the curve names no block, or one that is not known.</summary>
    private static Block? BlockOf(CurveIdentity identity) =>
        identity.Block is { Length: > 0 } text && BlockNames.TryParse(text, out var block) ? block : null;
}

/// <summary>The prices of all hours, the peak and the rest of one month, as answers show them.</summary>
/// <param name="AsofDate">As-of date of the quotes.</param>
/// <param name="Iso">Market operator.</param>
/// <param name="Region">Super-region.</param>
/// <param name="Location">Hub, zone or country.</param>
/// <param name="Product">Product.</param>
/// <param name="UnitsRaw">Unit of the prices.</param>
/// <param name="TenorLabel">The month.</param>
/// <param name="AllHours">Price of every hour.</param>
/// <param name="OnPeak">Price of the peak.</param>
/// <param name="OffPeak">Price of the rest.</param>
/// <param name="OnPeakHours">Hours of the peak.</param>
/// <param name="OffPeakHours">Hours of the rest.</param>
/// <param name="Derived">ATC, ON_PEAK or OFF_PEAK: the one that follows from the others; null where all three are quoted.</param>
/// <param name="Residual">How far the price of all hours is above what the other two say; null where one was derived.</param>
/// <param name="Fits">Whether it is within half a cent of the unit; null where one was derived.</param>
/// <param name="Cells">Cells of the quotes.</param>
internal sealed record BlockShape(
    LocalDate AsofDate,
    string? Iso,
    string? Region,
    string? Location,
    string? Product,
    string? UnitsRaw,
    string TenorLabel,
    double AllHours,
    double OnPeak,
    double OffPeak,
    int OnPeakHours,
    int OffPeakHours,
    string? Derived,
    double? Residual,
    bool? Fits,
    string Cells)
{
    /// <summary>Half a step of prices with two decimals, in the unit of the quotes.</summary>
    public const double Tolerance = 0.005;

    /// <summary>What sums of such prices lose in double precision.</summary>
    private const double Rounding = 1e-9;

    public static BlockShape Of(CurveHead head, BlockPrices prices)
    {
        double? residual = prices.Derived is null ? prices.Residual : null;
        return new BlockShape(
            head.AsOf,
            head.Identity.Iso,
            head.Identity.Region,
            head.Identity.Location,
            head.Identity.Product,
            head.UnitsRaw,
            prices.Period.Label,
            prices.AllHours,
            prices.OnPeak,
            prices.OffPeak,
            prices.OnPeakHours,
            prices.OffPeakHours,
            prices.Derived is { } derived ? BlockNames.Text(derived) : null,
            residual,
            residual is { } off ? Math.Abs(off) <= Tolerance + Rounding : null,
            string.Join("; ", prices.Used.Select(static u => $"{u.Quote.Sheet}!{u.Quote.Cell}")));
    }
}
