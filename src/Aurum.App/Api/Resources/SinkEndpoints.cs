using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Sinks;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/admin/sinks</c>: how far the places are that follow the store.</summary>
internal static class SinkEndpoints
{
    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapGroup("/admin").WithTags("operations").MapGet("/sinks", Sinks).Describe("Sinks", "Places that follow the store",
            "For each engine that takes the store's deliveries: the last one it has taken, how many it has not, since when, and why its last "
            + "try failed. Empty where no engine is configured.");

    private static Answer<IReadOnlyList<SinkStanding>> Sinks(HttpRequest request, RowServices services)
    {
        var started = services.Api.Time.GetTimestamp();
        _ = new QueryReader(request.Query, []);
        var list = services.Api.Sinks?.Invoke() ?? [];
        return new Answer<IReadOnlyList<SinkStanding>>(list, list.Count, services.Api.Time.GetElapsedTime(started).TotalMilliseconds);
    }
}
