using System.Net;
using System.Text;
using Aurum.App.Ingest.Limits;
using Aurum.App.Running;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store.Archive;
using Aurum.Store.Objects;
using Polly;
using Polly.CircuitBreaker;
using Outcome = Aurum.Market.Feeds.Outcome;

namespace Aurum.App.Ingest;

/// <summary>Asks publishers and archives what they answer, keeping to each site's limits. Every call ends in one outcome.</summary>
internal sealed class Fetcher
{
    private const int MaxRedirects = 3;

    /// <summary>Bytes of an error's body that are read.</summary>
    private const int MaxRefusalBytes = 4 << 10;

    /// <summary>Shortest user name that is blotted out of answers; a shorter one may be a part of any word.</summary>
    private const int MinUserLetters = 6;

    /// <summary>How often a request of a backfill waits for a site that is left alone, before it gives up.</summary>
    private const int MaxBreakerWaits = 3;

    private readonly HttpMessageInvoker _http;
    private readonly SiteDirectory _sites;
    private readonly Secrets _secrets;
    private readonly RawArchive _archive;
    private readonly TimeProvider _time;
    private readonly AurumMetrics _metrics;
    private readonly TimeSpan _longestRetryAfter;
    private readonly Dictionary<string, ResiliencePipeline<Attempt>> _pipelines;

    /// <param name="http">Sends requests; must not follow redirects by itself.</param>
    /// <param name="sites">Addresses and limits.</param>
    /// <param name="secrets">Values for secret headers.</param>
    /// <param name="archive">Where answers go before anybody reads them.</param>
    /// <param name="time">The clock of waits and stamps.</param>
    /// <param name="metrics">Counts requests, bytes and times.</param>
    /// <param name="longestRetryAfter">Longest Retry-After that is followed.</param>
    /// <param name="jitter">Spreads retries.</param>
    public Fetcher(
        HttpMessageInvoker http,
        SiteDirectory sites,
        Secrets secrets,
        RawArchive archive,
        TimeProvider time,
        AurumMetrics metrics,
        TimeSpan longestRetryAfter,
        Random jitter)
    {
        _http = http;
        _sites = sites;
        _secrets = secrets;
        _archive = archive;
        _time = time;
        _metrics = metrics;
        _longestRetryAfter = longestRetryAfter;
        var dice = new Lock();
        _pipelines = sites.All.ToDictionary(
            gate => gate.Site.Name,
            gate => SitePipeline.Build(gate.Site, time, Draw),
            StringComparer.Ordinal);

        double Draw()
        {
            lock (dice)
            {
                return jitter.NextDouble();
            }
        }
    }

