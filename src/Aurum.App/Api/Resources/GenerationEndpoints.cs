using Aurum.App.Api.Documents;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Api.Slices;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/iso/generation</c>: fuel mix, renewable generation and its forecasts.</summary>
internal static class GenerationEndpoints
{
    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/iso/generation", Get).WithTags("iso")
        .DescribeRows("Generation", "Generation by fuel",
        "Metered and forecast generation by fuel and interval, MW.", RowResources.Generation.Parameters,
        RowResources.Generation.Fields).Kept(SliceRule.OfRows("generation", "iso_genmix"));

    private static Page Get(HttpRequest request, RowServices services, CancellationToken cancel) =>
        RowPages.Read(RowResources.Generation, RowRequest.Read(RowResources.Generation, request, services), services, cancel);
}
