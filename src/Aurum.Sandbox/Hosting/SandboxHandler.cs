using System.Net;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Hosting;

/// <summary>The sandbox behind an <see cref="HttpClient"/>, without sockets: requests to the publishers' hosts (real ones or
/// <c>caiso.sandbox</c>) are answered in the process.</summary>
/// <remarks>Cut connections and wrong lengths fail as the socket handler's do, with <see cref="HttpIOException"/>; pauses go by the
/// time provider, so virtual time passes as fast as its owner likes.</remarks>
/// <param name="network">The publishers.</param>
/// <param name="now">The world's clock.</param>
/// <param name="time">Timer of pauses.</param>
public sealed class SandboxHandler(SandboxNetwork network, Func<Instant> now, TimeProvider time) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var uri = request.RequestUri ?? throw new ArgumentException("a request without an address", nameof(request));
        if (PublisherOf(uri.Host) is not { } publisher)
        {
            throw new HttpRequestException(HttpRequestError.NameResolutionError, $"the sandbox has no host '{uri.Host}'");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            headers[name] = values.ToString();
        }

        var answer = network.Answer(publisher, new SandboxRequest(request.Method.Method, uri.PathAndQuery, headers), now());
        return Task.FromResult(Message(answer, request));
    }

    private HttpResponseMessage Message(SandboxResponse answer, HttpRequestMessage request)
    {
        var content = new StreamContent(new DeliveryStream(answer.Body, answer.Delivery, time));
        content.Headers.ContentLength = answer.Delivery.DeclaredBytes ?? answer.Body.Length;
        var message = new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = content, RequestMessage = request };
        foreach (var (name, value) in answer.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    private SandboxPublisher? PublisherOf(string host)
    {
        foreach (var publisher in network.Publishers)
        {
            if (host == publisher.Name + ".sandbox" || publisher.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase))
            {
                return publisher;
            }
        }

        return null;
    }
}
