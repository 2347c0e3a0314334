using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using NodaTime;

namespace Aurum.App.Api.Ticks;

/// <summary><c>GET /v1/bars</c>: bars of real-time prices.</summary>
internal static class TickBarEndpoint
{
    private static readonly QueryParameter[] Parameters =
    [
        TickParameters.Tenant, TickParameters.Instrument, TickParameters.Interval, TickParameters.Start, TickParameters.End,
        RowResource.AsOf,
        QueryParameter.ChoiceOf("revisions", "latest: the last revision of each bar. all: every revision.", "latest", "all") with
        {
            Default = "latest",
        },
        RowResource.Limit, RowResource.Cursor, ResponseFormats.Parameter,
    ];

    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/bars", Get).WithTags(TickParameters.Tag)
        .Describe("Bars", "Bars of real-time prices",
            "Open, high, low, close, volume, VWAP and TWAP of windows of event time that have closed, by start. Late ticks give a bar "
            + "again as a further revision; as_of shows the bars as they were known then.", Parameters);

    private static async Task<Answer<IReadOnlyList<TickBarShape>>> Get(
        HttpRequest request, RowServices services, CancellationToken cancel)
    {
        await TickParameters.Required(services.Api).SettleAsync(cancel);
        var list = ListRequest.Read("bars", Parameters, request, services);
        var (start, end) = TickParameters.TimesOf(list.Query);
        var tenant = TickParameters.TenantOf(list.Query);
        using var reader = services.Api.Store.Ticks.Bars(
            new BarQuery(tenant)
            {
                Instruments = list.Query.Texts("instrument"),
                Interval = list.Query.Choice("interval") is { } name && BarIntervals.TryParse(name, out var interval) ? interval : null,
                From = start,
                Until = end,
                AsOf = list.AsOf,
                AllRevisions = list.Query.Choice("revisions") == "all",
                After = list.After?[0],
                Limit = list.Limit,
            },
            cancel);
        var cells = new TickCells(reader);
        return list.PageOf(cells.Read(row => TickBarShape.Of(row, tenant)), reader.NextCursor);
    }
}

/// <summary>What ticks of an instrument did in a window of event time. Prices in its currency per unit; null where unknown.</summary>
/// <param name="Id">Its place in the stream of events: frame and index.</param>
/// <param name="TenantId">Whose.</param>
/// <param name="InstrumentId">Instrument; of a forward curve with its month.</param>
/// <param name="Interval">1m, 5m, 15m, 1h or 1d.</param>
/// <param name="StartUtc">Start of the window, inclusive.</param>
/// <param name="EndUtc">End of the window, exclusive.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Sum of the known volumes.</param>
/// <param name="Vwap">Mean price weighted by volume; null where there is no volume.</param>
/// <param name="Twap">Mean price over time.</param>
/// <param name="Count">Ticks.</param>
/// <param name="Revision">0 at first; one more each time that late ticks changed it.</param>
/// <param name="PartialStart">Whether its source was first heard after the window began.</param>
/// <param name="PartialEnd">Whether the input ended within the window.</param>
/// <param name="KnownAt">When this revision was stored.</param>
internal sealed record TickBarShape(
    string Id, string TenantId, string InstrumentId, string Interval, Instant StartUtc, Instant EndUtc, double Open, double High,
    double Low, double Close, double Volume, double Vwap, double Twap, long Count, long Revision, bool PartialStart, bool PartialEnd,
    Instant KnownAt)
{
    public static TickBarShape Of(TickCells row, string tenant)
    {
        var marks = (BarMarks)(row.Whole("marks") ?? 0);
        return new(
            row.Token, tenant, row.Text("instrument_id"), ((BarInterval)(row.Whole("interval") ?? 0)).Name(), row.Time("start_utc"),
            row.Time("end_utc"), row.Number("open"), row.Number("high"), row.Number("low"), row.Number("close"), row.Number("volume"),
            row.Number("vwap"), row.Number("twap"), row.Whole("count") ?? 0, row.Whole("revision") ?? 0,
            marks.HasFlag(BarMarks.PartialStart), marks.HasFlag(BarMarks.PartialEnd), row.Time("known_at"));
    }
}
