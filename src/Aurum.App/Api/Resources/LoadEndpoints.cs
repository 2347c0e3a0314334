using Aurum.App.Api.Documents;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Api.Slices;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/iso/load</c>: metered load and its forecasts.</summary>
internal static class LoadEndpoints
{
    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/iso/load", Get).WithTags("iso").DescribeRows("Load", "Load",
        "Metered load and load forecasts by area and interval, MW.", RowResources.Load.Parameters, RowResources.Load.Fields)
        .Kept(SliceRule.OfRows("load", "iso_load"));

    private static Page Get(HttpRequest request, RowServices services, CancellationToken cancel) =>
        RowPages.Read(RowResources.Load, RowRequest.Read(RowResources.Load, request, services), services, cancel);
}
