using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aurum.Cluster.Iceberg;

/// <summary>Requests to a REST catalog, with token, limits of time and size, and tries where a request is surely not done or changes
/// nothing.</summary>
internal sealed class CatalogHttp : IDisposable
{
    /// <summary>What the specification has for a token that has ended.</summary>
    private const int TokenEnded = 419;

    private readonly IcebergOptions _options;
    private readonly HttpClient _http;
    private readonly CatalogTokens _tokens;
    private readonly TimeProvider _time;
    private readonly Func<ulong> _nextToken;

    public CatalogHttp(IcebergOptions options, TimeProvider time, Func<ulong> nextToken)
    {
        (_options, _time, _nextToken) = (options, time, nextToken);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(options.RequestSeconds),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        _http = new HttpClient(handler)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = (long)options.MostAnswerMiB << 20,
        };
        _tokens = new CatalogTokens(options, _http, time);
    }

    /// <summary>Headers that the catalog's configuration asks for.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request until it is done, refused, or tries are over.</summary>
    /// <param name="method">Method.</param>
    /// <param name="address">Address.</param>
    /// <param name="body">JSON; null: none.</param>
    /// <param name="mayRepeat">Whether it changes nothing, so that it is tried again also where it may have been done.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The answer's JSON; null: it has none.</returns>
    public async Task<JsonNode?> Send(HttpMethod method, string address, JsonNode? body, bool mayRepeat, CancellationToken cancel)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await SendWithToken(method, address, body, cancel);
            }
            catch (CatalogException error) when (attempt < _options.Retries
                && (error.Failure == CatalogFailure.NotDone || (mayRepeat && error.Failure == CatalogFailure.Unknown)))
            {
                await Wait(attempt, cancel);
            }
        }
    }

    /// <summary>Waits before a further try.</summary>
    public Task Wait(int attempt, CancellationToken cancel) =>
        Task.Delay(GrowingWait.After(attempt, _nextToken), _time, cancel);

    private async Task<JsonNode?> SendWithToken(HttpMethod method, string address, JsonNode? body, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.RequestSeconds), _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            var token = await _tokens.Get(both.Token);
            var (status, text) = await SendOnce(method, address, body, token, both.Token);
            if (status is (int)HttpStatusCode.Unauthorized or TokenEnded && await _tokens.Renew(token, both.Token))
            {
                // Surely not done: once more with a new token.
                token = await _tokens.Get(both.Token);
                (status, text) = await SendOnce(method, address, body, token, both.Token);
            }

            return status is >= 200 and < 300 ? Parsed($"{method} {address}", status, text) : throw Named(method, address, status, text);
        }
        catch (SecretGoneException error)
        {
            throw new CatalogException($"{method} {address}: {error.Message}", CatalogFailure.NotDone, 0, error);
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw new CatalogException(
                $"{method} {address}: no answer within {_options.RequestSeconds} s", CatalogFailure.Unknown, 0, error);
        }
        catch (HttpRequestException error)
        {
            var isNotSent = error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError;
            throw new CatalogException(
                $"{method} {address}: {error.Message}", isNotSent ? CatalogFailure.NotDone : CatalogFailure.Unknown, 0, error);
        }
    }

    private async Task<(int Status, string Text)> SendOnce(
        HttpMethod method, string address, JsonNode? body, string? token, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var answer = await _http.SendAsync(request, cancel);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel));
    }

    private static JsonNode? Parsed(string what, int status, string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException error)
        {
            throw new CatalogException($"{what}: expected JSON, found {error.Message}", CatalogFailure.Unknown, status, error);
        }
    }

    private static CatalogException Named(HttpMethod method, string address, int status, string text)
    {
        var (type, message) = ErrorOf(text);
        var failure = status switch
        {
            404 => CatalogFailure.NotFound,
            409 => CatalogFailure.Conflict,
            429 => CatalogFailure.NotDone,
            >= 500 => CatalogFailure.Unknown,
            _ => CatalogFailure.Refused,
        };
        var said = $"{method} {address}: the catalog answers {status} {type}: {message}".TrimEnd(' ', ':');
        return new CatalogException(said, failure, status);
    }

    /// <summary>Type and message of the specification's error model; empty where the answer is none.</summary>
    private static (string Type, string Message) ErrorOf(string text)
    {
        try
        {
            var error = JsonNode.Parse(text)?["error"];
            return (error?["type"]?.GetValue<string>() ?? "", error?["message"]?.GetValue<string>() ?? "");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return ("", "");
        }
    }
}
