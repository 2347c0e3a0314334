using System.Net;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.App.Simulation;
using Aurum.Cluster.Vault;
using Aurum.Market.Feeds;
using Aurum.Store.Archive;
using NodaTime;

namespace Aurum.Tests.Ingest;

/// <summary>A fetcher with its archive, over a publisher whose answers a test writes.</summary>
internal sealed class FetchRig : HttpMessageHandler
{
    public static readonly Instant Start = Instant.FromUtc(2025, 6, 11, 0, 0);

    private readonly TestFolder _folder = new();
    private readonly Queue<Func<HttpRequestMessage, HttpResponseMessage>> _answers = [];
    private readonly AurumMetrics _metrics = new();
    private readonly HttpMessageInvoker _http;

    public FetchRig(
        SiteLimits? limits = null, IReadOnlyDictionary<string, string?>? environment = null, VaultSecrets? vault = null)
    {
        var site = new Site("site", new Uri("https://site.test/base"), limits ?? new SiteLimits(RequestsPerMinute: 6000, Burst: 100));
        Sites = new SiteDirectory([site], new Dictionary<string, SiteOptions>(), Time);
        Archive = new RawArchive(_folder["archive"], new ProviderClock(Time), 1 << 20);
        _http = new HttpMessageInvoker(this, disposeHandler: false);
        Fetcher = new Fetcher(
            _http,
            Sites,
            Secrets.Load(null, environment ?? new Dictionary<string, string?>(), vault),
            Archive,
            Time,
            _metrics,
            TimeSpan.FromSeconds(300),
            new Random(1));
    }

    public VirtualTime Time { get; } = new(Start);

    public SiteDirectory Sites { get; }

    public RawArchive Archive { get; }

    public Fetcher Fetcher { get; }

    /// <summary>Requests that came, with the instant.</summary>
    public List<(Instant At, Uri Address, string Headers)> Asked { get; } = [];

    /// <summary>The answer to every request that no written answer is left for; null: a test that asks too often fails.</summary>
    public Func<HttpRequestMessage, HttpResponseMessage>? Otherwise { get; init; }

    public IEnumerable<string> ArchivedFiles => Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories);

    public void Then(Func<HttpRequestMessage, HttpResponseMessage> answer) => _answers.Enqueue(answer);

    public void Then(HttpStatusCode status, string body = "", params IEnumerable<(string Name, string Value)> headers) =>
        Then(_ => Answer(status, body, headers));

    public static HttpResponseMessage Answer(
        HttpStatusCode status, string body = "", params IEnumerable<(string Name, string Value)> headers)
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
        {
            if (!answer.Headers.TryAddWithoutValidation(name, value))
            {
                answer.Content.Headers.Remove(name);
                answer.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return answer;
    }

    public Task<Attempt> Get(FeedRequest? request = null, bool isLive = true, CancellationToken cancel = default) => Fetcher.Get(
        LineFeed.RealTime,
        LineFeed.RealTime.Day(new LocalDate(2025, 6, 10)),
        request ?? new FeedRequest("site", "/day?x=1", "asked.csv"),
        isLive,
        cancel);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Asked.Add((Time.Now, request.RequestUri!, request.Headers.ToString()));
        var answer = _answers.TryDequeue(out var next) ? next : Otherwise ?? throw new InvalidOperationException("asked once too often");
        return Task.FromResult(answer(request));
    }

    protected override void Dispose(bool disposing)
    {
        _http.Dispose();
        _metrics.Dispose();
        _folder.Dispose();
        base.Dispose(disposing);
    }
}
