using System.Globalization;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Api.Slices;
using Aurum.App.Output;
using Aurum.App.Series;
using NodaTime;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/series</c>: observations of statistical series. <c>/v1/series/catalog</c>: what their providers say of them.
/// <c>/v1/series/filled</c>: one series with its holes filled from declared substitutes.</summary>
internal static class SeriesEndpoints
{
    private static readonly QueryParameter[] FilledParameters =
    [
        QueryParameter.Filter("provider", "Publisher of the series; must be given.", "fred"),
        QueryParameter.Filter("series_id", "The series, by the publisher's codes; must be given.", "series/DCOILWTICO"),
        RowResource.Start, RowResource.End, RowResource.AsOf, RowResource.Limit, RowResource.Cursor, ResponseFormats.Parameter,
    ];

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/series", Get).WithTags("series").DescribeRows("Series", "Statistical series",
            "Observations of statistical offices' series, each in its own unit. Substitutes are never among them: /v1/series/filled "
            + "is for those who want them.", RowResources.Series.Parameters, RowResources.Series.Fields)
            .Kept(SliceRule.OfRows("series", RowResources.Series.Table));
        v1.MapGet("/series/catalog", GetCatalog).WithTags("series").DescribeRows("SeriesCatalog", "Catalog of the series' providers",
            "What the providers say of their series, stations, releases, indicators and currencies, by id.",
            RowResources.Catalog.Parameters, RowResources.Catalog.Fields);
        v1.MapGet("/series/filled", GetFilled).WithTags("series").Describe("FilledSeries", "A series with its holes filled",
            "Observations of one series, by time; intervals without a value are filled from the substitutes that are declared for it, "
            + "in its unit. Each filled row says what it stands for, and by which factor its value was multiplied.", FilledParameters);
    }

    private static Page Get(HttpRequest request, RowServices services, CancellationToken cancel) =>
        RowPages.Read(RowResources.Series, RowRequest.Read(RowResources.Series, request, services), services, cancel);

    private static Page GetCatalog(HttpRequest request, RowServices services, CancellationToken cancel) =>
        RowPages.Read(RowResources.Catalog, RowRequest.Read(RowResources.Catalog, request, services), services, cancel);

    private static Answer<IReadOnlyList<FilledPoint>> GetFilled(HttpRequest request, RowServices services, CancellationToken cancel)
    {
        var list = ListRequest.Read("series-filled", FilledParameters, request, services);
        var query = list.Query;
        var (start, end) = (query.Time("start", DateTimeZone.Utc), query.Time("end", DateTimeZone.Utc));
        if (start is not null && end is not null && start >= end)
        {
            throw new RequestFormatException("end", $"a time after start ({UtcText.Of(start.Value)})", $"'{query.Text("end")}'");
        }

        var (from, shown) = list.After is [var at, var count] ? (Instant.FromUnixTimeTicks(Number(at)), (int)Number(count)) : (start, 0);
        var points = new FilledSeries(services.Store).Read(
            new SeriesName(Required(query, "provider"), Required(query, "series_id")),
            new FilledWindow(from, end, list.AsOf) { Skip = shown }, list.Limit, cancel);
        return list.Page(points, static p => p, last =>
        {
            var same = points.Take(list.Limit).Count(p => p.IntervalStartUtc == last.IntervalStartUtc);
            return [Text(last.IntervalStartUtc.ToUnixTimeTicks()), Text(same + (last.IntervalStartUtc == from ? shown : 0))];
        });
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string Required(QueryReader query, string name) =>
        query.Text(name) ?? throw new RequestFormatException(name, "a value: one series is filled at a time", "none");
}
