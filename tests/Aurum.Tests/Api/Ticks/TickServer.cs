using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aurum.App.Api;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.App.Ticks;
using Aurum.App.Ticks.Lanes;
using Aurum.App.Ticks.Served;
using Aurum.Cluster.Redis.Prices;
using Aurum.Sources;
using Aurum.Store;
using Aurum.Tests.Ticks;
using Microsoft.AspNetCore.Builder;
using NodaTime;

namespace Aurum.Tests.Api.Ticks;

/// <summary>The real HTTP host over a tick service and a store of their own, that can be stopped and started again over the same
/// folder.</summary>
internal sealed class TickServer : IAsyncDisposable
{
    public const string Lines = "application/x-ndjson";

    /// <summary>A minute after the messages of <see cref="TickMessages"/>.</summary>
    public static readonly Instant Now = Instant.FromUnixTimeTicks(TickMessages.Occurred * 10) + Duration.FromMinutes(1);

    private readonly TestFolder _folder = new();
    private readonly Func<ApiOptions, ApiOptions> _with;
    private readonly TickServiceOptions _ticks;
    private readonly Func<string, ManualTime, AurumStore> _open;
    private WebApplication _app = null!;
    private AurumMetrics _metrics = null!;
    private ITickPlane _plane = null!;
    private TickPublisher? _publisher;

    private TickServer(
        Func<ApiOptions, ApiOptions> with, TickServiceOptions ticks, Func<string, ManualTime, AurumStore>? open) =>
        (_with, _ticks, _open) = (with, ticks, open ?? OpenDuckDb);

    public ManualTime Time { get; private init; } = new(Now);

    public AurumStore Store { get; private set; } = null!;

    public TickService Ticks => (TickService)_plane.Now;

    /// <summary>Real-time prices as the server reads them.</summary>
    public ITickPlane Plane => _plane;

    /// <summary>Clock of real-time prices where others have the store open too; null: nobody has.</summary>
    private TimeProvider? Shared { get; init; }

    /// <summary>Set where workers fill the store.</summary>
    private bool IsOfWorkers { get; init; }

    private RedisLatest? HotPrices { get; init; }

    private Func<AurumStore, TickPublisher?> Publisher { get; init; } = static _ => null;

    public HttpClient Http { get; private set; } = null!;

    public static async Task<TickServer> StartAsync(
        Func<ApiOptions, ApiOptions>? with = null,
        TickServiceOptions? ticks = null,
        Func<string, ManualTime, AurumStore>? open = null)
    {
        var server = new TickServer(with ?? (o => o), ticks ?? new TickServiceOptions { QuietSeconds = 0 }, open);
        await server.OpenAsync();
        return server;
    }

    /// <summary>A server on a store that workers fill.</summary>
    /// <param name="open">Opens the store.</param>
    /// <param name="publisher">Hands messages to Kafka; null: it knows of none.</param>
    /// <param name="hot">Latest prices in Redis; null: it knows of none.</param>
    public static async Task<TickServer> OverWorkersAsync(
        Func<string, ManualTime, AurumStore> open, Func<AurumStore, TickPublisher?>? publisher = null, RedisLatest? hot = null)
    {
        var ticks = new TickServiceOptions { FollowSeconds = 0.05 };
        var server = new TickServer(static o => o with { EventTickSeconds = 0.2 }, ticks, open)
        {
            // Workers stamp with the machine's clock, and this server has all that they stored.
            Time = new ManualTime(Instant.FromUtc(2100, 1, 1, 0, 0)),
            HotPrices = hot,
            IsOfWorkers = true, Publisher = publisher ?? (static _ => null),
        };
        await server.OpenAsync();
        return server;
    }

    /// <summary>A server without Kafka on a store that others may have open too.</summary>
    /// <param name="open">Opens the store.</param>
    /// <param name="time">Clock of real-time prices.</param>
    public static async Task<TickServer> OverSharedAsync(Func<string, ManualTime, AurumStore> open, TimeProvider time)
    {
        var server = new TickServer(
            static o => o with { EventTickSeconds = 0.2 }, new TickServiceOptions { QuietSeconds = 0, FollowSeconds = 0.05 }, open)
        {
            Time = new ManualTime(Instant.FromUtc(2100, 1, 1, 0, 0)),
            Shared = time,
        };
        await server.OpenAsync();
        return server;
    }

    /// <summary>Stops everything and starts it again.</summary>
    public async Task RestartAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    public async Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    public Task<Answer> PostAsync(string path, byte[] body, string type = Lines, params (string Name, string Value)[] headers) =>
        PostAsync(path, new ByteArrayContent(body), type, headers);

    public async Task<Answer> PostAsync(string path, HttpContent content, string type, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        content.Headers.ContentType = type.Length == 0 ? null : MediaTypeHeaderValue.Parse(type);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    public Task<Answer> PostJsonAsync(string path, string json) => PostAsync(path, Encoding.UTF8.GetBytes(json), "application/json");

    /// <summary>Sends messages that must be taken in; gives the receipt.</summary>
    public async Task<JsonNode> SendAsync(params IEnumerable<JsonObject> messages)
    {
        var answer = await PostAsync("/v1/ticks", TickMessages.Lines(messages));
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json["data"]!;
    }

    public async Task<JsonArray> RowsAsync(string path)
    {
        var answer = await GetAsync(path);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {answer.Text}");
        return answer.Json["data"]!.AsArray();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    /// <summary>received, accepted, duplicate, late_amended, dead_lettered of a receipt or status.</summary>
    public static (int Received, int Accepted, int Duplicate, int Late, int Dead) CountsOf(JsonNode counts) => (
        (int)counts["received"]!, (int)counts["accepted"]!, (int)counts["duplicate"]!, (int)counts["late_amended"]!,
        (int)counts["dead_lettered"]!);

    private async Task OpenAsync()
    {
        var time = Time;
        Store = _open(_folder.Path, time);
        _plane = IsOfWorkers ? new StoredTicks(Store, _ticks, TimeProvider.System)
            : Shared is not null ? TickPlanes.Open(Store, new AurumOptions { DataDirectory = _folder.Path, Ticks = _ticks }, Shared)
            : TickService.Open(Store, _ticks, time);
        _publisher = Publisher(Store);
        _metrics = new AurumMetrics();
        var options = new ApiOptions { Port = 0, DataDirectory = _folder.Path, RequestBurst = 100_000, MinFreeDiskBytes = 1 };
        _app = ApiHost.Build(_with(options), new ApiServices
        {
            Feeds = FeedCatalog.All,
            Store = Store,
            Metrics = _metrics,
            Time = time,
            Ticks = new Lazy<ITickPlane>(_plane),
            Publisher = _publisher,
            HotPrices = HotPrices,
        });
        await _app.StartAsync();
        Http = new HttpClient(
            new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    private static AurumStore OpenDuckDb(string folder, ManualTime time) =>
        AurumStore.Open(new StoreOptions(folder) { MemoryLimitMiB = 512, Threads = 1 }, StoredFeeds.All, time);

    private async Task CloseAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _publisher?.Dispose();
        _plane.Dispose();
        _metrics.Dispose();
        Store.Dispose();
    }
}
