using Amazon.Runtime;

namespace Aurum.Cluster.S3;

/// <summary>Makes what Amazon's client sends requests with. Its own limit of a try counts the sending of the body and knows nothing of its
/// length: on a slow line no part would ever go through.</summary>
internal sealed class S3HttpClients(S3Options options, TimeProvider time) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        var network = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(options.ConnectSeconds),
        };
        return new HttpClient(new TryLimit(options.RequestSeconds, time, network)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Ends a try whose answer does not begin in time: later the more bytes it sends.</summary>
    private sealed class TryLimit(int seconds, TimeProvider time, HttpMessageHandler network) : DelegatingHandler(network)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var allowed = CallLimit.SecondsFor(seconds, request.Content?.Headers.ContentLength ?? 0);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(allowed), time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                return await base.SendAsync(request, both.Token);
            }
            catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
            {
                // In the form of the usual limit of a try, which Amazon's client tries again.
                throw new TaskCanceledException(error.Message, new TimeoutException($"no answer within {allowed} s", error));
            }
        }
    }
}
