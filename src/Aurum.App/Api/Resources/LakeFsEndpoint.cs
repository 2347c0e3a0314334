using System.Net.Http.Headers;
using System.Text.Json;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.Cluster.LakeFs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aurum.App.Api.Resources;

/// <summary><c>POST /v1/lakefs/pre-merge</c>: lakeFS asks whether a branch of curves may be merged. 2xx lets it, everything else does
/// not.</summary>
internal static class LakeFsEndpoint
{
    /// <summary>Longest event, bytes: lakeFS sends some hundreds, and the metadata of a commit.</summary>
    private const int MaxEventBytes = 64 << 10;

    public static void Map(IEndpointRouteBuilder v1) => v1.MapPost("/lakefs/pre-merge", Judge).WithTags("curves")
        .Accepts<HookEvent>("application/json")
        .Describe("JudgeLakeFsMerge", "Gate of lakeFS",
            "lakeFS's pre-merge webhook (deploy/lakefs): 200 where the store has merged the branch or all that waits on it has passed its "
            + "gates, 412 with the reasons where not. Takes the token of LakeFs:HookToken as bearer token.")
        .Produces<ProblemShape>(StatusCodes.Status401Unauthorized, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status412PreconditionFailed, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxEventBytes));

    private static async Task<Results<Answer<HookVerdict>, Problem>> Judge(HttpContext context, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        if (Refused(context, services) is { } refused)
        {
            return refused;
        }

        NearClients.RequireJson(context, "an event of lakeFS");
        try
        {
            using var hook = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
            var verdict = await services.LakeFs!.Judge(hook.RootElement, context.RequestAborted);
            return verdict.IsAllowed
                ? new Answer<HookVerdict>(
                    new HookVerdict(true, verdict.Why), 1, services.Time.GetElapsedTime(started).TotalMilliseconds)
                : new Problem(
                    StatusCodes.Status412PreconditionFailed, "merge-refused", "The branch may not be merged", verdict.Why);
        }
        catch (JsonException mistake)
        {
            throw new RequestFormatException("body", "an event of lakeFS as JSON", mistake.Message);
        }
        catch (LakeFsException away)
        {
            return new Problem(
                StatusCodes.Status503ServiceUnavailable, "lakefs", "lakeFS does not say what is to be merged", away.Message);
        }
    }

    /// <summary>Nothing of the body is read before the token is known.</summary>
    private static Problem? Refused(HttpContext context, ApiServices services)
    {
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var given)
            || !string.Equals(given.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase) || given.Parameter is not { Length: > 0 } token)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return new Problem(
                StatusCodes.Status401Unauthorized, "unauthorized", "The request brings no token",
                "authorization: expected Bearer and the token of LakeFs:HookToken, found none");
        }

        return services.LakeFs?.Knows(token) == true
            ? null
            : new Problem(StatusCodes.Status403Forbidden, "forbidden", "The request is not allowed",
                "authorization: expected the token of LakeFs:HookToken, found another one, or none is set here");
    }

    /// <summary>What lakeFS posts, as far as it is looked at.</summary>
    /// <param name="EventType">pre-merge.</param>
    /// <param name="RepositoryId">Repository.</param>
    /// <param name="BranchId">Branch that is merged into.</param>
    /// <param name="SourceRef">Commit that is merged.</param>
    internal sealed record HookEvent(string EventType, string RepositoryId, string BranchId, string SourceRef);

    /// <summary>Whether the merge may go on.</summary>
    /// <param name="Allowed">true.</param>
    /// <param name="Why">Why.</param>
    internal sealed record HookVerdict(bool Allowed, string Why);
}
