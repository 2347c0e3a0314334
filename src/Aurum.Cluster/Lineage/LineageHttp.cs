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
    private readonly EngineLogin _login;

    /// <param name="options">Address and limits.</param>
    /// <param name="time">The clock of waits.</param>
    /// <param name="jitter">Spreads the waits.</param>
    /// <param name="handler">The network; null: real sockets.</param>
    public LineageHttp(LineageOptions options, TimeProvider time, Random jitter, HttpMessageHandler? handler)
    {
        _options = options;
        _login = new EngineLogin(options.Secrets, ("Lineage:ApiKey", options.ApiKey));
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
        try
        {
            await SendAgain(lineage, cancel);
        }
        catch (SecretGoneException e)
        {
            throw new LineageException($"the lineage server {_address} is not asked: {e.Message}", mayRetry: true, e);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task SendAgain(byte[] lineage, CancellationToken cancel)
    {
        var renewals = 0;
        for (var attempt = 1; ; attempt++)
        {
            var keys = _login.Present();
            var failure = await Once(lineage, keys[0], cancel);
            if (failure is null)
            {
                return;
            }

            if (failure.IsLogin && renewals++ == 0 && await _login.RenewLater(keys, cancel))
            {
                continue;
            }

            if (!failure.MayRetry || attempt >= _options.Attempts)
            {
                throw failure;
            }

            await Task.Delay(Wait(attempt), _time, cancel);
        }
    }

    private async Task<LineageException?> Once(byte[] lineage, string? apiKey, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.RequestSeconds));
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(lineage) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (!string.IsNullOrEmpty(apiKey))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
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
            string.Create(CultureInfo.InvariantCulture, $"the lineage server {_address} answers {(int)status}{advice}"), isPassing)
        {
            IsLogin = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden,
        };
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
