using Aurum.Cluster.Kafka;
using Aurum.Cluster.Kafka.Mock;

namespace Aurum.Tests.Engines.Servers;

/// <summary>librdkafka's brokers for tests in a process of their own: every process of a test can talk to them, and faults are commands.
/// One for all tests of a collection; topics are made anew for each.</summary>
/// <remarks>They do not survive SIGSTOP: their thread ends with an interrupted call. A broker that hangs is a delay of
/// seconds.</remarks>
public sealed class KafkaMockServer : IAsyncLifetime
{
    public const string Collection = "Kafka";

    /// <summary>The verb under which the tests' own program becomes the brokers.</summary>
    internal const string Verb = "kafka-brokers";

    private const string Ready = "brokers: ";

    private static int _topics;

    private ServerProcess? _process;

    /// <summary>Where the brokers listen.</summary>
    public string BootstrapServers { get; private set; } = "";

    /// <summary>Options for clients of a test: everything happens soon.</summary>
    internal KafkaOptions Options => new()
    {
        BootstrapServers = BootstrapServers,
        LingerMilliseconds = 2,
        SessionSeconds = 3,
        HeartbeatMilliseconds = 500,
        DeliverySeconds = 20,
        FetchWaitMilliseconds = 20,
        QueueFullSeconds = 5,
        Replication = 1,
    };

    public async Task InitializeAsync()
    {
        _process = await Start(brokers: 1);
        BootstrapServers = await AddressOf(_process);
    }

    public Task DisposeAsync()
    {
        _process?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Brokers of one's own, for a test that does them harm.</summary>
    internal static async Task<KafkaMockServer> StartOwn(int brokers = 1)
    {
        var process = await Start(brokers);
        return new KafkaMockServer { _process = process, BootstrapServers = await AddressOf(process) };
    }

    /// <summary>Does what <see cref="MockCommands"/> knows, and waits until it is done.</summary>
    internal async Task Do(string command)
    {
        await _process!.Input.WriteLineAsync(command);
        await _process.Input.FlushAsync();
        var answer = await _process.Line(
            line => line == $"ok {command}" || line.StartsWith($"{command}: ", StringComparison.Ordinal)
                || line.StartsWith("expected", StringComparison.Ordinal));
        Assert.Equal($"ok {command}", answer);
    }

    /// <summary>A new topic of that many partitions.</summary>
    internal async Task<string> Topic(int partitions)
    {
        var name = $"aurum.test.topic{Interlocked.Increment(ref _topics)}.v1";
        await Do($"topic {name} {partitions}");
        return name;
    }

    /// <summary>The brokers' process: reads commands until there are no more.</summary>
    internal static int Run(string brokers, TextReader commands, TextWriter answers)
    {
        using var cluster = new MockCluster(int.Parse(brokers, System.Globalization.CultureInfo.InvariantCulture));
        cluster.SetGroupDelay(100);
        answers.WriteLine(Ready + cluster.BootstrapServers);
        answers.Flush();
        while (commands.ReadLine() is { } line)
        {
            answers.WriteLine(MockCommands.Run(cluster, line));
            answers.Flush();
        }

        return 0;
    }

    private static Task<ServerProcess> Start(int brokers) => ServerProcess.Start(
        "dotnet",
        "dotnet-sdk-10.0",
        ["exec", typeof(KafkaMockServer).Assembly.Location, Verb, brokers.ToString(System.Globalization.CultureInfo.InvariantCulture)],
        static _ => Task.FromResult(true));

    private static async Task<string> AddressOf(ServerProcess process) =>
        (await process.Line(static line => line.StartsWith(Ready, StringComparison.Ordinal)))[Ready.Length..];
}

[CollectionDefinition(KafkaMockServer.Collection)]
public sealed class KafkaCollection : ICollectionFixture<KafkaMockServer>;
