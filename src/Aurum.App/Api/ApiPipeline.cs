using Aurum.App.Api.Limits;
using Aurum.App.Api.Responses;
using Aurum.App.Operations;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Aurum.App.Api;

/// <summary>What every request goes through, outermost first.</summary>
internal static class ApiPipeline
{
    public static void AddServices(IServiceCollection services, ApiOptions options)
    {
        Compression.AddTo(services);
        services.AddSingleton<Failures>();
        services.AddSingleton<ConcurrencyLimit>();
        services.AddSingleton(provider => new RateLimit(
            LimitsOf(options, provider.GetRequiredService<ApiServices>()),
            provider.GetRequiredService<ApiServices>().Metrics));
        services.AddSingleton<ValuationSlots>();
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = TimeoutOf(options.RequestTimeoutSeconds));
    }

    /// <summary>Ends a request with 504 after so many seconds.</summary>
    public static RequestTimeoutPolicy TimeoutOf(double seconds) => new()
    {
        Timeout = TimeSpan.FromSeconds(seconds),
        TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
        WriteTimeoutResponse = context => TimedOutAsync(context, seconds),
    };

    public static void Use(WebApplication app)
    {
        Use(app, RequestIds.InvokeAsync);
        QueryMeasures.Use(app);
        Use(app, HeadRequests.InvokeAsync);
        app.UseResponseCompression();
        Use(app, app.Services.GetRequiredService<Failures>().InvokeAsync);
        Use(app, app.Services.GetRequiredService<RateLimit>().InvokeAsync);
        app.UseWebSockets();
        app.UseRouting();
        app.UseRequestTimeouts();
        Use(app, app.Services.GetRequiredService<ConcurrencyLimit>().InvokeAsync);
    }

    private static IClientLimits LimitsOf(ApiOptions options, ApiServices services)
    {
        var near = new ClientBuckets(options.RequestsPerSecond, options.RequestBurst, services.Time);
        return services.SharedLimits is { } far
            ? new SharedLimits(far, near, options.RequestsPerSecond, options.RequestBurst)
            : near;
    }

    private static void Use(WebApplication app, Func<HttpContext, RequestDelegate, Task> step) =>
        app.Use(next => context => step(context, next));

    private static Task TimedOutAsync(HttpContext context, double seconds)
    {
        context.RequestServices.GetRequiredService<ApiServices>().Metrics.Refused("timeout");
        return new Problem(StatusCodes.Status504GatewayTimeout, "timeout", "The request took too long",
            FormattableString.Invariant($"A request may take {seconds:G} s; ask for fewer rows or a shorter time."))
            .ExecuteAsync(context);
    }
}
