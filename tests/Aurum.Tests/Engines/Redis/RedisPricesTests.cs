using System.Globalization;
using System.Text.Json.Nodes;
using Aurum.App.Caching;
using Aurum.Cluster.Redis;
using Aurum.Cluster.Redis.Prices;
using Aurum.Market.Feeds;
using Aurum.Market.Ticks;
using Aurum.Store.Reading;
using Aurum.Store.Sinks;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Ticks.Service;
using NodaTime;
using LatestPrice = Aurum.Market.Ticks.LatestPrice;

namespace Aurum.Tests.Engines.Redis;

[Collection(RedisTests.Name)]
public sealed class RedisPricesTests(RedisServer server)
{
    private const long Noon = 1_772_460_000_000_000;

    [Fact]
    public async Task The_last_price_lies_under_its_tenant_and_instrument_for_an_hour()
    {
        var options = server.Options with { Namespace = "p1" };
        await using var client = RedisClientTests.Open(options);
        using var metrics = new RedisMetrics();
        using var prices = new RedisPrices(client, TimeProvider.System, metrics);

        prices.Add(Instrument("acme", "ICE: PJM W"), new LatestPrice(0, Noon, 7, 1, 31.25, double.NaN, 31, 31.5, 0, default), "ice");
        await prices.Flush(default);

        var key = "p1:served:latest_price:acme:ICE%3A%20PJM%20W";
        var price = JsonNode.Parse(await server.Cli("--raw", "GET", key))!;
        await AssertStays(3_600, key);
        Assert.Equal(
            ("acme", "ICE: PJM W", 31.25, "2026-03-02T14:00:00.000000Z", "USD", "valid"),
            ((string)price["tenant_id"]!, (string)price["instrument_id"]!, (double)price["price"]!, (string)price["event_time"]!,
                (string)price["currency"]!, (string)price["flags"]![0]!));
        Assert.Null(price["volume"]);
        await AssertStays(300, "p1:metadata:acme:ICE%3A%20PJM%20W");
        Assert.Equal("", await server.Cli("--scan", "--pattern", "p1:*:default:*"));
    }

    [Fact]
    public async Task An_older_price_never_replaces_a_newer_one_and_the_same_one_may_come_twice()
    {
        await using var client = RedisClientTests.Open(server.Options with { Namespace = "p2" });
        using var metrics = new RedisMetrics();
        using var prices = new RedisPrices(client, TimeProvider.System, metrics);
        var of = Instrument("acme", "A");

        foreach (var (micros, sequence, price) in new[] { (Noon, 5L, 10.0), (Noon - 1, 900L, 11.0), (Noon, 4L, 12.0), (Noon, 5L, 10.0) })
        {
            prices.Add(of, new LatestPrice(0, micros, sequence, 1, price, 1, 1, 1, 0, default), "x");
            await prices.Flush(default);
            Assert.Equal(10, (double)JsonNode.Parse(await server.Cli("--raw", "GET", "p2:served:latest_price:acme:A"))!["price"]!);
        }

        prices.Add(of, new LatestPrice(0, Noon, 6, 1, 13, 1, 1, 1, 0, default), "x");
        await prices.Flush(default);
        Assert.Equal(13, (double)JsonNode.Parse(await server.Cli("--raw", "GET", "p2:served:latest_price:acme:A"))!["price"]!);
    }

    [Fact]
    public async Task A_curve_has_the_last_quote_of_each_month()
    {
        await using var client = RedisClientTests.Open(server.Options with { Namespace = "p3" });
        using var metrics = new RedisMetrics();
        using var prices = new RedisPrices(client, TimeProvider.System, metrics);
        foreach (var (month, micros, price) in new[] { (202604, Noon, 40.0), (202605, Noon, 41.0), (202604, Noon - 9, 39.0) })
        {
            prices.Add(Instrument("acme", "ICE.PJMW", month), new CurvePoint(0, 0, month, micros, price, double.NaN));
            await prices.Flush(default);
        }

        const string Key = "p3:served:curve_snapshot:acme:ICE.PJMW:monthly";
        Assert.Equal(["2026-04", "2026-05"], (await server.Cli("--raw", "HKEYS", Key)).Split('\n').Order());
        Assert.Equal(40, (double)JsonNode.Parse(await server.Cli("--raw", "HGET", Key, "2026-04"))!["price"]!);
        await AssertStays(3_600, Key);
    }

    [Fact]
    public async Task Two_processes_hear_of_a_new_price()
    {
        var options = server.Options with { Namespace = "p4" };
        using var other = server.CliOn("--raw", "PSUBSCRIBE", "p4:updates:*");
        await using var subscriber = new RedisSubscriber(options, [new RedisKeys("p4").AllUpdates], TimeProvider.System, new Random(1));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var messages = subscriber.Read(limit.Token).GetAsyncEnumerator();
        Assert.True(await messages.MoveNextAsync());
        while (await other.StandardOutput.ReadLineAsync(limit.Token) is not "1")
        {
            // Until it says that it follows.
        }

        await using var client = RedisClientTests.Open(options);
        using var metrics = new RedisMetrics();
        using var prices = new RedisPrices(client, TimeProvider.System, metrics);
        prices.Add(Instrument("acme", "A"), new LatestPrice(0, Noon, 1, 1, 21.5, 1, 1, 1, 0, default), "x");
        await prices.Flush(default);

        Assert.True(await messages.MoveNextAsync());
        Assert.Equal("p4:updates:latest_price:acme", messages.Current.Channel);
        Assert.Equal(21.5, (double)JsonNode.Parse(messages.Current.Payload.Span)!["price"]!);
        Assert.Equal("pmessage", await other.StandardOutput.ReadLineAsync(limit.Token));
        Assert.Equal("p4:updates:*", await other.StandardOutput.ReadLineAsync(limit.Token));
        Assert.Equal("p4:updates:latest_price:acme", await other.StandardOutput.ReadLineAsync(limit.Token));
        Assert.Equal(21.5, (double)JsonNode.Parse((await other.StandardOutput.ReadLineAsync(limit.Token))!)!["price"]!);
        other.Kill();
    }

