using System.Globalization;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Curves.Building;
using Aurum.Curves.Building;
using NodaTime;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/curves/built</c>: a forward curve built of stored quotes. <c>/v1/curves/built/account</c>: how it came
/// about.</summary>
internal static class BuiltCurveEndpoints
{
    private const string Resource = "curves-built";

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/curves/built", Get).WithTags("curves").Describe("BuiltCurve", "A curve built of quotes",
            "Prices by month, day or hour of the one curve that fits, from its merged quotes of an as-of date: bootstrapped from months "
            + "and strips, or as smooth as they allow, in the unit that is asked for.", CurveOrder.OfPoints);
        v1.MapGet("/curves/built/account", GetAccount).WithTags("curves").Describe("BuiltCurveAccount", "How a built curve came about",
            "What the curve was built with, the quotes that it holds to, those that say the same, and those that contradict the others: "
            + "each with the smallest set of quotes that it contradicts, and the amount.", CurveOrder.OfAccount);
        v1.MapGet("/curves/blocks", GetBlocks).WithTags("curves").Describe("CurveBlocks", "Peak, off-peak and all hours side by side",
            "Months of an as-of date of which a market has quotes of two blocks or three: of two the third follows by hours of delivery; "
            + "of three, residual says how far the price of all hours is above what the other two say, and fits whether that is within "
            + "0.005 of the unit.", CurveOrder.OfBlocks);
    }

    private static Answer<IReadOnlyList<PointShape>> Get(HttpRequest request, RowServices services, CancellationToken cancel)
    {
        var list = ListRequest.Read(Resource, CurveOrder.OfPoints, request, services);
        var curve = services.BuiltCurves.Of(list.Query.Filters, list.AsOf, () => Build(list.Query, list.AsOf, services, cancel));
        var skipped = list.After is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 0;
        var points = PointShape.Of(curve, skipped, list.Limit + 1);
        return list.Page(points, static p => p, _ => [(skipped + list.Limit).ToString(CultureInfo.InvariantCulture)]);
    }

    private static Answer<CurveAccount> GetAccount(HttpRequest request, RowServices services, CancellationToken cancel)
    {
        var started = services.Api.Time.GetTimestamp();
        var query = new QueryReader(request.Query, CurveOrder.OfAccount);
        var knownAt = query.AsOf() ?? services.Latest();
        var curve = services.BuiltCurves.Of(query.Filters, knownAt, () => Build(query, knownAt, services, cancel));
        return new Answer<CurveAccount>(CurveAccount.Of(curve), 1, services.Api.Time.GetElapsedTime(started).TotalMilliseconds);
    }

    private static Answer<IReadOnlyList<BlockShape>> GetBlocks(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("curves-blocks", CurveOrder.OfBlocks, request, services);
        var months = new StoredBlocks(services.Store).Balance(CurveOrder.ReadQuotes(list.Query, list.AsOf));
        return list.Page(CurvePages.From(months, list), static m => m, _ => CurvePages.Next(list));
    }

    private static BuiltCurve Build(QueryReader query, Instant knownAt, RowServices services, CancellationToken cancel) =>
        new StoredCurves(services.Store).Build(CurveOrder.Read(query, knownAt), cancel);
}
