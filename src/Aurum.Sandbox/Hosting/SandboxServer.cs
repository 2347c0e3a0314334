using System.Net;
using Aurum.Market.Feeds;
using Aurum.Sandbox.Publishing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NodaTime;

namespace Aurum.Sandbox.Hosting;

/// <summary>The sandbox on loopback ports, one a publisher. Slow drips and cut connections are real.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly List<WebApplication> _applications = [];
    private readonly Dictionary<string, Uri> _addresses = [];

    private SandboxServer()
    {
    }

    /// <summary>Base address by publisher name.</summary>
    public IReadOnlyDictionary<string, Uri> Addresses => _addresses;

    /// <summary>Base address of a site: the publisher's port with the path of its own base address.</summary>
    public Uri BaseAddress(Site site) => _addresses.TryGetValue(SandboxNetwork.PublisherOf(site), out var host)
        ? SandboxNetwork.BaseAddress(site, host)
        : SandboxNetwork.BaseAddress(site);

    /// <summary>Starts the servers. Throws <see cref="IOException"/> where a port is taken; nothing keeps running then.</summary>
    /// <param name="network">The publishers.</param>
    /// <param name="now">The world's clock.</param>
    /// <param name="time">Timer of pauses.</param>
    /// <param name="portOf">Port by publisher name, 0 for any free one; null: the default ports.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<SandboxServer> StartAsync(
        SandboxNetwork network, Func<Instant> now, TimeProvider time, Func<string, int>? portOf, CancellationToken cancellationToken)
    {
        var server = new SandboxServer();
        try
        {
            foreach (var publisher in network.Publishers)
            {
                var port = portOf?.Invoke(publisher.Name) ?? publisher.DefaultPort;
                await server.AddAsync(network, publisher, port, now, time, cancellationToken).ConfigureAwait(false);
            }

            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var application in _applications)
        {
            await application.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task AddAsync(
        SandboxNetwork network, SandboxPublisher publisher, int port, Func<Instant> now, TimeProvider time,
        CancellationToken cancellationToken)
    {
        // Not the usual builder: it reads settings of the working directory and watches all folders below it, once for each publisher.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var application = builder.Build();
        _applications.Add(application);
        application.Run(context => ServeAsync(context, network, publisher, now, time));
        await application.StartAsync(cancellationToken).ConfigureAwait(false);
        _addresses[publisher.Name] = new Uri(application.Urls.First());
    }

    private static async Task ServeAsync(
        HttpContext context, SandboxNetwork network, SandboxPublisher publisher, Func<Instant> now, TimeProvider time)
    {
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var answer = network.Answer(publisher, new SandboxRequest(context.Request.Method, target, headers), now());
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.ContentLength = answer.Delivery.DeclaredBytes ?? answer.Body.Length;
        var body = answer.Body[..Math.Min(answer.Body.Length, answer.Delivery.CutAfterBytes ?? int.MaxValue)];
        await SendAsync(context, body, answer.Delivery, time).ConfigureAwait(false);
        if (!answer.Delivery.IsWhole)
        {
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            context.Abort();
        }
    }

    private static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body, Delivery delivery, TimeProvider time)
    {
        var stop = context.RequestAborted;
        if (delivery.DripBytes == 0)
        {
            await context.Response.Body.WriteAsync(body, stop).ConfigureAwait(false);
            return;
        }

        while (body.Length > 0)
        {
            var piece = body[..Math.Min(body.Length, delivery.DripBytes)];
            await context.Response.Body.WriteAsync(piece, stop).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(stop).ConfigureAwait(false);
            body = body[piece.Length..];
            await Task.Delay(delivery.DripPause.ToTimeSpan(), time, stop).ConfigureAwait(false);
        }
    }
}
