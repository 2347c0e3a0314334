using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Served;
using Aurum.Market.Ticks;
using Aurum.Ticks.Project;
using NodaTime;

namespace Aurum.App.Api.Ticks;

/// <summary><c>GET /v1/latest</c>: the last price of each instrument: from memory, from Redis, or from the tables.</summary>
internal static class LatestTickEndpoint
{
    private const int DefaultApartSeconds = 900;

    private static readonly QueryParameter[] Parameters =
    [
        TickParameters.Tenant, TickParameters.Instrument,
        QueryParameter.Filter("hub", "Instrument whose price is taken off for the basis.", "CAISO.NP15.RT5"),
        new("apart", ParameterForm.WholeNumber, "Seconds that price and hub's price may be apart for a basis.")
        {
            Least = 0,
            Most = 86_400,
            Default = $"{DefaultApartSeconds}",
            IsFilter = true,
        },
        RowResource.Limit, RowResource.Cursor, ResponseFormats.Parameter,
    ];

    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/latest", Get).WithTags(TickParameters.Tag)
        .Describe("LatestTicks", "Latest real-time prices",
            "The last price of each instrument by event time, as it was acknowledged last, with its bid-ask spread and, where a hub is "
            + "given, its basis: the price less the hub's, of the same currency and unit. By instrument.", Parameters);

    private static async Task<Answer<IReadOnlyList<LatestTickShape>>> Get(
        HttpRequest request, RowServices services, CancellationToken cancel)
    {
        var list = ListRequest.Read("latest", Parameters, request, services);
        var tenant = TickParameters.TenantOf(list.Query);
        var hub = await HubOf(list.Query, services.Api, tenant, cancel);
        var apartMicros = list.Query.WholeNumber("apart") * BarIntervals.MicrosPerSecond;
        var prices = (await PricesOf(services.Api, tenant, list.Query.Texts("instrument"), cancel))
            .SkipWhile(p => list.After is [var after] && string.CompareOrdinal(p.Instrument.Name, after) <= 0);
        return list.Page(
            [.. prices.Take(list.Limit + 1)], p => LatestTickShape.Of(p, hub, apartMicros), p => [p.Instrument.Name]);
    }

    private static ValueTask<IReadOnlyList<LatestPriceView>> PricesOf(
        ApiServices services, string tenant, IReadOnlyCollection<string> instruments, CancellationToken cancel)
    {
        var ticks = TickParameters.Required(services);
        return ticks is StoredTicks stored && services.HotPrices is { } hot
            ? stored.LatestAsync(hot, tenant, instruments, cancel)
            : ticks.LatestAsync(tenant, instruments, cancel);
    }

    private static async ValueTask<LatestPriceView?> HubOf(
        QueryReader query, ApiServices services, string tenant, CancellationToken cancel) => query.Text("hub") is not { } name ? null
        : await PricesOf(services, tenant, [name], cancel) is [var price] ? price
        : throw new RequestFormatException("hub", $"an instrument of tenant {tenant} that has a price", $"'{name}'");
}

/// <summary>The last price of an instrument. Prices in its currency per unit; null where unknown.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="InstrumentId">Instrument; of a forward curve with its month.</param>
/// <param name="Market">Market.</param>
/// <param name="Source">System that sent it.</param>
/// <param name="EventTime">When it happened.</param>
/// <param name="Sequence">The source's running number; null where it has none.</param>
/// <param name="Price">Price.</param>
/// <param name="Volume">Volume, in the unit.</param>
/// <param name="Bid">Bid.</param>
/// <param name="Ask">Ask.</param>
/// <param name="Spread">Ask less bid; below 0 where the quote is crossed.</param>
/// <param name="Basis">Price less the hub's; null without a hub, or where the two are too far apart or of other units.</param>
/// <param name="Currency">Currency of the prices.</param>
/// <param name="Unit">Unit of the volume.</param>
/// <param name="Flags">What was noticed about the tick; valid where nothing was.</param>
internal sealed record LatestTickShape(
    string TenantId, string InstrumentId, string Market, string Source, Instant EventTime, long? Sequence, double Price, double Volume,
    double Bid, double Ask, double Spread, double Basis, string Currency, string Unit, IReadOnlyList<string> Flags)
{
    public static LatestTickShape Of(LatestPriceView view, LatestPriceView? hub, long mostApartMicros)
    {
        var (instrument, price) = (view.Instrument, view.Price);
        return new(
            instrument.Tenant, instrument.Name, instrument.Market, view.Source, Instant.FromUnixTimeTicks(price.EventMicros * 10),
            price.Sequence < 0 ? null : price.Sequence, price.Price, price.Volume, price.Bid, price.Ask,
            TickParameters.Rounded(price.BidAskSpread),
            hub is { } of
                ? TickParameters.Rounded(HubBasis.Of(price, instrument, of.Price, of.Instrument, mostApartMicros))
                : double.NaN,
            instrument.Currency, instrument.Unit, QualityFlagNames.Of(price.Flags));
    }
}
