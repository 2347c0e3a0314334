using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aurum.App.Api.Metrics;
using Aurum.App.Web;
using Microsoft.Extensions.Logging.Console;

namespace Aurum.App.Api;

/// <summary>Builds the HTTP host: <c>/health</c>, <c>/v1</c>, metrics, documentation and the web page.</summary>
public static class ApiHost
{
    /// <summary>Bytes of a request body at most: SQL text.</summary>
    private const long MaxBodyBytes = 1 << 20;

    /// <summary>Bytes of the first line at most: a cursor and a hundred places fit.</summary>
    private const int MaxRequestLineBytes = 32 << 10;

    /// <summary>The host, ready to start. The caller starts, stops and disposes it; its addresses are in <c>app.Urls</c> once started.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static WebApplication Build(ApiOptions options, ApiServices services)
    {
        options.Checked();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Both by hand, so that the page is found whatever the working directory and the starting program are.
            ApplicationName = "aurum",
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.AddWebPage();
        ConfigureServer(builder, options);
        ConfigureLogging(builder.Logging);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(services);
        builder.Services.AddSingleton(_ => new MetricsEndpoint());
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        ApiPipeline.AddServices(builder.Services, options);

        var app = builder.Build();
        ApiPipeline.Use(app);
        app.MapGet("/health", () => TypedResults.Ok(new { status = "ok" }));
        app.Services.GetRequiredService<MetricsEndpoint>().Map(app);
        app.MapWebPage();
        return app;
    }

    private static void ConfigureServer(WebApplicationBuilder builder, ApiOptions options) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        kestrel.Listen(IPAddress.Parse(options.BindAddress), options.Port);
    });

    /// <summary>Logs go to stderr, one line each; stdout belongs to results.</summary>
    private static void ConfigureLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
    }
}
