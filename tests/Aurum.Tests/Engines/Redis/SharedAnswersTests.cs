using System.Globalization;
using System.Net;
using Aurum.App.Api;
using Aurum.App.Caching;
using Aurum.App.Running;
using Aurum.Cluster.Redis;
using Aurum.Market.Power;
using Aurum.Sources;
using Aurum.Store;
using Aurum.Store.Sinks;
using Aurum.Tests.Api;
using Aurum.Tests.Engines.Servers;
using Microsoft.AspNetCore.Builder;
using NodaTime;

namespace Aurum.Tests.Engines.Redis;

/// <summary>Two API servers over one store and one Redis.</summary>
[Collection(RedisTests.Name)]
public sealed class SharedAnswersTests(RedisServer server)
{
    private const string Prices = "/v1/iso/lmp?feed=caiso/day-ahead-lmp&location=TH_SP15_GEN-APND&start=2025-11-02T07:00:00Z&limit=30";

    [Fact]
    public async Task The_second_server_gives_the_answer_that_the_first_one_made()
    {
        await using var two = await TwoServers.Start(server.Options with { Namespace = "shared" });

        var first = await two.First.GetAsync(Prices);
        var keys = await server.Cli("--scan", "--pattern", "shared:slice:*");
        var second = await two.Second.GetAsync(Prices);

        Assert.Matches("^shared:slice:default:lmp:[0-9]+-[0-9a-f]+:[A-Za-z0-9_-]{24}$", keys);
        Assert.InRange(int.Parse(await server.Cli("TTL", keys), CultureInfo.InvariantCulture), 50, 60);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal(first.Json["data"]!.ToJsonString(), second.Json["data"]!.ToJsonString());
        Assert.Equal(25, (int)second.Json["meta"]!["count"]!);
        foreach (var header in new[] { "ETag", "Cache-Control", "Vary", "X-Has-More", "Content-Type" })
        {
            Assert.Equal(first.Headers[header], second.Headers[header]);
        }

        var known = await two.Second.GetAsync(Prices, ("If-None-Match", first.Headers["ETag"]));
        Assert.Equal(HttpStatusCode.NotModified, known.Status);
        Assert.Equal("1", await server.Cli("EVAL", "return #redis.call('KEYS', 'shared:slice:*')", "0"));
    }

    [Fact]
    public async Task After_a_commit_no_server_gives_an_older_answer()
    {
        await using var two = await TwoServers.Start(server.Options with { Namespace = "fresh" });

        for (var i = 1; i <= 12; i++)
        {
            var price = 100 + i;
            two.Commit(price);
            var answers = await Task.WhenAll(two.First.GetAsync(Prices), two.Second.GetAsync(Prices), two.First.GetAsync(Prices));
            Assert.All(answers, a => Assert.Equal(price, (double)a.Json["data"]![10]!["lmp"]!));
        }
    }

    [Fact]
    public async Task A_commit_to_another_table_leaves_the_answers()
    {
        await using var two = await TwoServers.Start(server.Options with { Namespace = "other" });
        await two.First.GetAsync(Prices);
        var key = await server.Cli("--scan", "--pattern", "other:slice:*");

        two.CommitLoad();
        await two.Second.GetAsync(Prices);

        Assert.Equal(key, await server.Cli("--scan", "--pattern", "other:slice:*"));
    }

