using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using Aurum.Ticks.Forward;
using NodaTime;

namespace Aurum.App.Api.Ticks;

/// <summary><c>GET /v1/curve-snapshots</c>: forward curves as their last quotes have them.</summary>
internal static class CurveSnapshotEndpoint
{
    private const int MaxCurves = 20;

    /// <summary>Quoted months looked at for one answer at most.</summary>
    private const int MaxPoints = 100_000;

    private const int MonthsPerYear = 12;

    private static readonly QueryParameter[] Parameters =
    [
        TickParameters.Tenant,
        QueryParameter.Filter("curve", $"Curve id. May be repeated, up to {MaxCurves} times.", "ICE.PJMW") with
        {
            MaxValues = MaxCurves,
            Default = "all of the tenant",
        },
        new("quoted_by", ParameterForm.Time, "Only quotes made by then: an instant, or a date for the end of that day in UTC.")
        {
            Example = "2026-03-02T15:00:00Z",
            IsFilter = true,
        },
        RowResource.AsOf,
        QueryParameter.ChoiceOf("interpolate", "Fills the months between quoted ones.", "linear", "monotone-cubic") with
        {
            Default = "quoted months alone",
        },
        RowResource.Limit, RowResource.Cursor, ResponseFormats.Parameter,
    ];

    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/curve-snapshots", Get).WithTags(TickParameters.Tag)
        .Describe("CurveSnapshots", "Forward curves of real-time quotes",
            "The last quote of each contract month, by event time, with the spread to the next quoted month; months between may be filled, "
            + "none beyond the first and the last is. By curve and month.", Parameters);

    private static async Task<Answer<IReadOnlyList<CurvePointShape>>> Get(
        HttpRequest request, RowServices services, CancellationToken cancel)
    {
        await TickParameters.Required(services.Api).SettleAsync(cancel);
        var list = ListRequest.Read("curve-snapshots", Parameters, request, services);
        var tenant = TickParameters.TenantOf(list.Query);
        using var reader = services.Api.Store.Ticks.CurvePoints(
            new CurvePointQuery(tenant)
            {
                Curves = list.Query.Texts("curve"),
                QuotedBy = list.Query.AsOf("quoted_by"),
                AsOf = list.AsOf,
                Limit = MaxPoints,
            },
            cancel);
        CurveInterpolation? interpolation = list.Query.Choice("interpolate") switch
        {
            "linear" => CurveInterpolation.Linear,
            "monotone-cubic" => CurveInterpolation.MonotoneCubic,
            _ => null,
        };
        var months = new TickCells(reader).Read(CurvePointShape.Of)
            .GroupBy(p => p.CurveId)
            .SelectMany(curve => MonthsOf(tenant, [.. curve], interpolation))
            .SkipWhile(p => list.After is [var after] && string.CompareOrdinal(KeyOf(p), after) <= 0);
        return list.Page([.. months.Take(list.Limit + 1)], p => p, p => [KeyOf(p)]);
    }

    /// <summary>Curves come in the order of their ids' bytes, months in that of time.</summary>
    private static string KeyOf(CurvePointShape point) => $"{point.CurveId}\u0001{point.ContractMonth}";

    private static IEnumerable<CurvePointShape> MonthsOf(
        string tenant, IReadOnlyList<CurvePointShape> quoted, CurveInterpolation? interpolation)
    {
        var curve = new CurveSnapshot(
            tenant,
            quoted[0].CurveId,
            quoted.Max(q => q.EventTime!.Value.ToUnixTimeTicks() / 10),
            [.. quoted.Select((q, i) => new CurvePoint(0, i, q.Month, 0, q.Price, q.Volume))]);
        for (var i = 0; i < quoted.Count; i++)
        {
            var isLast = i + 1 == quoted.Count;
            yield return quoted[i] with
            {
                TenantId = tenant,
                Spread = isLast ? double.NaN : TickParameters.Rounded(curve.CalendarSpread(quoted[i].Month, quoted[i + 1].Month)),
            };
            if (interpolation is not { } way || isLast)
            {
                continue;
            }

            for (var month = Next(quoted[i].Month); month < quoted[i + 1].Month; month = Next(month))
            {
                yield return quoted[i].Filled(tenant, month, TickParameters.Rounded(curve.PriceOf(month, way)));
            }
        }
    }

    private static int Next(int month) => month % 100 == MonthsPerYear ? month + 100 - MonthsPerYear + 1 : month + 1;
}

/// <summary>The price of a delivery month of a forward curve, in its currency per unit.</summary>
/// <param name="TenantId">Whose.</param>
/// <param name="CurveId">Curve.</param>
/// <param name="ContractMonth">Month of delivery, for example 2026-04.</param>
/// <param name="IsQuoted">Whether it was quoted; else it lies between two months that were.</param>
/// <param name="InstrumentId">Instrument that quotes it; null between quotes.</param>
/// <param name="EventTime">When it was quoted; null between quotes.</param>
/// <param name="Price">Price.</param>
/// <param name="Volume">Volume of the quote; null where unknown.</param>
/// <param name="Spread">Calendar spread: the price less that of the next quoted month; null between quotes and of the last.</param>
/// <param name="Currency">Currency of the prices.</param>
/// <param name="Unit">Unit of the volume.</param>
/// <param name="KnownAt">When the quote was stored; null between quotes.</param>
internal sealed record CurvePointShape(
    string TenantId, string CurveId, string ContractMonth, bool IsQuoted, string? InstrumentId, Instant? EventTime, double Price,
    double Volume, double Spread, string Currency, string Unit, Instant? KnownAt)
{
    /// <summary>As yyyyMM.</summary>
    internal int Month { get; private init; }

    public static CurvePointShape Of(TickCells row)
    {
        var month = (int)(row.Whole("contract_month") ?? 0);
        return new(
            "", row.Text("curve_id"), TickInstrument.MonthText(month), IsQuoted: true, row.Text("instrument_id"), row.Time("quoted_at"),
            row.Number("price"), row.Number("volume"), double.NaN, row.Text("currency"), row.Text("unit"), row.Time("known_at"))
        {
            Month = month,
        };
    }

    /// <summary>A month that nobody quoted.</summary>
    public CurvePointShape Filled(string tenant, int month, double price) => this with
    {
        TenantId = tenant,
        ContractMonth = TickInstrument.MonthText(month),
        Month = month,
        IsQuoted = false,
        InstrumentId = null,
        EventTime = null,
        Price = price,
        Volume = double.NaN,
        Spread = double.NaN,
        KnownAt = null,
    };
}
