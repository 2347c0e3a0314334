using Aurum.App.Api.Documents;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/series</c>: observations of statistical series.</summary>
internal static class SeriesEndpoints
{
    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/series", Get).WithTags("series")
        .DescribeRows("Series", "Statistical series",
        "Observations of statistical offices' series, each in its own unit.", RowResources.Series.Parameters,
        RowResources.Series.Fields);

    private static Page Get(HttpRequest request, RowServices services, CancellationToken cancel) =>
        RowPages.Read(RowResources.Series, RowRequest.Read(RowResources.Series, request, services), services, cancel);
}
