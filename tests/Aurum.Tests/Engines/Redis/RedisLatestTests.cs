using System.Globalization;
using Aurum.App.Caching;
using Aurum.Cluster.Redis;
using Aurum.Cluster.Redis.Prices;
using Aurum.Tests.Api;
using Aurum.Tests.Api.Ticks;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using Aurum.Tests.Store.Ticks;
using NodaTime;
using static Aurum.Tests.Store.Ticks.TickFrames;

namespace Aurum.Tests.Engines.Redis;

/// <summary><c>/v1/latest</c> of a server on a store that others fill: out of Redis, and out of the store where Redis is gone.</summary>
public sealed class RedisLatestTests
{
    private const string Path = "/v1/latest?tenant=acme";
    private const string Frame = "h1:served:latest_frame:default";
    private const string Key = "h1:served:latest_price:acme:NP15";

    [Fact]
    public async Task Latest_prices_are_read_from_Redis_first_and_from_the_store_where_it_lacks_them_is_behind_or_gone()
    {
        var redis = await RedisServer.Start();
        await using var client = RedisClientTests.Open(redis.Options with { Namespace = "h1" });
        using var metrics = new RedisMetrics();
        var hot = new RedisLatest(client, TimeProvider.System, metrics);
        await using var server = await TickServer.OverWorkersAsync(static (folder, _) => DuckDbStores.Open(folder), hot: hot);
        var frames = new TickFrames().First();
        frames.Settlement.Add([Price(0, 70, 31), Price(1, 80, 77)]);
        server.Store.Ticks.Settle(frames.Settlement);
        var stored = (await server.GetAsync(Path)).Json["data"]!.ToJsonString();
        Assert.Contains("\"price\":77", stored, StringComparison.Ordinal);

        using var stop = new CancellationTokenSource();
        using var prices = new RedisPrices(client, TimeProvider.System, metrics);
        var following = new PriceFollower(server.Plane, client, prices, TimeProvider.System, hot).Run(stop.Token);
        await RedisClientTests.Eventually(async () => await FrameOf(hot) == 1);
        Assert.Equal(stored, (await server.GetAsync(Path)).Json["data"]!.ToJsonString());

        // What only Redis has shows who answers.
        var text = await redis.Cli("--raw", "GET", Key);
        var other = text.Replace("\"price\":31", "\"price\":31.5", StringComparison.Ordinal);
        await redis.Cli("SET", Key, other);
        Assert.Equal(31.5, await PriceOf(server, "NP15"));
        Assert.Equal(77, await PriceOf(server, "SP15"));
        await redis.Cli("DEL", Key);
        Assert.Equal(31, await PriceOf(server, "NP15"));
        Assert.Equal(stored, (await server.GetAsync(Path)).Json["data"]!.ToJsonString());

        await stop.CancelAsync();
        await following;
        await redis.Cli("SET", Key, other);
        Assert.Equal(31.5, await PriceOf(server, "NP15"));
        await redis.Cli("SET", Frame, "0 0");
        Assert.Equal(31, await PriceOf(server, "NP15"));
        await redis.Cli("SET", Frame, "99999999999999999999 0");
        Assert.Equal(31, await PriceOf(server, "NP15"));
        await redis.Cli("SET", Frame, "1 999999999999999999");
        Assert.Equal(31, await PriceOf(server, "NP15"));
        await redis.Cli("SET", Frame, "1 0");
        await redis.Cli("SET", Key, "no price");
        Assert.Equal(stored, (await server.GetAsync(Path)).Json["data"]!.ToJsonString());
        redis.Kill();
        Assert.Equal(stored, (await server.GetAsync(Path)).Json["data"]!.ToJsonString());
        await redis.DisposeAsync();
    }

    [Fact]
    public async Task All_prices_of_a_tenant_are_there_when_those_that_were_quiet_for_an_hour_have_gone_from_Redis()
    {
        var redis = await RedisServer.Start();
        await using var client = RedisClientTests.Open(redis.Options with { Namespace = "h1" });
        using var metrics = new RedisMetrics();
        var hot = new RedisLatest(client, TimeProvider.System, metrics);
        await using var server = await TickServer.OverWorkersAsync(static (folder, _) => DuckDbStores.Open(folder), hot: hot);
        var frames = new TickFrames().First();
        server.Store.Ticks.Settle(frames.Settlement);
        using var stop = new CancellationTokenSource();
        var time = new ManualTime(TickServer.Now);
        using var prices = new RedisPrices(client, time, metrics);
        var following = new PriceFollower(server.Plane, client, prices, TimeProvider.System, hot).Run(stop.Token);
        await RedisClientTests.Eventually(async () => await FrameOf(hot) == 1);

        // All goes by its time; then one instrument is traded, and a new one.
        await redis.Cli("FLUSHDB");
        time.Advance(Duration.FromHours(1));
        frames.Settlement.Clear();
        frames.Begin(accepted: 2).Settlement.Add(Names(3, Instrument(3, "ZP26")));
        frames.Settlement.Add([Tick(1, 80, 78), Tick(3, 80, 5)]);
        frames.Settlement.Add([Price(1, 80, 78), Price(3, 80, 5)]);
        server.Store.Ticks.Settle(frames.Settlement);
        await RedisClientTests.Eventually(async () => await FrameOf(hot) == 2);

        var rows = await server.RowsAsync(Path);
        Assert.Equal(
            ["NP15 32", "SP15 78", "ZP26 5"],
            rows.Select(static r => string.Create(CultureInfo.InvariantCulture, $"{r!["instrument_id"]} {(double)r["price"]!}")));
        Assert.Equal("", await redis.Cli("GET", Key));
        await stop.CancelAsync();
        await following;
        await redis.DisposeAsync();
    }

    /// <summary>The frame up to which prices are said to be in Redis; null where there are none.</summary>
    private static async Task<long?> FrameOf(RedisLatest hot) => (await hot.Find("acme", static _ => ["SP15"], default))?.Frame;

    private static async Task<double> PriceOf(TickServer server, string instrument) =>
        (double)Assert.Single(await server.RowsAsync($"{Path}&instrument={instrument}"))!["price"]!;
}
