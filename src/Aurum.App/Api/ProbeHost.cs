using System.Net;
using Aurum.App.Api.Metrics;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aurum.App.Api;

/// <summary>The HTTP side of a process that serves no API, such as a worker: <c>/live</c>, <c>/ready</c> and <c>/metrics</c>, for
/// orchestrators and Prometheus.</summary>
internal static class ProbeHost
{
    /// <summary>Port where nobody asks for another one.</summary>
    public const int UsualPort = 9464;

    /// <summary>The host, ready to start. The caller starts, stops and disposes it.</summary>
    /// <param name="bindAddress">Address that it binds.</param>
    /// <param name="port">Port; 0: any free one.</param>
    /// <param name="whyNotReady">What keeps the process from working, in words; null: nothing. Asked at each look; must be quick.</param>
    public static WebApplication Build(string bindAddress, int port, Func<string?> whyNotReady)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(IPAddress.Parse(bindAddress), port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(_ => new MetricsEndpoint());
        var app = builder.Build();
        app.MapGet("/live", static () => TypedResults.Text("ok\n"));
        app.MapGet("/ready", Results<Ok<ProbeShape>, JsonHttpResult<ProbeShape>> () => whyNotReady() is { } why
            ? TypedResults.Json(new ProbeShape("unavailable", why), statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Ok(new ProbeShape("ready", null)));
        app.Services.GetRequiredService<MetricsEndpoint>().Map(app);
        return app;
    }
}

/// <summary>What <c>/ready</c> of a worker says.</summary>
/// <param name="Status">ready or unavailable.</param>
/// <param name="Why">What it waits for; null where it is ready.</param>
internal sealed record ProbeShape(string Status, string? Why);
