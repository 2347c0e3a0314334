using System.Net;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Events;
using Aurum.App.Api.Metrics;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Resources;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Caching;
using Aurum.App.Operations;
using Aurum.App.Ppa;
using Aurum.App.Running;
using Aurum.App.Web;
using Aurum.Cluster;
using Microsoft.Extensions.Logging.Console;

namespace Aurum.App.Api;

/// <summary>Builds the HTTP host: <c>/health</c>, <c>/v1</c>, metrics, documentation and the web page.</summary>
public static class ApiHost
{
    /// <summary>Bytes of a request body at most: SQL text.</summary>
    private const long MaxBodyBytes = 1 << 20;

    /// <summary>Bytes of the first line at most: a cursor and a hundred places fit.</summary>
    private const int MaxRequestLineBytes = 32 << 10;

    /// <summary>The host, ready to start. The caller starts, stops and disposes it; its addresses are in <c>app.Urls</c> once
    /// started.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static WebApplication Build(ApiOptions options, ApiServices services)
    {
        options.Checked();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            // Both by hand, so that the page is found whatever the working directory and the starting program are.
            ApplicationName = "aurum",
            ContentRootPath = AppContext.BaseDirectory,
            // Settings are Aurum's own: no other file is watched for them.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.AddWebPage();
        ConfigureServer(builder, options);
        ConfigureLogging(builder.Logging);
        if (services.Operations is { } operations)
        {
            builder.Logging.AddProvider(new OperationsLogs(operations, services.Time));
        }

        AddServices(builder.Services, options, services);
        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => TellOfEnds(app));
        ApiPipeline.Use(app);
        ApiRoutes.Map(app);
        app.MapWebPage();
        return app;
    }

    /// <summary>Says which service has failed: the host's own words are left out of the log.</summary>
    private static void TellOfEnds(WebApplication app)
    {
        foreach (var service in app.Services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            service.ExecuteTask?.ContinueWith(
                ended => Log.ServiceEnded(app.Logger, service.GetType().Name, ended.Exception!.InnerException!),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted,
                TaskScheduler.Default);
        }
    }

    private static void AddServices(IServiceCollection container, ApiOptions options, ApiServices services)
    {
        // Queries block their thread while the engine works: as many threads as there may be requests, at once, instead of one a
        // second.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, options.ConcurrentRequests + 8), ports);

        container.AddSingleton(options);
        container.AddSingleton(services);
        container.AddSingleton(new ApiStart(services.Now));
        var cursors = CursorSigner.Of(options.DataDirectory);
        container.AddSingleton(new RowServices(services, cursors));
        container.AddSingleton(SlicesOf(options, services, cursors));
        container.AddSingleton(new PpaDesk(services.Store, new ProviderClock(services.Time)));
        container.AddSingleton(_ => new MetricsEndpoint());
        container.AddSingleton<StoreGauges>();
        container.AddSingleton<CommitTail>();
        container.AddHostedService(provider => provider.GetRequiredService<CommitTail>());
        // Else one that fails asks the host to stop: all streams end, and the server goes on to answer all else.
        container.Configure<HostOptions>(host => host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore);
        if (services.Updates is { } updates)
        {
            container.AddHostedService(provider => new UpdateListener(updates, provider.GetRequiredService<CommitTail>()));
        }

        container.ConfigureHttpJsonOptions(json => JsonForms.Configure(json.SerializerOptions));
        OpenApi.AddTo(container);
        ApiPipeline.AddServices(container, options);
    }

    private static Slices.Slices SlicesOf(ApiOptions options, ApiServices services, CursorSigner cursors)
    {
        var cache = services.Cache
            ?? (options.CacheMiB > 0 ? new MemoryHotCache((long)options.CacheMiB << 20, services.Time) : null);
        var reads = cache is null ? null : new HotReads(cache, services.CacheWait, services.Time, Chance.New());
        return new Slices.Slices(services, cursors, reads, services.CacheSeconds);
    }

    private static void ConfigureServer(WebApplicationBuilder builder, ApiOptions options) =>
        builder.WebHost.ConfigureKestrel(kestrel =>
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

        // A build without the page says so where the page would be.
        logging.AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error);

        // A start that fails is told by the command, in a sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }
}
