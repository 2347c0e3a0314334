using Aurum.App.Api.Responses;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;

namespace Aurum.App.Web;

/// <summary>Serves the web page: its files, compressed and with ETags, and <c>index.html</c> for every view's URL
/// (<c>/prices</c>, <c>/node/NYISO/N.Y.C.</c>, ...), so that any view can be opened from a link.</summary>
/// <remarks>A build made with <c>-p:SkipUi=true</c> has no page: <c>/</c> then answers 503 and says so.</remarks>
internal static class WebPage
{
    private const string IndexFile = "index.html";
    private const string NoPage =
        "This build of Aurum has no web page (it was built with -p:SkipUi=true). The HTTP API is here: /docs, /v1/feeds, /health.\n";

    /// <summary>First segments that belong to the HTTP API: an unknown path below them is an API error, never the page.</summary>
    private static readonly string[] ApiSegments =
        ["/v1", "/docs", "/openapi", "/swagger", "/metrics", "/health", "/ready", "/live", "/assets"];

    /// <summary>Call before <c>Build</c>: finds the page's files beside the program, also when it runs from its build folder.</summary>
    public static void AddWebPage(this WebApplicationBuilder builder) =>
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);

    /// <summary>Call after routing and the API's endpoints are mapped.</summary>
    public static void MapWebPage(this WebApplication app)
    {
        app.MapStaticAssets().ShortCircuit();
        // A fallback of GET alone: another method on a path of the API is answered with 405, not with 404.
        app.MapGet("{**path}", SendIndexAsync).ExcludeFromDescription()
            .Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = int.MaxValue);
    }

    private static async Task SendIndexAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) || IsApi(request.Path))
        {
            await Problem.OfStatus(StatusCodes.Status404NotFound, request).ExecuteAsync(context);
            return;
        }

        var files = context.RequestServices.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider;
        var index = files.GetFileInfo(IndexFile);
        context.Response.Headers.CacheControl = "no-cache";
        if (!index.Exists)
        {
            await Results.Text(NoPage, statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.SendFileAsync(index, context.RequestAborted);
    }

    private static bool IsApi(PathString path) =>
        Array.Exists(ApiSegments, segment => path.StartsWithSegments(segment, StringComparison.OrdinalIgnoreCase));
}