    /// <summary>One request with its retries. The file of a Data outcome is in the archive.</summary>
    public async Task<Attempt> Get(Feed feed, OperatingDay day, FeedRequest request, bool isLive, CancellationToken cancel)
    {
        var missing = request.SecretNames.FirstOrDefault(name => !_secrets.TryGet(name, out _));
        if (missing is not null)
        {
            return new Attempt(
                Outcome.Unavailable,
                $"the secret {missing} is not set: export {Secrets.VariableOf(missing)} "
                + "or put it into the secrets file");
        }

        var sent = SecretsOf(request);
        var attempt = WithoutSecrets(sent, await Send(feed, day, request, isLive, cancel));
        if (sent.Count == 0 || attempt.Status is not (HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
        {
            return attempt;
        }

        // The key may have been replaced in Vault since it was read; publishers refuse one with 400, 401 or 403.
        await Task.Run(() => _secrets.Renew(request.SecretNames, cancel), cancel);
        var renewed = SecretsOf(request);
        return renewed.SequenceEqual(sent) ? attempt : WithoutSecrets(renewed, await Send(feed, day, request, isLive, cancel));
    }

    private async Task<Attempt> Send(Feed feed, OperatingDay day, FeedRequest request, bool isLive, CancellationToken cancel)
    {
        for (var waits = 0; ; waits++)
        {
            try
            {
                return await _pipelines[request.Site].ExecuteAsync(
                    async token => await Guarded(feed, day, request, isLive, token), cancel);
            }
            catch (QuotaSpentException e)
            {
                return new Attempt(Outcome.Throttled, e.Message);
            }
            catch (BrokenCircuitException e) when (!isLive && waits < MaxBreakerWaits)
            {
                // A backfill has time: it waits until the site may be asked again instead of marking day after day as missing.
                var wait = e.RetryAfter ?? CircuitBreaker.TrialTime;
                waits -= wait == CircuitBreaker.TrialTime ? 1 : 0;
                await Task.Delay(wait, _time, cancel);
            }
            catch (BrokenCircuitException)
            {
                return new Attempt(Outcome.Unavailable, $"{request.Site} failed several times in a row and is left alone for a while");
            }
        }
    }

    /// <summary>One try under the site's circuit breaker.</summary>
    private async Task<Attempt> Guarded(Feed feed, OperatingDay day, FeedRequest request, bool isLive, CancellationToken cancel)
    {
        var gate = _sites[request.Site];
        if (!gate.Breaker.TryEnter(out var wait))
        {
            throw new BrokenCircuitException($"{request.Site} is left alone", wait);
        }

        Attempt? attempt = null;
        try
        {
            attempt = await Try(feed, day, request, gate, isLive, cancel);
            return attempt;
        }
        finally
        {
            switch (attempt)
            {
                case null:
                    gate.Breaker.GivenUp();
                    break;
                case { Outcome: Outcome.Unavailable, MayRetry: true }:
                    gate.Breaker.Failed();
                    break;
                default:
                    gate.Breaker.Succeeded();
                    break;
            }
        }
    }

    private async Task<Attempt> Try(
        Feed feed, OperatingDay day, FeedRequest request, SiteGate gate, bool isLive, CancellationToken cancel)
    {
        using var permit = await gate.Enter(feed.Id, isLive, cancel);
        var started = _time.GetTimestamp();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(gate.Site.Limits.TimeoutSeconds), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        Attempt attempt;
        try
        {
            attempt = await Ask(feed, day, request, gate, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            attempt = new Attempt(Outcome.Unavailable, $"no whole answer within {gate.Site.Limits.TimeoutSeconds} s", MayRetry: true);
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException)
        {
            attempt = new Attempt(Outcome.Unavailable, $"the connection failed: {e.Message}", MayRetry: true);
        }
        catch (ObjectStoreException e)
        {
            // The publisher has answered and the archive has not: nothing is parsed that is not archived, and the gap stays.
            attempt = new Attempt(Outcome.Unavailable, $"not archived: {e.Message}");
        }
        catch (ArchiveLimitException e)
        {
            attempt = new Attempt(Outcome.Malformed, e.Message);
        }

        var bytes = attempt.File?.SizeBytes ?? 0;
        if (attempt.File is not null)
        {
            gate.Received(feed.Id, bytes);
        }

        if (attempt.Outcome == Outcome.Throttled)
        {
            gate.Throttled(feed.Id);
        }

        if (attempt is { MayRetry: true, RetryAfter: { } pause })
        {
            // Meant for all who ask this site, not only for the one who was told.
            gate.Pause(pause);
        }

        _metrics.Fetched(feed.Id, attempt.Outcome, bytes, _time.GetElapsedTime(started));
        return attempt;
    }

    private async Task<Attempt> Ask(Feed feed, OperatingDay day, FeedRequest request, SiteGate gate, CancellationToken cancel)
    {
        var secrets = SecretsOf(request);
        var address = new Uri(gate.Site.BaseAddress.AbsoluteUri.TrimEnd('/') + WithQuerySecrets(request));
        for (var redirects = 0; ; redirects++)
        {
            using var message = Message(request, address);
            using var answer = await _http.SendAsync(message, cancel);
            if (answer.Headers.Location is { } location && (int)answer.StatusCode is >= 301 and <= 308)
            {
                var next = new Uri(address, location);
                if (!IsSamePlace(address, next) || redirects == MaxRedirects)
                {
                    var where = $"{next.Scheme}://{next.Authority}";
                    return new Attempt(Outcome.Unavailable, $"redirected to {where}, which is not followed", Status: answer.StatusCode);
                }

                if (!gate.TryChargeRequest(feed.Id))
                {
                    return new Attempt(
                        Outcome.Unavailable, "redirected, and our own limits leave no further request now", MayRetry: true,
                        Status: answer.StatusCode);
                }

                address = next;
                continue;
            }

            return await Read(feed, day, request, secrets, gate.Site, message, answer, cancel);
        }
    }

    /// <summary>The same host, and not from an encrypted connection to a plain one: headers carry secrets.</summary>
    private static bool IsSamePlace(Uri from, Uri to) =>
        from.Host == to.Host && (to.Scheme == Uri.UriSchemeHttps || (to.Scheme == from.Scheme && to.Port == from.Port));

    private async Task<Attempt> Read(
        Feed feed, OperatingDay day, FeedRequest request, IReadOnlyList<string> secrets, Site site, HttpRequestMessage message,
        HttpResponseMessage answer, CancellationToken cancel)
    {
        if (AnswerReader.OutcomeOf(answer.StatusCode) is var (outcome, why))
        {
            if ((int)answer.StatusCode is >= 400 and < 500 && feed.Refusal(await WordsOf(answer, secrets, cancel)) is { } said)
            {
                (outcome, why) = (said.Outcome, said.Why);
            }

            return new Attempt(
                outcome,
                why,
                MayRetry: AnswerReader.IsWorthRetrying(answer.StatusCode),
                RetryAfter: AnswerReader.RetryAfter(answer, _time.GetUtcNow(), _longestRetryAfter),
                Status: answer.StatusCode);
        }

        if (answer.Content.Headers.ContentLength > site.Limits.MaxResponseBytes)
        {
            return new Attempt(
                Outcome.Malformed,
                $"the answer has {answer.Content.Headers.ContentLength} bytes, more than the limit of {site.Limits.MaxResponseBytes}");
        }

        var fetch = new Fetch(
            feed.Id, day.Date, request.Site, request.PathAndQuery, AnswerReader.FileName(answer, request), (int)answer.StatusCode)
        {
            RequestHeaders = Pairs(message.Headers),
            ResponseHeaders = [.. Pairs(answer.Headers), .. Pairs(answer.Content.Headers)],
        };
        await using var body = new LimitedStream(
            await answer.Content.ReadAsStreamAsync(cancel), site.Limits.MaxResponseBytes, answer.Content.Headers.ContentLength);
        var file = await _archive.AddAsync(fetch, body, secrets, cancel);
        return new Attempt(Outcome.Data, "", file, Status: answer.StatusCode);
    }

    /// <summary>The beginning of an error's body, without the secrets of the request.</summary>
    private static async Task<string> WordsOf(HttpResponseMessage answer, IReadOnlyList<string> secrets, CancellationToken cancel)
    {
        var bytes = new byte[MaxRefusalBytes];
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        var count = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        return secrets.Aggregate(
            Encoding.UTF8.GetString(bytes, 0, count), (text, secret) => text.Replace(secret, "***", StringComparison.Ordinal));
    }

    /// <summary>Reasons are stored, logged and shown: no part of a request's secrets may be in them.</summary>
    private static Attempt WithoutSecrets(IReadOnlyList<string> secrets, Attempt attempt) => attempt with
    {
        Why = secrets.Aggregate(
            attempt.Why, static (text, secret) => text.Replace(secret, "***", StringComparison.Ordinal)),
    };

    private HttpRequestMessage Message(FeedRequest request, Uri address)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, address) { Version = HttpVersion.Version11 };
        message.Headers.UserAgent.ParseAdd("Aurum/0.1");
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        foreach (var secret in request.Secrets)
        {
            _ = _secrets.TryGet(secret.SecretName, out var value);
            message.Headers.TryAddWithoutValidation(secret.Header, secret.Prefix + value);
        }

        if (request.SignIn is { } basic)
        {
            message.Headers.TryAddWithoutValidation("Authorization", "Basic " + _secrets.Encode(basic));
        }

        return message;
    }

    private List<string> SecretsOf(FeedRequest request)
    {
        var values = new List<string>();
        foreach (var name in request.SecretNames)
        {
            if (_secrets.TryGet(name, out var value) && (name != request.SignIn?.UserName || value.Length >= MinUserLetters))
            {
                values.Add(value);
            }
        }

        if (request.SignIn is { } basic)
        {
            values.Add(_secrets.Encode(basic));
        }

        return values;
    }

    private string WithQuerySecrets(FeedRequest request)
    {
        var address = new StringBuilder(request.PathAndQuery);
        foreach (var secret in request.QuerySecrets)
        {
            _ = _secrets.TryGet(secret.SecretName, out var value);
            address.Append(request.PathAndQuery.Contains('?', StringComparison.Ordinal) || address.Length > request.PathAndQuery.Length
                ? '&' : '?');
            address.Append(secret.Parameter).Append('=').Append(Uri.EscapeDataString(value ?? ""));
        }

        return address.ToString();
    }

    private static List<KeyValuePair<string, string>> Pairs(System.Net.Http.Headers.HttpHeaders headers) =>
        [.. headers.Select(h => KeyValuePair.Create(h.Key, string.Join(", ", h.Value)))];
}
