using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Aurum.Cluster.Lineage;

/// <summary>Posts events to a server of the OpenLineage HTTP API, such as Marquez, one a request, with tries and growing waits.</summary>
internal sealed class LineageHttp : IDisposable
{
    private const int FirstWaitMs = 200;
    private const int LongestWaitMs = 10_000;

    private readonly LineageOptions _options;
    private readonly HttpMessageInvoker _http;
    private readonly Uri _address;
    private readonly TimeProvider _time;
    private readonly Random _jitter;
    private readonly Func<string?> _apiKey;

    /// <param name="options">Address and limits.</param>
    /// <param name="apiKey">The token as it is known now; null: none is sent.</param>
    /// <param name="time">The clock of waits.</param>
    /// <param name="jitter">Spreads the waits.</param>
    /// <param name="handler">The network; null: real sockets.</param>
    public LineageHttp(LineageOptions options, Func<string?> apiKey, TimeProvider time, Random jitter, HttpMessageHandler? handler)
    {
        _options = options;
        _apiKey = apiKey;
        _time = time;
        _jitter = jitter;
        _address = new Uri($"{options.Url!.ToString().TrimEnd('/')}/{options.Endpoint.TrimStart('/')}");
        _http = new HttpMessageInvoker(handler ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(Math.Min(options.RequestSeconds, 5)),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
    }

    public Uri Address => _address;

    /// <exception cref="LineageException">The server did not take it.</exception>
    public async Task Send(byte[] lineage, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var failure = await Once(lineage, cancel);
            if (failure is null)
            {
                return;
            }

            if (!failure.MayRetry || attempt >= _options.Attempts)
            {
                throw failure;
            }

            await Task.Delay(Wait(attempt), _time, cancel);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<LineageException?> Once(byte[] lineage, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.RequestSeconds));
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(lineage) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (_apiKey() is { Length: > 0 } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        try
        {
            using var response = await _http.SendAsync(request, both.Token);
            return response.IsSuccessStatusCode ? null : Refused(response.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            var why = e is OperationCanceledException ? "it took too long" : e.GetBaseException().Message;
            return new LineageException($"the lineage server {_address} gives no answer: {why}", mayRetry: true, e);
        }
    }

    private LineageException Refused(HttpStatusCode status)
    {
        var isPassing = status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)status >= 500;
        var advice = status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "; see Lineage:ApiKey",
            HttpStatusCode.NotFound => "; see Lineage:Url and Lineage:Endpoint",
            _ => "",
        };
        return new LineageException(
            string.Create(CultureInfo.InvariantCulture, $"the lineage server {_address} answers {(int)status}{advice}"), isPassing);
    }

    private TimeSpan Wait(int attempt)
    {
        var most = Math.Min(LongestWaitMs, FirstWaitMs * (1 << Math.Min(attempt - 1, 10)));
        lock (_jitter)
        {
            return TimeSpan.FromMilliseconds((most / 2.0) + (_jitter.NextDouble() * most / 2));
        }
    }
}
