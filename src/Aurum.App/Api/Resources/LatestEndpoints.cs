using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Api.Slices;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/iso/lmp/latest</c>: the price of each place now, beside the one before.</summary>
internal static class LatestEndpoints
{
    /// <summary>Places looked at for one answer at most.</summary>
    private const int MaxPrices = 100_000;

    /// <summary>Seconds by which "now" may lag behind the clock where answers are kept.</summary>
    private const int ClockSeconds = 5;

    /// <summary>Hubs and zones first: what people look at.</summary>
    private static readonly string[] TypeOrder =
    [
        .. new[] { LocationType.Hub, LocationType.Zone, LocationType.System, LocationType.Aggregate,
        LocationType.Interface }.Select(t => t.ToText()),
    ];

    private static readonly QueryParameter[] Parameters =
    [
        .. RowResources.Lmp.FilterParameters, RowResource.AsOf,
        QueryParameter.LimitOf(RowResource.MaxLimit, RowResource.DefaultLimit), RowResource.Cursor, ResponseFormats.Parameter,
    ];

    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/iso/lmp/latest", Get).WithTags("iso")
        .Describe("LmpLatest", "Latest prices",
        "For each feed and place the price of the interval that now (or as_of) lies in, or the last one before it, and the "
        + "price of the interval before. Hubs and zones come first.", Parameters)
        .Kept(SliceRule.OfRows("lmp-latest", RowResources.Lmp.Table, ClockSeconds));

    private static Answer<IReadOnlyList<LatestShape>> Get(HttpRequest request, RowServices services, CancellationToken cancel)
    {
        var list = ListRequest.Read("lmp-latest", Parameters, request, services);
        var filters = RowRequest.ReadFilters(RowResources.Lmp, list.Query, services.Feeds)
            .ToDictionary(f => f.Column, f => f.Values);
        var feeds = filters.GetValueOrDefault("feed");
        var prices = services.Store.LatestPrices(new LatestPriceQuery(list.AsOf)
        {
            IsoCode = filters.GetValueOrDefault("iso_code")?[0],
            IsoMarket = filters.GetValueOrDefault("iso_market")?[0],
            LocationTypes = filters.GetValueOrDefault("location_type")
            ?? [.. Enum.GetValues<LocationType>().Select(t => t.ToText())],
            LocationIds = filters.GetValueOrDefault("location_id") ?? [],
            AsOf = list.AsOf,
            Limit = MaxPrices,
        }, cancel);
        var ordered = prices.Where(p => feeds is null || feeds.Contains(p.Feed.Text))
            .Select(p => (Price: p, Key: KeyOf(p))).OrderBy(p => p.Key, StringComparer.Ordinal)
            .SkipWhile(p => list.After is not null && string.CompareOrdinal(p.Key, list.After[0]) <= 0);
        var names = services.Names.Current();
        return list.Page([.. ordered.Take(list.Limit + 1)], p => LatestShape.Of(p.Price, services.Feeds, names), p => [p.Key]);
    }

    private static string KeyOf(LatestPrice price)
    {
        var order = Array.IndexOf(TypeOrder, price.LocationType);
        return $"{price.IsoCode}|{(order < 0 ? 9 : order)}|{price.LocationId}|{price.LocationType}|{price.Feed.Text}";
    }
}

/// <summary>The price of a place now. Prices in USD/MWh, null where unknown.</summary>
/// <param name="Feed">Feed id.</param>
/// <param name="IsoCode">Market operator.</param>
/// <param name="IsoMarket">Which market.</param>
/// <param name="IsoTimezone">IANA name of the market's clock.</param>
/// <param name="IsoIntervalMinutes">Length of its intervals.</param>
/// <param name="LocationId">Place, by the publisher's id.</param>
/// <param name="LocationType">Kind of place.</param>
/// <param name="LocationName">Name for people.</param>
/// <param name="IntervalStartUtc">Start of the delivery interval.</param>
/// <param name="IntervalEndUtc">End of the delivery interval.</param>
/// <param name="Lmp">Price.</param>
/// <param name="Energy">Energy part.</param>
/// <param name="Congestion">Congestion part.</param>
/// <param name="Loss">Loss part.</param>
/// <param name="Ghg">Greenhouse-gas part.</param>
/// <param name="PreviousLmp">Price of the interval before; null where there is none.</param>
/// <param name="Unit">USD/MWh.</param>
/// <param name="KnownAt">When we received it.</param>
/// <param name="Revision">Which revision it is.</param>
internal sealed record LatestShape(
    FeedId Feed, string IsoCode, string IsoMarket, string? IsoTimezone, int? IsoIntervalMinutes, string LocationId,
    string LocationType,
    string LocationName, Instant IntervalStartUtc, Instant IntervalEndUtc, double Lmp, double Energy, double Congestion,
    double Loss, double Ghg,
    double PreviousLmp, string Unit, Instant KnownAt, int Revision)
{
    public static LatestShape Of(LatestPrice price, FeedTable feeds, LocationNames.Snapshot names)
    {
        var feed = feeds.Find(System.Text.Encoding.UTF8.GetBytes(price.Feed.Text))?.Feed;
        return new(
            price.Feed, price.IsoCode, price.IsoMarket, feed?.Contract?.IsoTimezone, feed?.Contract?.IsoIntervalMinutes,
            price.LocationId,
            price.LocationType, names.Of(price.IsoCode, price.LocationType, price.LocationId), price.Start, price.End,
            price.LmpUsdPerMwh,
            price.EnergyUsdPerMwh, price.CongestionUsdPerMwh, price.LossUsdPerMwh, price.GhgUsdPerMwh, price.PreviousLmpUsdPerMwh,
            feed?.Contract?.IsoUnit ?? "USD/MWh", price.KnownAt, price.Revision);
    }
}
