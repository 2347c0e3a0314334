using Aurum.App.Api;
using Aurum.Cluster.ClickHouse.Operations;

namespace Aurum.App.Operations;

/// <summary>Tells the writer of <c>ops.query_metrics_raw</c> of each request to the API: route, status, time.</summary>
internal sealed class QueryMeasures(OperationsWriter writer, TimeProvider time)
{
    /// <summary>Adds it to the pipeline, where the settings name a place for measurements.</summary>
    public static void Use(WebApplication app)
    {
        var services = app.Services.GetRequiredService<ApiServices>();
        if (services.Operations is { } writer)
        {
            var measures = new QueryMeasures(writer, services.Time);
            app.Use(next => context => measures.InvokeAsync(context, next));
        }
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var began = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            // The route as it is written, so that a name has no values of a request.
            var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "other";
            writer.TryAdd(new QueryRow(
                time.GetUtcNow().ToUnixTimeSeconds(),
                "aurum",
                "api",
                $"{context.Request.Method} {route}",
                "",
                context.Response.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture),
                (long)time.GetElapsedTime(began).TotalMilliseconds));
        }
    }
}
