using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using NodaTime;

namespace Aurum.App.Api.Ticks;

/// <summary><c>GET /v1/ticks</c>: ticks as they are stored.</summary>
internal static class TickEndpoint
{
    private static readonly QueryParameter[] Parameters =
    [
        TickParameters.Tenant, TickParameters.Instrument, TickParameters.Start, TickParameters.End,
        QueryParameter.Filter("source", "System that sent them.", "caiso-oasis"),
        QueryParameter.Filter("flag", "Flag that they must have. May be repeated, up to 14 times: all of them.", "price_negative")
            with { MaxValues = 14 },
        QueryParameter.ChoiceOf("order", "time: by event time. stored: as they were stored.", "time", "stored") with { Default = "time" },
        RowResource.AsOf, RowResource.Limit, RowResource.Cursor, ResponseFormats.Parameter,
    ];

    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/ticks", Get).WithTags(TickParameters.Tag)
        .Describe("Ticks", "Ticks", "Every tick that is acknowledged, with its flags and taxonomy.", Parameters);

    private static async Task<Answer<IReadOnlyList<TickShape>>> Get(
        HttpRequest request, RowServices services, CancellationToken cancel)
    {
        await TickParameters.Required(services.Api).SettleAsync(cancel);
        var list = ListRequest.Read("ticks", Parameters, request, services);
        var (start, end) = TickParameters.TimesOf(list.Query);
        using var reader = services.Api.Store.Ticks.Ticks(
            new TickQuery(TickParameters.TenantOf(list.Query))
            {
                Instruments = list.Query.Texts("instrument"),
                From = start,
                Until = end,
                Source = list.Query.Text("source"),
                Flags = TickParameters.FlagsOf(list.Query),
                Order = list.Query.Choice("order") == "stored" ? TickOrder.Stored : TickOrder.Time,
                AsOf = list.AsOf,
                After = list.After?[0],
                Limit = list.Limit,
            },
            cancel);
        var cells = new TickCells(reader);
        return list.PageOf(cells.Read(TickShape.Of), reader.NextCursor);
    }
}

/// <summary>A tick. Times in UTC, numbers null where unknown.</summary>
/// <param name="Id">Its place in the stream of events: frame and index.</param>
/// <param name="InstrumentId">Instrument; of a forward curve with its month.</param>
/// <param name="Market">Market.</param>
/// <param name="Source">System that sent it.</param>
/// <param name="EventTime">When it happened.</param>
/// <param name="IngestedAt">When the connector took it in.</param>
/// <param name="Sequence">The source's running number; null where it has none.</param>
/// <param name="Price">Price, in currency per unit.</param>
/// <param name="Volume">Volume, in the unit.</param>
/// <param name="Bid">Bid.</param>
/// <param name="Ask">Ask.</param>
/// <param name="Currency">Currency of the prices.</param>
/// <param name="Unit">Unit of the volume.</param>
/// <param name="Flags">What was noticed about it; valid where nothing was.</param>
/// <param name="Commodity">What is traded, by the instrument book or by the words of the id.</param>
/// <param name="Region">Where.</param>
/// <param name="KnownAt">When it was stored.</param>
internal sealed record TickShape(
    string Id, string InstrumentId, string Market, string Source, Instant EventTime, Instant IngestedAt, long? Sequence, double Price,
    double Volume, double Bid, double Ask, string Currency, string Unit, IReadOnlyList<string> Flags, string Commodity, string Region,
    Instant KnownAt)
{
    public static TickShape Of(TickCells row) => new(
        row.Token, row.Text("instrument_id"), row.Text("market"), row.Text("source"), row.Time("event_time"), row.Time("ingested_at"),
        row.Whole("sequence") is >= 0 and var sequence ? sequence : null, row.Number("price"), row.Number("volume"), row.Number("bid"),
        row.Number("ask"), row.Text("currency"), row.Text("unit"), QualityFlagNames.Of((QualityFlags)(row.Whole("flags") ?? 0)),
        row.Text("commodity"), row.Text("region"), row.Time("known_at"));
}
