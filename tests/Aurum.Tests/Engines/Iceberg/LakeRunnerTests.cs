using System.Collections.Concurrent;
using Aurum.App.Lake;
using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Projection;
using Aurum.Store.Rows;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store;
using Aurum.Tests.Store.Lake;
using NodaTime;

namespace Aurum.Tests.Engines.Iceberg;

/// <summary>What brings the lake up to date while a server runs goes on whatever happens, and commits everything once.</summary>
public sealed class LakeRunnerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly LakeName Prices = new("market", "iso_lmp");
    private static readonly LocalDate Day = new(2025, 3, 4);

    private readonly TestFolder _folder = new();
    private readonly AurumStore _store;
    private readonly RestLakes _lakes = new();
    private readonly LakeWorld _world;
    private readonly ConcurrentQueue<string> _told = [];

    public LakeRunnerTests()
    {
        _store = DuckDbStores.Open(_folder["data"]);
        _world = _lakes.World(folder: _folder["data"]);
        var knownAt = Instant.FromUtc(2025, 3, 5, 0, 0);
        using var intake = _store.BeginDay(StoreFeeds.Prices, StoreFeeds.Prices.Day(Day), knownAt);
        intake.AddFile(new FileRecord(
            new Fetch(StoreFeeds.Prices.Id, Day, "test", "/x", "x.json", 200), new string('0', 64), 1, knownAt));
        intake.Append([new LmpRow(
            new Location("NODE", LocationType.Node), DeliveryInterval.StartingAt(StoreFeeds.Prices.Day(Day).Start, 60), 1, 1, 0, 0, 0)]);
        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }

    public void Dispose()
    {
        _world.Dispose();
        _lakes.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("<html>log in first</html>")]
    [InlineData("")]
    [InlineData("[]")]
    public async Task A_page_in_place_of_a_token_holds_up_nothing(string page)
    {
        var left = 1;
        _lakes.Catalog.Fault = r => r.Path.EndsWith("/oauth/tokens", StringComparison.Ordinal) && Interlocked.Decrement(ref left) == 0
            ? new FakeFault(200, Body: page)
            : null;

        await RunUntilCommitted(new LakeFollower(_store, _world.Catalog));

        Assert.True(left <= 0);
        CheckOnce();
    }

    [Fact]
    public async Task A_commit_that_is_answered_by_nothing_is_in_the_table_once()
    {
        var left = 1;
        _lakes.Catalog.Fault = r => r.Method == "POST" && r.Path.EndsWith("/tables/iso_lmp", StringComparison.Ordinal)
            && Interlocked.Decrement(ref left) == 0
            ? new FakeFault(200, IsAfter: true)
            : null;

        await RunUntilCommitted(new LakeFollower(_store, _world.Catalog));

        Assert.True(left <= 0);
        CheckOnce();
    }

    [Fact]
    public async Task A_look_that_ends_in_an_error_that_nobody_foresaw_is_told_and_the_next_one_commits()
    {
        var left = 1;
        await RunUntilCommitted(new LakeFollower(_store, _world.Catalog)
        {
            BeforeCommit = () => _ = Interlocked.Decrement(ref left) == 0 ? throw new InvalidOperationException("unforeseen") : 0,
        });

        Assert.Contains(_told, static t => t == "lake: unforeseen; the next try is in 0 seconds");
        CheckOnce();
    }

    private async Task RunUntilCommitted(LakeFollower follower)
    {
        using var stop = new CancellationTokenSource(Patience);
        var running = new LakeRunner(follower, TimeSpan.FromMilliseconds(50), TimeProvider.System, _told.Enqueue).Run(stop.Token);
        bool IsCommitted() => _told.Any(static t => t.EndsWith(" commits", StringComparison.Ordinal));
        while (!running.IsCompleted && !IsCommitted())
        {
            await Task.Delay(20, CancellationToken.None);
        }

        await stop.CancelAsync();
        await running;
        Assert.True(IsCommitted(), string.Join(", ", _told));
    }

    private void CheckOnce()
    {
        var follower = new LakeFollower(_store, _world.Catalog);
        Assert.Equal(new LakeCheck(Prices, 1, 1, 0, 0), Assert.Single(follower.Verify(), static c => c.Table == Prices));
        Assert.Single(_world.Catalog.Table(Prices).Metadata.Snapshots);
    }
}
