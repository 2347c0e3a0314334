using System.Globalization;
using System.Text;
using Aurum.App.Scenarios.Requests;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Tests.Commands;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Ticks;
using NodaTime;

namespace Aurum.Tests.Engines.Kafka;

/// <summary>Commands that send dead letters of topics again.</summary>
[Collection(KafkaMockServer.Collection)]
[Trait("Category", "Slow")]
public sealed class RedriveCommandTests(KafkaMockServer server) : IDisposable
{
    /// <summary>After the machine's clock, which stamps the letters.</summary>
    private static readonly Instant Later = Instant.FromUtc(2100, 1, 1, 0, 0);

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Letters_of_ticks_are_sent_also_where_groups_begin_at_the_newest_message()
    {
        var options = await Topics("redrive-ticks", TickTopics.Letters, TickTopics.Raw);
        await Send(options, TickTopics.Letters, TickMessages.Lines([TickMessages.B()]));

        var run = await Run(options, "ticks", "produce", "--redrive");

        Assert.Equal($"1 messages in 1 blocks to 1 partitions of {options.TopicOf(TickTopics.Raw)}\n", run.Out);
        Assert.Contains("1 letters sent again, 0 cannot be read again, 0 of other reasons", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_of_scenarios_are_sent_also_where_groups_begin_at_the_newest_message()
    {
        var options = await Topics("redrive-scenarios", RequestTopics.Letters, RequestTopics.Requests);
        await Send(options, RequestTopics.Letters, [0, 0, 0, 0, 1]);

        var run = await Run(options, "scenario", "redrive");

        Assert.Equal("1 requests sent again, 0 of other reasons\n", run.Out);
    }

    private async Task<KafkaOptions> Topics(string environment, params string[] topics)
    {
        var options = server.Options with { Environment = environment };
        foreach (var topic in topics)
        {
            await server.Do($"topic {options.TopicOf(topic)} 1");
        }

        return options;
    }

    private static async Task Send(KafkaOptions options, string topic, byte[] letter)
    {
        using var producer = new KafkaProducer(options, TimeProvider.System);
        var batch = producer.Begin();
        batch.Send(new OutgoingMessage(options.TopicOf(topic), "k"u8, letter));
        await batch.Complete(KafkaWorld.Long, KafkaWorld.Limit());
    }

    private async Task<CommandRun> Run(KafkaOptions options, params string[] arguments)
    {
        File.WriteAllText(_folder["aurum.json"], string.Create(CultureInfo.InvariantCulture, $$"""
            { "Kafka": {
              "BootstrapServers": "{{options.BootstrapServers}}", "Environment": "{{options.Environment}}", "FromBeginning": false,
              "SessionSeconds": {{options.SessionSeconds}}, "HeartbeatMilliseconds": {{options.HeartbeatMilliseconds}},
              "FetchWaitMilliseconds": {{options.FetchWaitMilliseconds}} } }
            """), Encoding.UTF8);
        return (await CommandRun.At(Later, [.. arguments, "--data", _folder.Path])).Ended(0);
    }
}