    [Fact]
    public async Task Tenants_forms_and_pages_are_kept_apart_and_refusals_are_not_kept()
    {
        await using var two = await TwoServers.Start(server.Options with { Namespace = "apart" });

        await two.First.GetAsync(Prices, ("X-Aurum-Tenant", "acme"));
        await two.First.GetAsync(Prices, ("X-Aurum-Tenant", "other"));
        var csv = await two.First.GetAsync(Prices, ("Accept", "text/csv"));
        var again = await two.Second.GetAsync(Prices, ("Accept", "text/csv"));
        var refused = await two.First.GetAsync("/v1/iso/lmp?limit=0");
        var nobody = await two.First.GetAsync(Prices, ("X-Aurum-Tenant", "a b"));

        var keys = (await server.Cli("--scan", "--pattern", "apart:slice:*")).Split('\n');
        Assert.Equal(["acme", "default", "other"], keys.Select(static k => k.Split(':')[2]).Order());
        Assert.Equal("text/csv; charset=utf-8", again.ContentType);
        Assert.Equal(csv.Text, again.Text);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (refused.Status, nobody.Status));
    }

    [Fact]
    public async Task Requests_go_on_when_Redis_is_killed_under_them()
    {
        var own = await RedisServer.Start();
        await using var two = await TwoServers.Start(own.Options with { RequestTimeoutMs = 300, ConnectTimeoutMs = 300 });
        var asked = Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            for (var n = 0; n < 60; n++)
            {
                var answer = await (n % 2 == 0 ? two.First : two.Second).GetAsync($"{Prices}&order={(n % 4 < 2 ? "asc" : "desc")}");
                Assert.Equal((HttpStatusCode.OK, 25), (answer.Status, (int)answer.Json["meta"]!["count"]!));
                if (i == 0 && n == 10)
                {
                    own.Kill();
                }

                if (i == 0 && n == 40)
                {
                    await own.Restart();
                }
            }
        }));

        await Task.WhenAll(asked);
        two.Commit(77);
        await RedisClientTests.Eventually(async () =>
        {
            await two.First.GetAsync($"{Prices}&end={2026 + Interlocked.Increment(ref _tries)}-01-01");
            return await own.Cli("DBSIZE") != "0";
        });
        await own.DisposeAsync();
    }

    [Fact]
    public async Task A_delivery_that_is_told_wakes_who_follows_events_at_another_server()
    {
        // Nobody looks by himself within the time of this test.
        await using var two = await TwoServers.Start(server.Options with { Namespace = "news" }, pollSeconds: 60);
        await using var sink = new RedisSink(RedisClientTests.Open(server.Options with { Namespace = "news" }));
        using var events = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        using var response = await two.Second.Http.SendAsync(events, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        await RedisClientTests.Eventually(async () => await server.Cli("PUBSUB", "NUMPAT") != "0");

        two.Commit(55);
        var entry = two.Store.Read.Outbox(new() { Descending = true, Limit = 1 })[0];
        await RedisClientTests.Eventually(async () =>
        {
            await sink.Deliver([new SinkDelivery(entry, two.Store.Read)], default);
            return true;
        });

        var found = "";
        while (found != $"id: {entry.Id}")
        {
            found = await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new EndOfStreamException();
        }

        Assert.Equal($"{entry.Id}", await server.Cli("HGET", "news:served:deliveries:default", "iso_lmp"));
    }

    private static int _tries;

    private sealed class TwoServers : IAsyncDisposable
    {
        private readonly TestFolder _folder = new();
        private readonly ManualTime _time = new(ApiWorld.Now);
        private readonly AurumMetrics _metrics = new();
        private readonly List<(WebApplication App, RedisDesk Desk)> _hosts = [];

        private TwoServers()
        {
            Store = AurumStore.Open(
                new StoreOptions(_folder.Path) { MemoryLimitMiB = 512, Threads = 1 }, App.Ingest.StoredFeeds.All, _time);
            ApiWorld.Fill(Store);
        }

        public AurumStore Store { get; }

        public ApiClient First { get; private set; } = null!;

        public ApiClient Second { get; private set; } = null!;

        public static async Task<TwoServers> Start(RedisOptions options, double pollSeconds = 0.5)
        {
            var two = new TwoServers();
            two.First = await two.Host(options, pollSeconds);
            two.Second = await two.Host(options, pollSeconds);
            return two;
        }

        /// <summary>Corrects the price of hour 10 of SP15.</summary>
        public void Commit(double price)
        {
            _time.Advance(Duration.FromMilliseconds(1));
            var start = ApiWorld.DayAhead.Day(ApiWorld.Day).Start;
            ApiWorld.Deliver(
                Store, ApiWorld.DayAhead, ApiWorld.Day, _time.GetCurrentInstant(),
                new LmpRow(ApiWorld.Sp15, ApiWorld.Hour(start, 10), price, price - 3, 2, 1, double.NaN));
        }

        public void CommitLoad()
        {
            _time.Advance(Duration.FromMilliseconds(1));
            var start = ApiWorld.Load.Day(ApiWorld.Day).Start;
            ApiWorld.Deliver(
                Store, ApiWorld.Load, ApiWorld.Day, _time.GetCurrentInstant(),
                new LoadRow(ApiWorld.Caiso, ApiWorld.Hour(start, 3), 12_345));
        }

        public async ValueTask DisposeAsync()
        {
            First.Http.Dispose();
            Second.Http.Dispose();
            foreach (var (app, desk) in _hosts)
            {
                await app.StopAsync();
                await app.DisposeAsync();
                await desk.DisposeAsync();
            }

            _metrics.Dispose();
            Store.Dispose();
            _folder.Dispose();
        }

        private async Task<ApiClient> Host(RedisOptions options, double pollSeconds)
        {
            var desk = new RedisDesk(options, 8, TimeProvider.System, new Random(_hosts.Count), static _ => { });
            var app = ApiHost.Build(
                new ApiOptions
                {
                    Port = 0, DataDirectory = _folder.Path, Mode = "test", RequestBurst = 100_000, MinFreeDiskBytes = 1,
                    EventPollSeconds = pollSeconds, EventTickSeconds = 600,
                },
                new ApiServices
                {
                    Feeds = FeedCatalog.All, Store = Store, Metrics = _metrics, Time = _time, Cache = desk.Cache, CacheWait = desk.Wait,
                    CacheSeconds = desk.Seconds, Updates = desk.Updates,
                });
            await app.StartAsync();
            _hosts.Add((app, desk));
            return new ApiClient(new HttpClient { BaseAddress = new Uri(app.Urls.First()) });
        }
    }

    private sealed record ApiClient(HttpClient Http)
    {
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
    }
}
