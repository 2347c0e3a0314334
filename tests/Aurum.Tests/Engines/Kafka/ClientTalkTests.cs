using Aurum.Cluster.Kafka;
using Aurum.Tests.Ingest;
using NodaTime;

namespace Aurum.Tests.Engines.Kafka;

public sealed class ClientTalkTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 6, 20, 20, 0);

    [Fact]
    public void What_a_client_says_at_each_try_is_told_once_a_minute()
    {
        var time = new HandClock(Start);
        var told = new List<string>();
        var talk = new ClientTalk(told.Add, time);
        for (var second = 0; second < 90; second++)
        {
            time.AdvanceTo(Start + Duration.FromSeconds(second));
            talk.Say("1/1 brokers are down (Local_AllBrokersDown)");
            talk.Say($"b:9092: Connect to b failed: Connection refused (after {second}ms in state CONNECT)");
        }

        Assert.Equal(
            [
                "1/1 brokers are down (Local_AllBrokersDown)",
                "b:9092: Connect to b failed: Connection refused (after 0ms in state CONNECT)",
                "1/1 brokers are down (Local_AllBrokersDown)",
                "b:9092: Connect to b failed: Connection refused (after 60ms in state CONNECT)",
            ],
            told);
    }

    [Fact]
    public async Task Brokers_that_are_away_are_told_of_and_not_at_each_try()
    {
        var told = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var nobody = new KafkaOptions { BootstrapServers = "127.0.0.1:1" };
        using var consumer = new KafkaConsumer(
            nobody, new KafkaSubscription("nobody", ["nothing"]), positions: null, TimeProvider.System, told: told.Enqueue);
        await KafkaWait.Until(() => told.Any(static t => t.Contains("brokers are down", StringComparison.Ordinal)), KafkaWorld.Limit());

        // The client goes on trying.
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        Assert.Single(told, static t => t == "nobody: 1/1 brokers are down (Local_AllBrokersDown)");
    }
}
