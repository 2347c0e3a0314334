using System.Threading.RateLimiting;
using Aurum.App.Api.Responses;

namespace Aurum.App.Api.Limits;

/// <summary>Lets so many requests of <c>/v1</c> run at once; some wait, the rest get 503 with Retry-After. Long-lived streams
/// have a limit of their own.</summary>
internal sealed class ConcurrencyLimit(ApiOptions options, ApiServices services) : IDisposable
{
    private static readonly string[] Streams = ["/v1/events", "/v1/ticks/stream", "/v1/ticks/ws"];

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.ConcurrentRequests,
        QueueLimit = options.QueuedRequests,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        if (!path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase)
            || Array.Exists(Streams, s => path.StartsWithSegments(s, StringComparison.OrdinalIgnoreCase)))
        {
            await next(context);
            return;
        }

        using var lease = await _limiter.AcquireAsync(1, context.RequestAborted);
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }

        services.Metrics.Refused("concurrency");
        context.Response.Headers.RetryAfter = "1";
        await new Problem(StatusCodes.Status503ServiceUnavailable, "busy", "The server is busy",
            $"{options.ConcurrentRequests} requests run and {options.QueuedRequests} wait already; try again in 1 s.")
            .ExecuteAsync(context);
    }

    public void Dispose() => _limiter.Dispose();
}
