using System.Net;
using System.Text.Json.Nodes;
using Aurum.App.Api;
using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.App.Scenarios;
using Aurum.Sources;
using Aurum.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Aurum.Tests.Api;

/// <summary>The real HTTP host on a free port over a store of its own in a temporary folder.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly AurumMetrics _metrics;
    private readonly TestFolder _folder;

    private ApiServer(
        WebApplication app, AurumStore store, ScenarioDesk scenarios, AurumMetrics metrics, ManualTime time, TestFolder folder)
    {
        (_app, Store, Scenarios, _metrics, Time, _folder) = (app, store, scenarios, metrics, time, folder);
        Http = new HttpClient(
            new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress =
            new Uri(app.Urls.First()) };
    }

    public AurumStore Store { get; }

    /// <summary>Scenarios; who wants them worked on starts the service.</summary>
    public ScenarioDesk Scenarios { get; }

    public ManualTime Time { get; }

    public HttpClient Http { get; }

    public IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <param name="fill">Puts rows into the store before the server starts; null for an empty store.</param>
    /// <param name="with">Changes the options.</param>
    /// <param name="open">Opens another store; null: a file of its own.</param>
    /// <param name="services">Changes what it works with; null: nothing.</param>
    public static async Task<ApiServer> StartAsync(
        Action<AurumStore>? fill = null, Func<ApiOptions, ApiOptions>? with = null, Func<AurumStore>? open = null,
        Func<ApiServices, ApiServices>? services = null)
    {
        var folder = new TestFolder();
        var time = new ManualTime(ApiWorld.Now);
        var store = open?.Invoke()
            ?? AurumStore.Open(new StoreOptions(folder.Path) { MemoryLimitMiB = 512, Threads = 1 }, StoredFeeds.All, time);
        fill?.Invoke(store);
        var metrics = new AurumMetrics();
        var scenarios = new ScenarioDesk(store, new ScenarioSettings(), time, metrics, static _ => { });
        var options = new ApiOptions { Port = 0, DataDirectory = folder.Path, Mode = "test", RequestBurst = 100_000,
            MinFreeDiskBytes = 1 };
        var used = new ApiServices { Feeds = FeedCatalog.All, Store = store, Metrics = metrics, Time = time, Scenarios = scenarios,
            Sites = new SiteDirectory(FeedCatalog.Sites, new Dictionary<string, SiteOptions>(), time) };
        var app = ApiHost.Build(with?.Invoke(options) ?? options, services?.Invoke(used) ?? used);
        await app.StartAsync();
        return new ApiServer(app, store, scenarios, metrics, time, folder);
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

    public async Task<Answer> PostAsync(string path, string body, string contentType = "application/json", string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, contentType),
        };
        request.Headers.Host = host;
        using var response = await Http.SendAsync(request);
        return await Answer.OfAsync(response);
    }

    /// <summary>The rows of a page that must be there.</summary>
    public async Task<JsonArray> RowsAsync(string path)
    {
        var answer = await GetAsync(path);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{path}: {answer.Text}");
        return answer.Json["data"]!.AsArray();
    }

    /// <summary>All rows, page after page.</summary>
    public async Task<List<JsonNode>> WalkAsync(string path, Func<int, Task>? betweenPages = null)
    {
        var rows = new List<JsonNode>();
        string? cursor = null;
        var page = 0;
        do
        {
            var answer = await GetAsync(cursor is null ? path : $"{path}&cursor={cursor}");
            Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
            rows.AddRange(answer.Json["data"]!.AsArray()!);
            cursor = (string?)answer.Json["meta"]!["next_cursor"];
            Assert.Equal(cursor is not null, (bool)answer.Json["meta"]!["has_more"]!);
            await (betweenPages?.Invoke(page++) ?? Task.CompletedTask);
        }
        while (cursor is not null);
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Scenarios.DisposeAsync();
        _metrics.Dispose();
        Store.Dispose();
        _folder.Dispose();
    }
}

/// <summary>A response, read.</summary>
internal sealed record Answer(HttpStatusCode Status, byte[] Bytes, string? ContentType, IReadOnlyDictionary<string,
    string> Headers)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Bytes)!;

    public static async Task<Answer> OfAsync(HttpResponseMessage response) => new(
        response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentType?.ToString(),
        response.Headers.Concat(response.Content.Headers)
        .ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase));
}

/// <summary>One server over the known world, shared by the tests that only read.</summary>
public sealed class ApiReading : IAsyncLifetime
{
    internal ApiServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await ApiServer.StartAsync(ApiWorld.Fill);

    public async Task DisposeAsync() => await Server.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class ApiReadingTests : ICollectionFixture<ApiReading>
{
    public const string Name = "api reading";
}
