using System.Diagnostics;
using System.Globalization;
using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Postgres;
using Aurum.Sandbox.Ticks;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Ticks.Lanes;
using Aurum.Tests.Ticks.Service;
using Xunit.Abstractions;

namespace Aurum.Tests.Engines.Kafka.Workers;

/// <summary>Workers in processes of their own over PostgreSQL and brokers for tests, killed under load.</summary>
[Collection(WorkerCollection.Name)]
[Trait("Category", "Slow")]
public sealed class TickWorkerProcessTests(KafkaMockServer kafka, PostgresServer postgres, ITestOutputHelper output) : IDisposable
{
    private const int Messages = 12_000;
    private const int MostSeconds = 60;

    private readonly TestFolder _folder = new();
    private readonly PostgresOptions _options = postgres.NewSchema();
    private readonly List<ServerProcess> _processes = [];

    public void Dispose()
    {
        _processes.ForEach(static p => p.Dispose());
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Processes_of_which_one_is_killed_under_load_give_the_bars_of_one_pipeline(int processes)
    {
        var messages = LaneTruth.Messages(Messages, 20 + (ulong)processes, WorkerBrokers.Lanes, TickMode.Malformed);
        var expected = LaneTruth.Of(messages);
        using var brokers = await WorkerBrokers.Make(kafka);
        using var store = TickWorkerProcess.Open(_options, Path.Combine(_folder.Path, "test"));
        for (var i = 0; i < processes; i++)
        {
            await Start(brokers, LaneStages.Fused, $"worker-{i}");
        }

        var half = TickHome.EndOfLine(messages, messages.Length / 2);
        await brokers.Produce(messages.AsMemory(..half));
        await Until("some of the first half is stored", () => store.Ticks.Progress.Counters.Received > expected.Counters.Received / 8);
        var rest = brokers.Produce(messages.AsMemory(half..));
        var victim = store.TickLanes.All().First(static l => l.Next is not null).Holder;
        _processes[int.Parse(victim["worker-".Length..], CultureInfo.InvariantCulture)].Kill();
        var killed = Stopwatch.GetTimestamp();
        if (processes == 1)
        {
            await Start(brokers, LaneStages.Fused, "worker-1");
        }

        await rest;
        await Until("its lanes have another holder", () => store.TickLanes.All() is { Count: WorkerBrokers.Lanes } lanes
            && lanes.All(l => l.Holder != victim));
        var moved = Stopwatch.GetElapsedTime(killed).TotalSeconds;
        await Until("all is stored", () => store.Ticks.Progress.Counters.Received >= expected.Counters.Received);
        output.WriteLine(FormattableString.Invariant(
            $"{processes} processes: lanes moved {moved:F1} s after the kill (session 3 s); all stored after ")
            + FormattableString.Invariant($"{Stopwatch.GetElapsedTime(killed).TotalSeconds:F1} s"));
        expected.AssertSame(LaneTruth.Of(store));
    }

    [Fact]
    public async Task Stages_in_processes_of_their_own_of_which_one_is_killed_give_the_bars_of_one_pipeline()
    {
        var messages = LaneTruth.Messages(Messages / 2, 30, WorkerBrokers.Lanes, TickMode.Malformed);
        var expected = LaneTruth.Of(messages);
        using var brokers = await WorkerBrokers.Make(kafka);
        using var store = TickWorkerProcess.Open(_options, Path.Combine(_folder.Path, "test"));
        foreach (var stage in LaneStages.All.Skip(1))
        {
            await Start(brokers, stage, stage);
        }

        var half = TickHome.EndOfLine(messages, messages.Length / 2);
        await brokers.Produce(messages.AsMemory(..half));
        await Until("some of the first half is stored", () => store.Ticks.Progress.Counters.Received > expected.Counters.Received / 8);
        var rest = brokers.Produce(messages.AsMemory(half..));
        foreach (var place in (int[])[0, 2])
        {
            _processes[place].Kill();
            await Start(brokers, LaneStages.All[place + 1], $"{LaneStages.All[place + 1]}-next");
        }

        await rest;
        await Until("all is stored and projected", () => store.Ticks.Progress.Counters.Received >= expected.Counters.Received
            && store.TickLanes.All().Where(static l => l.Id.Group.Contains(LaneStages.Project, StringComparison.Ordinal))
                .Sum(static l => l.Counters.Received) >= expected.Counters.Received);
        expected.AssertSame(LaneTruth.Of(store));
    }

    private async Task Start(WorkerBrokers brokers, string stage, string name) =>
        _processes.Add(await TickWorkerProcess.Start(brokers.Options, _options, _folder.Path, stage, name));

    private async Task Until(string what, Func<bool> isSo)
    {
        var began = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(began).TotalSeconds > MostSeconds)
            {
                Assert.Fail($"{what}: not within {MostSeconds} s\n{string.Join("\n---\n", _processes.Select(static p => p.Tail))}");
            }

            await Task.Delay(50);
        }
    }
}

/// <summary>Tests that need brokers and PostgreSQL.</summary>
[CollectionDefinition(Name)]
public sealed class WorkerCollection : ICollectionFixture<KafkaMockServer>, ICollectionFixture<PostgresServer>
{
    public const string Name = "Tick workers";
}
