using System.Net;
using Aurum.App.Ticks;
using Aurum.Cluster.Postgres;
using Aurum.Store;
using Aurum.Tests.Api;
using Aurum.Tests.Api.Ticks;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Ticks;
using NodaTime;

namespace Aurum.Tests.Engines.Kafka.Workers;

/// <summary>A server without Kafka takes ticks into its own journal on a PostgreSQL store while nobody else does, and never beside
/// workers.</summary>
[Collection("PostgreSQL")]
public sealed class SharedTicksTests(PostgresServer postgres)
{
    private readonly PostgresOptions _options = postgres.NewDatabase();

    [Fact]
    public async Task A_server_gives_way_to_the_first_worker_and_all_that_it_acknowledged_is_there()
    {
        using var brokers = WorkerBrokers.InProcess();
        await using var served = await TickServer.OverSharedAsync(Open, TimeProvider.System);
        await using var following = await TickFollowing.StartAsync(served, "?kind=tick");
        await following.NextAsync();
        var receipt = await served.SendAsync(TickMessages.B("evt-1"), TickMessages.B("evt-2"));
        Assert.Equal((2, 2), ((int)receipt["received"]!, (int)receipt["accepted"]!));
        await brokers.Produce(TickMessages.Lines([TickMessages.B("evt-3"), TickMessages.B("evt-4"), TickMessages.B("evt-5")]));
        using var folder = new TestFolder();
        using var store = Open(folder.Path, TimeProvider.System);
        await using var worker = new WorkerMember(store, brokers.Options, "only");

        await KafkaWait.Until(() => store.Ticks.Progress.Counters.Received == 5);

        Assert.Equal(5, (await served.RowsAsync("/v1/ticks?tenant=acme")).Count);
        var refused = await served.PostAsync("/v1/ticks", TickMessages.Lines([TickMessages.B("evt-6")]));
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("Kafka:BootstrapServers", refused.Text, StringComparison.Ordinal);
        Assert.Equal("ok", (string)(await served.GetAsync("/ready")).Json["checks"]!["ticks"]!);
        Assert.NotEmpty((await served.GetAsync("/v1/ticks/status")).Json["data"]!["lanes"]!.AsArray());
        var seen = new HashSet<string>();
        await using var again = await TickFollowing.StartAsync(served, "?kind=tick&after=0.0");
        while (seen.Count < 5)
        {
            Assert.True(seen.Add((await again.NextEventAsync()).Id!));
        }
    }

    [Fact]
    public async Task A_worker_stores_nothing_while_another_process_takes_ticks_in()
    {
        using var brokers = WorkerBrokers.InProcess();
        using var folder = new TestFolder();
        using var store = Open(folder.Path, TimeProvider.System);
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var turn = IntakeTurn.Take(store.Work!, folder.Path, TimeProvider.System)!;
        await brokers.Produce(TickMessages.Lines([TickMessages.B()]));
        await using var worker = new WorkerMember(
            store, brokers.Options, "only", told: text => _ = text.Contains("takes real-time prices", StringComparison.Ordinal)
                && told.TrySetResult(text));

        Assert.Contains(folder.Path, await told.Task.WaitAsync(TimeSpan.FromMinutes(1)), StringComparison.Ordinal);
        Assert.Equal(0, store.Ticks.SettledFrame);

        turn.Dispose();
        await KafkaWait.Until(() => store.Ticks.Progress.Counters.Received == 1);
    }

    [Fact]
    public async Task Of_two_servers_one_takes_ticks_in_and_the_other_names_it()
    {
        await using var first = await TickServer.OverSharedAsync(Open, TimeProvider.System);
        await first.SendAsync(TickMessages.B());
        await first.RowsAsync("/v1/ticks?tenant=acme");
        await using var second = await TickServer.OverSharedAsync(Open, TimeProvider.System);

        var refused = await second.PostAsync("/v1/ticks", TickMessages.Lines([TickMessages.B("evt-2")]));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (refused.Status, refused.Headers["Retry-After"]));
        Assert.Contains(Environment.MachineName, refused.Text, StringComparison.Ordinal);
        Assert.Single(await second.RowsAsync("/v1/ticks?tenant=acme"));
        Assert.Equal("Waiting", (string)(await second.GetAsync("/v1/ticks/status")).Json["data"]!["state"]!);
    }

    [Fact]
    public async Task A_right_that_was_not_renewed_in_time_is_taken_anew_before_anything_is_taken_in()
    {
        var time = new ManualTime(TickServer.Now);
        await using var served = await TickServer.OverSharedAsync(Open, time);
        await served.SendAsync(TickMessages.B("evt-1"));
        var before = served.Plane.Now;

        await KafkaWait.Until(() =>
        {
            if (served.Plane.Now == before)
            {
                time.Advance(Duration.FromSeconds(61));
            }

            return served.Plane.Now is TickService && served.Plane.Now != before;
        });
        Assert.Equal(2, (int)(await served.SendAsync(TickMessages.B("evt-1"), TickMessages.B("evt-2")))["received"]!);
        Assert.Equal((3, 2, 1, 0, 0), TickServer.CountsOf((await served.GetAsync("/v1/ticks/status")).Json["data"]!));
    }

    private AurumStore Open(string folder, TimeProvider time) => TickWorkerProcess.Open(_options, folder);
}
