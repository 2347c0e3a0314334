using System.Collections.Concurrent;
using System.Net;
using Aurum.App.Registry;
using Aurum.App.Sinks;
using Aurum.App.Ticks;
using Aurum.Cluster.Contracts;
using Aurum.Cluster.Kafka.Reconciling;
using Aurum.Cluster.Registry;
using Aurum.Sandbox.Ticks;
using Aurum.Tests.Engines.Kafka;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Ticks.Service;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.Tests.Engines.Contracts;

/// <summary>Real-time prices as single events, out of the tables.</summary>
[Collection(KafkaMockServer.Collection)]
public sealed class TickContractTests(KafkaMockServer server) : IDisposable
{
    private const int PerTopic = 20;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task All_that_is_in_the_tables_is_sent_once_and_read_by_avsc()
    {
        using var home = await Filled();
        var settled = home.Store.Ticks.SettledFrame;

        var sent = Sent(home, 0, settled);

        Assert.All(
            new[]
            {
                (EventTopics.TickTopic, "ticks"), (EventTopics.BarTopic, "bars"), (EventTopics.CurvePointTopic, "curve_points"),
                (EventTopics.LatestPriceTopic, "latest_prices"), (EventTopics.TickLetterTopic, "tick_dead_letters"),
            },
            expected => Assert.Equal(
                home.Count($"select count(*) from {expected.Item2}"), sent.Count(e => e.Topic.Name == expected.Item1)));
        Assert.All(TickEvents.Topics, t => Assert.Contains(sent, e => e.Topic == t));
        Assert.Equal(
            home.Count("select count(*) from ticks"),
            sent.Where(e => e.Topic.Name == EventTopics.TickTopic).Select(e => e["event_id"]).Distinct().Count());
        Assert.All(
            sent.Where(e => e.Topic.Name == EventTopics.TickTopic),
            static e => Assert.Matches("^[0-9a-f]{16}$", e["event_id"]!.ToString()));
        await SentEvent.AreReadByAvsc([.. sent.GroupBy(e => e.Topic).SelectMany(g => g.Take(PerTopic))]);

        var half = Sent(home, 0, settled / 2).Concat(Sent(home, settled / 2, settled))
            .Where(e => e.Topic.Name != EventTopics.LatestPriceTopic).Select(e => Convert.ToHexString(e.Avro)).Order();
        Assert.Equal(sent.Where(e => e.Topic.Name != EventTopics.LatestPriceTopic).Select(e => Convert.ToHexString(e.Avro)).Order(), half);
    }

    [Fact]
    public async Task Brokers_get_each_event_and_the_position_stays_in_the_store()
    {
        await using var registry = await RegistryServer.Start(
            Path.Combine(_folder.Path, "journal"), IPAddress.Loopback, 0, CancellationToken.None);
        using var home = await Filled();
        var options = server.Options with { Environment = $"t{Environment.ProcessId}", Ticks = true };
        var schemas = new RegistryOptions { Url = registry.Address.AbsoluteUri.TrimEnd('/') };
        using (var ticks = new KafkaTicks(home.Store, options, schemas, TimeProvider.System, new Random(1), "test"))
        {
            await ticks.Sync(KafkaWorld.Limit());
            var scan = new TopicScan(options, TimeProvider.System);
            Assert.Equal(Sent(home, 0, home.Store.Ticks.SettledFrame).Count, ticks.Sent);
            Assert.Equal(ticks.Sent, TickEvents.Topics.Sum(t => scan.Count(options.TopicOf(t.Name), null, KafkaWorld.Limit()).Foreign));
        }

        Assert.Equal(home.Store.Ticks.SettledFrame, home.Store.Sinks.Position(KafkaTicks.Name));
        using var again = new KafkaTicks(home.Store, options, schemas, TimeProvider.System, new Random(1), "test");
        await again.Sync(KafkaWorld.Limit());
        Assert.Equal(0, again.Sent);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Brokers_that_are_away_get_each_event_when_they_are_back()
    {
        await using var registry = await RegistryServer.Start(
            Path.Combine(_folder.Path, "journal"), IPAddress.Loopback, 0, CancellationToken.None);
        using var home = await Filled();
        var own = await KafkaMockServer.StartOwn();
        var options = own.Options with { DeliverySeconds = 1, RequestSeconds = 1, Ticks = true };
        var schemas = new RegistryOptions { Url = registry.Address.AbsoluteUri.TrimEnd('/') };
        var told = new ConcurrentQueue<string>();
        using var stop = new CancellationTokenSource();
        try
        {
            await own.Do("down 1");
            using var ticks = new KafkaTicks(home.Store, options, schemas, TimeProvider.System, new Random(1), "test");
            var running = ticks.Run(told.Enqueue, stop.Token);
            await KafkaWait.Until(() => !told.IsEmpty, KafkaWorld.Limit());
            Assert.Equal(0, home.Store.Sinks.Position(KafkaTicks.Name));
            await own.Do("up 1");
            await KafkaWait.Until(() => told.Count == 2, KafkaWorld.Limit());
            await stop.CancelAsync();
            await running;

            Assert.Contains("nothing is lost meanwhile", told.First(), StringComparison.Ordinal);
            Assert.EndsWith("works again", told.Last(), StringComparison.Ordinal);
            Assert.Equal(home.Store.Ticks.SettledFrame, home.Store.Sinks.Position(KafkaTicks.Name));
            var scan = new TopicScan(own.Options, TimeProvider.System);
            var there = TickEvents.Topics.Sum(t => scan.Count(options.TopicOf(t.Name), null, KafkaWorld.Limit()).Foreign);
            Assert.InRange(there, Sent(home, 0, home.Store.Ticks.SettledFrame).Count, long.MaxValue);
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    private static async Task<TickHome> Filled()
    {
        var home = new TickHome();
        var messages = TickHome.Messages(1_000, 5, TickMode.Malformed);
        for (int from = 0, part = 1; from < messages.Length; part++)
        {
            var end = TickHome.EndOfLine(messages, Math.Min(messages.Length, part * 100_000));
            var batch = TickSubmission.Batch(new TickStreamOptions(TickFormat.JsonLines), messages.AsMemory(from, end - from));
            await home.Service.SubmitAsync(batch, default);
            from = end;
        }

        await home.Service.SettleAsync(default);
        return home;
    }

    private static List<SentEvent> Sent(TickHome home, long after, long through)
    {
        using var events = new SettledTickEvents(home.Store.Ticks, static topic => topic.Name.Length, "aurum@1");
        var sent = new List<SentEvent>();
        foreach (var batch in events.Of(after, through, default))
        {
            sent.AddRange(SentEvent.Of(batch));
        }

        return sent;
    }
}
