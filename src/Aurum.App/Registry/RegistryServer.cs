using System.Net;
using System.Text;
using System.Text.Json;
using Aurum.Cluster.Registry;
using Microsoft.AspNetCore.Http.Features;

namespace Aurum.App.Registry;

/// <summary>The schema registry over HTTP, for the sandbox and for small set-ups.</summary>
internal sealed class RegistryServer : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly WebApplication _application;
    private readonly RegistryService _service;

    private RegistryServer(WebApplication application, RegistryService service) => (_application, _service) = (application, service);

    public Uri Address => new(_application.Urls.First());

    /// <summary>Starts it.</summary>
    /// <param name="journal">File that it keeps everything in.</param>
    /// <param name="bind">Address that it listens at.</param>
    /// <param name="port">Port; 0: any free one.</param>
    /// <param name="cancel">Stops the start.</param>
    /// <exception cref="IOException">The port is taken, or another registry has the file open.</exception>
    public static async Task<RegistryServer> Start(string journal, IPAddress bind, int port, CancellationToken cancel)
    {
        var service = new RegistryService(journal);
        try
        {
            // The usual builder would read settings of the working directory and watch all folders below it.
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = RegistryService.MaxBodyLetters;
                kestrel.Listen(bind, port);
            });
            var application = builder.Build();
            application.Run(context => Serve(context, service));
            await application.StartAsync(cancel);
            return new RegistryServer(application, service);
        }
        catch
        {
            service.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _service.Dispose();
    }

    private static async Task Serve(HttpContext context, RegistryService service)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var end = target.IndexOf('?', StringComparison.Ordinal);
        var query = context.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var answer = service.Answer(new RegistryRequest(context.Request.Method, end < 0 ? target : target[..end], query, body));
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = RegistryAnswer.ContentType;
        await context.Response.WriteAsync(answer.Json?.ToJsonString(Plain) ?? "null", context.RequestAborted);
    }
}
