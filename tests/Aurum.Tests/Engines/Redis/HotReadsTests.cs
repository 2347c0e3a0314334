using System.Globalization;
using Aurum.App.Api.Limits;
using Aurum.App.Caching;
using Aurum.Cluster.Redis;
using Aurum.Cluster.Redis.Cache;
using Aurum.Tests.Api;
using Aurum.Tests.Engines.Servers;
using NodaTime;

namespace Aurum.Tests.Engines.Redis;

[Collection(RedisTests.Name)]
public sealed class HotReadsTests(RedisServer server)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Two_hundred_questions_at_once_in_four_processes_make_one_computation()
    {
        await using var processes = new Processes(server.Options with { LockMs = 60_000 }, 4);
        var key = KeyOf("stampede");
        var (made, gate) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

        var questions = Enumerable.Range(0, 200).Select(i => processes.Reads[i % 4].Get(key, Minute, Make, default).AsTask()).ToList();
        await RedisClientTests.Eventually(() => Task.FromResult(Volatile.Read(ref made) > 0));
        gate.SetResult();

        Assert.All(await Task.WhenAll(questions), static value => Assert.Equal([1, 2, 3], value!.Value.ToArray()));
        Assert.Equal(1, made);
        Assert.Equal(1, processes.Reads.Sum(static r => r.Made));
        Assert.Equal("0", await server.Cli("EXISTS", processes.Text(key) + ":lock"));

        async ValueTask<ReadOnlyMemory<byte>?> Make()
        {
            Interlocked.Increment(ref made);
            await gate.Task;
            return new byte[] { 1, 2, 3 };
        }
    }

    [Fact]
    public async Task What_is_kept_lies_under_its_tenant_for_its_time_less_a_tenth_at_most()
    {
        await using var processes = new Processes(server.Options, 1);
        var left = new List<long>();
        for (var i = 0; i < 20; i++)
        {
            var key = KeyOf($"jitter-{i}");
            await processes.Reads[0].Get(key, Minute, Given(5), default);
            left.Add(long.Parse(await server.Cli("PTTL", $"aurum:slice:acme:lmp:7-1:jitter-{i}"), CultureInfo.InvariantCulture));
        }

        Assert.All(left, static ms => Assert.InRange(ms, 44_000, 60_000));
        Assert.True(left.Max() - left.Min() > 500, "the ends are spread");
    }

    [Fact]
    public async Task Who_made_it_and_died_is_followed_by_another_when_its_lock_ends()
    {
        await using var processes = new Processes(server.Options with { LockMs = 300 }, 1);
        var key = KeyOf("widow");
        await server.Cli("SET", processes.Text(key) + ":lock", "a process that is gone", "PX", "300");

        var value = await processes.Reads[0].Get(key, Minute, Given(9), default);

        Assert.Equal([9], value!.Value.ToArray());
        Assert.Equal(1, processes.Reads[0].Made);
    }

    [Fact]
    public async Task One_caller_renews_a_value_shortly_before_it_goes_and_the_others_still_get_it()
    {
        var time = new ManualTime(Instant.FromUtc(2026, 3, 2, 15, 0));
        var reads = new HotReads(new MemoryHotCache(1 << 20, time), Minute, time, new Random(3));
        var key = KeyOf("early");
        await reads.Get(key, Minute, Given(1), default);
        time.Advance(Duration.FromSeconds(53.9));
        var gate = new TaskCompletionSource();

        var renewing = reads.Get(key, Minute, async () =>
        {
            await gate.Task;
            return new byte[] { 2 };
        }, default).AsTask();
        var meanwhile = await reads.Get(key, Minute, Given(3), default);
        gate.SetResult();

        Assert.Equal([1], meanwhile!.Value.ToArray());
        Assert.Equal([2], (await renewing)!.Value.ToArray());
        Assert.Equal([2], (await reads.Get(key, Minute, Given(4), default))!.Value.ToArray());
        Assert.Equal(2, reads.Made);
    }

    [Fact]
    public async Task Who_makes_it_and_leaves_hands_it_to_the_next_who_waits()
    {
        var reads = new HotReads(new MemoryHotCache(1 << 20, TimeProvider.System), Minute, TimeProvider.System, new Random(3));
        using var stop = new CancellationTokenSource();
        var first = reads.Get(KeyOf("left"), Minute, async () =>
        {
            await Task.Delay(Timeout.Infinite, stop.Token);
            return null;
        }, stop.Token).AsTask();
        var second = reads.Get(KeyOf("left"), Minute, Given(8), default).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal([8], (await second)!.Value.ToArray());
    }

    [Fact]
    public async Task A_failure_is_of_the_one_who_made_it_and_nothing_is_kept()
    {
        var reads = new HotReads(new MemoryHotCache(1 << 20, TimeProvider.System), Minute, TimeProvider.System, new Random(3));

        await Assert.ThrowsAsync<InvalidDataException>(
            () => reads.Get(KeyOf("failed"), Minute, static () => throw new InvalidDataException("no"), default).AsTask());

        Assert.Equal([8], (await reads.Get(KeyOf("failed"), Minute, Given(8), default))!.Value.ToArray());
    }

    [Fact]
    public async Task Without_Redis_each_process_makes_it_for_itself_and_nobody_fails()
    {
        var own = await RedisServer.Start();
        await using var processes = new Processes(own.Options with { RequestTimeoutMs = 200, ConnectTimeoutMs = 200 }, 2);
        await processes.Reads[0].Get(KeyOf("before"), Minute, Given(1), default);

        own.Kill();

        // What was asked for here is still in memory; the rest is made.
        Assert.Equal([1], (await processes.Reads[0].Get(KeyOf("before"), Minute, Given(2), default))!.Value.ToArray());
        Assert.Equal([2], (await processes.Reads[1].Get(KeyOf("before"), Minute, Given(2), default))!.Value.ToArray());
        Assert.Equal([3], (await processes.Reads[0].Get(KeyOf("new"), Minute, Given(3), default))!.Value.ToArray());

        await own.Restart();
        await RedisClientTests.Eventually(async () =>
        {
            await processes.Reads[0].Get(KeyOf($"again-{Interlocked.Increment(ref _tries)}"), Minute, Given(4), default);
            return await own.Cli("DBSIZE") != "0";
        });
        await own.DisposeAsync();
    }

    [Fact]
    public async Task A_frozen_Redis_is_waited_for_once()
    {
        var own = await RedisServer.Start();
        var impatient = own.Options with { RequestTimeoutMs = 200, ConnectTimeoutMs = 200, ReconnectMs = 60_000 };
        await using var processes = new Processes(impatient, 1);
        await processes.Reads[0].Get(KeyOf("before"), Minute, Given(1), default);
        own.Pause();

        for (var i = 0; i < 200; i++)
        {
            Assert.Equal([7], (await processes.Reads[0].Get(KeyOf($"frozen-{i}"), Minute, Given(7), default))!.Value.ToArray());
        }

        Assert.False(processes.Clients[0].IsConnected);
        own.Resume();
        await own.DisposeAsync();
    }

    [Fact]
    public async Task A_full_Redis_keeps_nothing_new_and_still_gives_what_it_has()
    {
        var own = await RedisServer.Start("--maxmemory-policy", "noeviction");
        await using var processes = new Processes(own.Options, 2);
        await processes.Reads[0].Get(KeyOf("kept"), Minute, Given(1), default);
        await own.Cli("CONFIG", "SET", "maxmemory", "1");

        Assert.Equal([1], (await processes.Reads[1].Get(KeyOf("kept"), Minute, Given(2), default))!.Value.ToArray());
        Assert.Equal([3], (await processes.Reads[1].Get(KeyOf("refused"), Minute, Given(3), default))!.Value.ToArray());
        Assert.Equal("0", await own.Cli("EXISTS", processes.Text(KeyOf("refused"))));

        await own.Cli("CONFIG", "SET", "maxmemory", "0");
        await processes.Reads[1].Get(KeyOf("taken"), Minute, Given(4), default);
        Assert.Equal("1", await own.Cli("EXISTS", processes.Text(KeyOf("taken"))));
        await own.DisposeAsync();
    }

    [Fact]
    public async Task Memory_has_a_limit_and_what_was_not_asked_for_longest_goes_first()
    {
        var cache = new MemoryHotCache(100_000, TimeProvider.System);
        for (var i = 0; i < 20; i++)
        {
            await cache.Keep(KeyOf($"m{i}"), new byte[9_000], Minute, default);
            Assert.NotNull(await cache.Find(KeyOf("m0"), default));
            Assert.InRange(cache.Bytes, 1, 100_000);
        }

        Assert.Null(await cache.Find(KeyOf("m1"), default));
        Assert.NotNull(await cache.Find(KeyOf("m19"), default));
        await cache.Keep(KeyOf("huge"), new byte[50_000], Minute, default);
        Assert.Null(await cache.Find(KeyOf("huge"), default));
    }

    [Fact]
    public async Task Two_servers_count_a_clients_requests_together_and_each_for_itself_without_Redis()
    {
        var own = await RedisServer.Start();
        await using var client = RedisClientTests.Open(own.Options);
        using var metrics = new RedisMetrics();
        var time = new ManualTime(Instant.FromUtc(2026, 3, 2, 15, 0));
        SharedLimits[] servers =
        [
            .. Enumerable.Range(0, 2).Select(_ => new SharedLimits(
                new RedisLimits(client, metrics), new ClientBuckets(0.01, 6, time), 0.01, 6)),
        ];

        var allowed = new List<ClientBuckets.Decision>();
        for (var i = 0; i < 10; i++)
        {
            allowed.Add(await servers[i % 2].Take("10.0.0.7", default));
        }

        Assert.Equal(6, allowed.Count(static d => d.IsAllowed));
        Assert.Equal([5, 4, 3, 2, 1, 0, 0, 0, 0, 0], allowed.Select(static d => d.Remaining));
        Assert.InRange(allowed[^1].RetryAfterSeconds, 90, 100);
        Assert.Equal("1", await own.Cli("EXISTS", "aurum:rate_limit:second:default:10.0.0.7"));
        Assert.True((await servers[0].Take("10.0.0.8", default)).IsAllowed);

        own.Kill();
        for (var i = 0; i < 14; i++)
        {
            Assert.Equal(i < 12, (await servers[i % 2].Take("10.0.0.7", default)).IsAllowed);
        }

        await own.DisposeAsync();
    }

    private static int _tries;

    private static HotKey KeyOf(string digest) => new("acme", "lmp", "7-1", digest);

    private static Func<ValueTask<ReadOnlyMemory<byte>?>> Given(byte value) => () => new(new byte[] { value });

    /// <summary>What several processes have: a client and a memory each.</summary>
    private sealed class Processes : IAsyncDisposable
    {
        private readonly RedisKeys _keys;
        private readonly RedisMetrics _metrics = new();

        public Processes(RedisOptions options, int count)
        {
            _keys = new RedisKeys(options.Namespace);
            Clients = [.. Enumerable.Range(0, count).Select(_ => RedisClientTests.Open(options))];
            Reads =
            [
                .. Clients.Select((client, i) => new HotReads(
                    new RedisHotCache(
                        new MemoryHotCache(1 << 20, TimeProvider.System), new RedisCache(client, TimeProvider.System, _metrics)),
                    TimeSpan.FromMilliseconds(options.LockMs), TimeProvider.System, new Random(i))),
            ];
        }

        public IReadOnlyList<RedisClient> Clients { get; }

        public IReadOnlyList<HotReads> Reads { get; }

        public string Text(HotKey key) => _keys.Slice(key.Tenant, key.Resource, key.Version, key.Digest);

        public async ValueTask DisposeAsync()
        {
            foreach (var client in Clients)
            {
                await client.DisposeAsync();
            }

            _metrics.Dispose();
        }
    }
}
