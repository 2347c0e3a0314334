using System.Globalization;
using Aurum.App.Api.Responses;
using Aurum.App.Running;

namespace Aurum.App.Api.Limits;

/// <summary>Refuses with 429 what a client asks beyond its token bucket. Concerns <c>/v1</c> only.</summary>
internal sealed class RateLimit(IClientLimits limits, AurumMetrics metrics)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        var decision = await limits.Take(ClientBuckets.ClientOf(context.Connection.RemoteIpAddress), context.RequestAborted);
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = Text(decision.Limit);
        headers["X-RateLimit-Remaining"] = Text(decision.Remaining);
        headers["X-RateLimit-Reset"] = Text(decision.SecondsUntilFull);
        if (decision.IsAllowed)
        {
            await next(context);
            return;
        }

        metrics.Refused("rate");
        headers.RetryAfter = Text(decision.RetryAfterSeconds);
        await new Problem(StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many requests",
            $"This client may make {decision.Limit} requests at once; try again in {decision.RetryAfterSeconds} s.")
            .ExecuteAsync(context);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