    [Fact]
    public async Task Prices_of_the_tick_service_arrive_and_all_of_them_again_after_Redis_lost_them()
    {
        var own = await RedisServer.Start();
        using var home = new TickHome();
        await using var client = RedisClientTests.Open(own.Options);
        using var metrics = new RedisMetrics();
        using var stop = new CancellationTokenSource();
        using var prices = new RedisPrices(client, TimeProvider.System, metrics);
        var follower = new PriceFollower(home.Service, client, prices, TimeProvider.System);
        await home.Service.SubmitAsync(TickHome.Batch(TickHome.Messages(2_000)), default);
        var following = follower.Run(stop.Token);

        await AssertAll(home, own);
        await home.Service.SubmitAsync(TickHome.Batch(TickHome.Messages(4_000)), default);
        await AssertAll(home, own);
        own.Kill();
        await own.Restart();
        await AssertAll(home, own);

        await stop.CancelAsync();
        await following;
        await own.DisposeAsync();
    }

    [Fact]
    public async Task Prices_are_followed_again_when_a_database_that_was_away_is_back()
    {
        using var home = new TickHome();
        await using var client = RedisClientTests.Open(server.Options with { Namespace = "p7" });
        using var metrics = new RedisMetrics();
        using var stop = new CancellationTokenSource();
        using var prices = new RedisPrices(client, TimeProvider.System, metrics);
        var plane = new StumblingPlane(home.Service);
        await home.Service.SubmitAsync(TickHome.Batch(TickHome.Messages(200)), default);
        var following = new PriceFollower(plane, client, prices, TimeProvider.System).Run(stop.Token);

        await RedisClientTests.Eventually(async () => await server.Cli("KEYS", "p7:served:latest_price:*") is { Length: > 0 });
        Assert.Equal(2, plane.Stumbles);
        await stop.CancelAsync();
        await following;
    }

    [Fact]
    public async Task A_delivery_is_told_with_its_number_and_an_older_one_changes_nothing()
    {
        await using var sink = new RedisSink(RedisClientTests.Open(server.Options with { Namespace = "d1" }));
        using var heard = server.CliOn("--raw", "SUBSCRIBE", "d1:updates:delivery:default");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await heard.StandardOutput.ReadLineAsync(limit.Token) is not "1")
        {
            // Until it says that it follows.
        }

        await sink.Deliver([Delivery(7, 3), Delivery(8, 0), Delivery(9, 1)], default);
        await sink.Deliver([Delivery(7, 3)], default);

        Assert.Equal("iso_lmp\n9", await server.Cli("--raw", "HGETALL", "d1:served:deliveries:default"));
        var numbers = new List<long>();
        while (numbers.Count < 4)
        {
            if (await heard.StandardOutput.ReadLineAsync(limit.Token) is { } line && line.StartsWith('{'))
            {
                numbers.Add((long)JsonNode.Parse(line)!["delivery"]!);
            }
        }

        Assert.Equal([7L, 8, 9, 7], numbers);
        heard.Kill();
    }

    [Fact]
    public async Task A_delivery_that_Redis_does_not_take_comes_again()
    {
        var own = await RedisServer.Start("--maxmemory-policy", "noeviction");
        await using var sink = new RedisSink(RedisClientTests.Open(own.Options));
        await own.Cli("CONFIG", "SET", "maxmemory", "1");

        var full = await Assert.ThrowsAsync<SinkException>(() => sink.Deliver([Delivery(7, 3)], default));
        own.Kill();
        var gone = await Assert.ThrowsAsync<SinkException>(() => sink.Deliver([Delivery(7, 3)], default));

        Assert.Contains("OOM", full.Message, StringComparison.Ordinal);
        Assert.True(full.MayRetry && gone.MayRetry);
        await own.DisposeAsync();
    }

    private async Task AssertStays(int seconds, string key) =>
        Assert.InRange(int.Parse(await server.Cli("TTL", key), CultureInfo.InvariantCulture), seconds - 30, seconds);

    private static TickInstrument Instrument(string tenant, string name, int month = 0) =>
        new(0, tenant, name, "PJM", "SYM", month, "USD", "MWh");

    private static SinkDelivery Delivery(long number, long changed) => new(
        new OutboxEntry(
            number, new FeedId("caiso/day-ahead-lmp"), new LocalDate(2026, 3, 2), "iso_lmp", Outcome.Data,
            Instant.FromUnixTimeSeconds(9), 0, changed, 0),
        null!);

    private static Task AssertAll(TickHome home, RedisServer own) => RedisClientTests.Eventually(async () =>
    {
        var latest = home.Service.LatestOf("default");
        var names = latest.Select(static p => $"aurum:served:latest_price:default:{p.Instrument.Name}").ToArray();
        var found = (await own.Cli(["--raw", "MGET", .. names])).Split('\n');
        return latest.Count >= 40 && found.Zip(latest).All(static p =>
            p.First.Length > 0 && (double)JsonNode.Parse(p.First)!["price"]! == p.Second.Price.Price);
    });
}
