using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aurum.Cluster.Registry;

/// <summary>Carries requests to the registry: several addresses, limits of time and size, tries with growing waits.</summary>
internal sealed class RegistryTransport : IDisposable
{
    /// <summary>Bytes of an answer.</summary>
    private const long MaxAnswerBytes = 64 << 20;

    private const double LeastJitter = 0.5;
    private const int MaxWaitMillis = 10_000;

    private readonly RegistryOptions _options;
    private readonly Random _jitter;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly EngineLogin _login;
    private readonly IReadOnlyList<Uri> _addresses;
    private int _current;

    public RegistryTransport(RegistryOptions options, Random jitter, TimeProvider time, HttpMessageHandler? handler)
    {
        (_options, _jitter, _time) = (options, jitter, time);
        _addresses = options.Addresses();
        _http = new HttpClient(handler ?? Network(options), disposeHandler: handler is null)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        _http.DefaultRequestHeaders.Accept.ParseAdd(RegistryAnswer.ContentType);
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json; q=0.9");
        _login = new EngineLogin(
            options.Secrets, ("Registry:User", options.User), ("Registry:Password", options.Password),
            ("Registry:BearerToken", options.BearerToken));
    }

    /// <exception cref="RegistryException">It was refused, or no address answered.</exception>
    public async Task<JsonNode?> Send(HttpMethod method, string path, JsonObject? body, CancellationToken cancel)
    {
        try
        {
            return await SendAgain(method, path, body, cancel);
        }
        catch (SecretGoneException error)
        {
            throw new RegistryException($"the schema registry is not asked: {error.Message}", error);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode?> SendAgain(HttpMethod method, string path, JsonObject? body, CancellationToken cancel)
    {
        var renewals = 0;
        for (var attempt = 0; ; attempt++)
        {
            var address = _addresses[Volatile.Read(ref _current) % _addresses.Count];
            var keys = _login.Present();
            try
            {
                return await SendOnce(method, new Uri(address, path), body, keys, cancel);
            }
            catch (RegistryException error) when (error.Status is 401 or 403 && renewals++ == 0)
            {
                if (!await _login.RenewLater(keys, cancel))
                {
                    throw;
                }
            }
            catch (RegistryException error) when (error.IsDown && attempt < _options.Retries)
            {
                Interlocked.Increment(ref _current);
                await Task.Delay(Wait(attempt), _time, cancel);
            }
        }
    }

    private static SocketsHttpHandler Network(RegistryOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(options.ConnectTimeoutMillis),
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (options.CaFile is { } file)
        {
            handler.SslOptions.CertificateChainPolicy = CompanyTrust.In(file);
        }

        return handler;
    }

    private async Task<JsonNode?> SendOnce(
        HttpMethod method, Uri uri, JsonObject? body, IReadOnlyList<string?> keys, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_options.RequestTimeoutMillis);
        using var request = new HttpRequestMessage(method, uri);
        request.Headers.Authorization = keys switch
        {
            [_, _, { } token] => new AuthenticationHeaderValue("Bearer", token),
            [{ } user, var password, _] => new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))),
            _ => null,
        };
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(RegistryAnswer.ContentType);
        }

        try
        {
            using var response = await _http.SendAsync(request, limit.Token);
            var text = await response.Content.ReadAsStringAsync(limit.Token);
            return response.IsSuccessStatusCode ? Parse(text, uri) : throw Refused(method, uri, (int)response.StatusCode, text);
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw new RegistryException(
                $"the schema registry at {uri.Authority} did not answer {method} {uri.AbsolutePath} "
                + $"within {_options.RequestTimeoutMillis} ms",
                error);
        }
        catch (HttpRequestException error)
        {
            throw new RegistryException($"the schema registry at {uri.Authority} could not be reached: {error.Message}", error);
        }
    }

    private static JsonNode? Parse(string text, Uri uri)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException error)
        {
            throw new RegistryException($"expected JSON from the schema registry at {uri.Authority}, found something else", error)
            {
                Status = 502,
            };
        }
    }

    private static RegistryException Refused(HttpMethod method, Uri uri, int status, string text)
    {
        var (code, message) = (0, "");
        try
        {
            if (JsonNode.Parse(text) is JsonObject body)
            {
                code = body["error_code"] is JsonValue number && number.TryGetValue<int>(out var given) ? given : 0;
                message = SchemaBody.TextOf(body, "message") ?? "";
            }
        }
        catch (JsonException)
        {
            message = "";
        }

        var why = message.Length > 0 ? message : $"status {status}";
        return new RegistryException(
            $"the schema registry at {uri.Authority} refused {method} {uri.AbsolutePath}: {why} (error_code {code}, status {status})")
        {
            Status = status,
            ErrorCode = code,
        };
    }

    private TimeSpan Wait(int attempt)
    {
        var wait = Math.Min(_options.RetryWaitMillis * Math.Pow(2, attempt), MaxWaitMillis);
        double chance;
        lock (_jitter)
        {
            chance = _jitter.NextDouble();
        }

        return TimeSpan.FromMilliseconds(wait * (LeastJitter + ((1 - LeastJitter) * chance)));
    }
}
