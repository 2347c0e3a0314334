using Aurum.App.Api.Documents;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Api.Slices;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/iso/ancillary</c>: clearing prices of reserves.</summary>
internal static class AncillaryEndpoints
{
    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/iso/ancillary", Get).WithTags("iso")
        .DescribeRows("Ancillary", "Reserve prices",
        "Clearing prices of reserve products by region and interval, USD/MW.", RowResources.Ancillary.Parameters,
        RowResources.Ancillary.Fields).Kept(SliceRule.OfRows("ancillary", "iso_asm"));

    private static Page Get(HttpRequest request, RowServices services, CancellationToken cancel) =>
        RowPages.Read(RowResources.Ancillary, RowRequest.Read(RowResources.Ancillary, request, services), services, cancel);
}
