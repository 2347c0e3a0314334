using System.Globalization;
using System.Net;

namespace Aurum.Cluster.Vault;

/// <summary>Requests to Vault: deadlines, tries with growing waits and jitter, and what an answer means. Blocks its thread: it is asked
/// seldom, by a background thread or by commands.</summary>
internal sealed class VaultHttp : IDisposable
{
    private const int MaxAnswerBytes = 4 << 20;
    private const int FirstWaitMs = 100;
    private const int LongestWaitMs = 5_000;
    private const int TooEarly = 412;
    private const int DisasterStandby = 472;
    private const int PerformanceStandby = 473;

    private readonly VaultOptions _options;
    private readonly HttpMessageInvoker _http;
    private readonly TimeProvider _time;
    private readonly Random _jitter;
    private long _retries;

    /// <param name="options">Address and limits.</param>
    /// <param name="time">The clock of waits.</param>
    /// <param name="jitter">Spreads the waits.</param>
    /// <param name="handler">The network; null: real sockets.</param>
    public VaultHttp(VaultOptions options, TimeProvider time, Random jitter, HttpMessageHandler? handler = null)
    {
        _options = options;
        _time = time;
        _jitter = jitter;
        _http = new HttpMessageInvoker(handler ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = true,
            ConnectTimeout = TimeSpan.FromSeconds(options.ConnectSeconds),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
    }

    /// <summary>Tries that followed a first one.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Asks, and asks again where that makes sense.</summary>
    /// <param name="method">GET, POST, PUT or LIST.</param>
    /// <param name="path">Path below <c>/v1/</c>.</param>
    /// <param name="about">What is asked for, for messages: a path, never a value.</param>
    /// <param name="token">Token; null: none is sent.</param>
    /// <param name="body">JSON; null: none.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>Status and JSON; 200 to 299, 404, or 400 where the request is at fault.</returns>
    /// <exception cref="VaultException">It did not go well; the last failure.</exception>
    public VaultAnswer Send(
        HttpMethod method, string path, string about, string? token, ReadOnlyMemory<byte>? body, CancellationToken cancel)
    {
        var began = _time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            VaultException failure;
            TimeSpan? asked = null;
            try
            {
                var answer = Once(method, path, token, body, about, cancel);
                if (FailureOf(answer, about) is not { } found)
                {
                    return answer;
                }

                (failure, asked) = (found, answer.RetryAfter);
            }
            catch (Exception e) when (e is HttpRequestException or IOException
                || (e is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                failure = new VaultException(
                    VaultFailure.Down,
                    $"Vault at {_options.Address} gives no answer for {about}: {Reason(e)}; "
                    + "see that it runs and that Vault:Address is right",
                    e);
            }

            var wait = asked ?? Wait(attempt);
            var spent = _time.GetElapsedTime(began);
            if (!failure.IsOutage || failure.Failure == VaultFailure.Sealed || attempt >= _options.Attempts
                || spent + wait >= TimeSpan.FromSeconds(_options.TotalSeconds))
            {
                throw failure;
            }

            Interlocked.Increment(ref _retries);
            Pause(wait, cancel);
        }
    }

    public void Dispose() => _http.Dispose();

    private VaultAnswer Once(
        HttpMethod method, string path, string? token, ReadOnlyMemory<byte>? body, string about, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.RequestSeconds));
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var request = new HttpRequestMessage(method, new Uri(_options.Address!, $"/v1/{path}"));
        request.Headers.TryAddWithoutValidation("X-Vault-Request", "true");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Vault-Token", token);
        }

        if (_options.Namespace is { } name)
        {
            request.Headers.TryAddWithoutValidation("X-Vault-Namespace", name);
        }

        if (body is { } bytes)
        {
            request.Content = new ReadOnlyMemoryContent(bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        }

        using var response = _http.Send(request, both.Token);
        using var stream = response.Content.ReadAsStream(both.Token);
        return VaultAnswer.Read(response, ReadAll(stream, about, both.Token), about);
    }

    private static byte[] ReadAll(Stream stream, string about, CancellationToken cancel)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 << 10];
        for (int count; (count = Read(stream, chunk, cancel)) > 0;)
        {
            buffer.Write(chunk, 0, count);
            if (buffer.Length > MaxAnswerBytes)
            {
                throw new VaultException(
                    VaultFailure.Refused, $"{about}: expected an answer of at most {MaxAnswerBytes >> 20} MiB, found more");
            }
        }

        return buffer.ToArray();
    }

    /// <summary>Waits for bytes no longer than the token allows: the stream's own waiting read knows no token, so that a server that stops
    /// within a body would keep the thread for ever.</summary>
    private static int Read(Stream stream, byte[] chunk, CancellationToken cancel)
    {
        var reading = stream.ReadAsync(chunk, cancel);
        return reading.IsCompletedSuccessfully ? reading.Result : reading.AsTask().GetAwaiter().GetResult();
    }

    /// <summary>What a status means; null: the answer is one that the caller reads.</summary>
    private VaultException? FailureOf(VaultAnswer answer, string about)
    {
        var said = answer.Errors.Length == 0 ? "" : $" ({answer.Errors})";
        return (int)answer.Status switch
        {
            >= 200 and < 300 or (int)HttpStatusCode.NotFound or (int)HttpStatusCode.BadRequest => null,
            (int)HttpStatusCode.Forbidden or (int)HttpStatusCode.Unauthorized => new VaultException(
                VaultFailure.Denied,
                $"Vault refuses {about}{said}: the policy of the way in ({_options.WayIn}) must allow it, and its token must be valid"),
            (int)HttpStatusCode.ServiceUnavailable when answer.SaysSealed => new VaultException(
                VaultFailure.Sealed,
                $"Vault at {_options.Address} is sealed: unseal it ('vault operator unseal'); {about} is asked for again then"),
            PerformanceStandby or DisasterStandby => new VaultException(
                VaultFailure.Standby,
                $"the Vault at {_options.Address} is a standby that does not serve {about}: point Vault:Address at the active node"),
            (int)HttpStatusCode.TooManyRequests => new VaultException(
                VaultFailure.Busy, $"Vault limits requests or is a standby{said}, {about}: ask less often, or raise its quota"),
            TooEarly or >= 500 => new VaultException(
                VaultFailure.Down,
                string.Create(CultureInfo.InvariantCulture,
                    $"Vault at {_options.Address} answers {(int)answer.Status} for {about}{said}: see its log")),
            _ => new VaultException(
                VaultFailure.Refused,
                string.Create(CultureInfo.InvariantCulture, $"Vault answers {(int)answer.Status} for {about}{said}")),
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

    private void Pause(TimeSpan wait, CancellationToken cancel)
    {
        using var elapsed = new CancellationTokenSource(wait, _time);
        WaitHandle.WaitAny([elapsed.Token.WaitHandle, cancel.WaitHandle]);
        cancel.ThrowIfCancellationRequested();
    }

    private static string Reason(Exception e) => e is OperationCanceledException ? "it took too long" : e.GetBaseException().Message;
}
