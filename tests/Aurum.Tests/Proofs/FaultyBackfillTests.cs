using Aurum.App.Running;
using Aurum.App.Simulation;
using Aurum.Market.Feeds;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Hosting;
using NodaTime;

namespace Aurum.Tests.Proofs;

/// <summary>Backfills from publishers that answer badly: in the end the store has exactly the true rows and nothing beside them, or the
/// ledger names the day that it lacks.</summary>
public sealed class FaultyBackfillTests
{
    private const int Passes = 5;

    /// <summary>The clocks go forward on the 8th of March.</summary>
    private static readonly LocalDate FirstDay = new(2026, 2, 20);

    private static readonly Instant Now = Instant.FromUtc(2026, 5, 1, 12, 0);

    private static readonly IReadOnlyList<Feed> Feeds = ProofWorld.FeedsOf(
        "caiso/day-ahead-lmp", "caiso/load-actual", "nyiso/load-integrated", "ercot/day-ahead-spp");

    private static readonly IReadOnlyList<Feed> WithEia = [.. Feeds, .. ProofWorld.FeedsOf("eia/interchange-data")];

    [Fact]
    public async Task Days_that_never_come_are_holes_by_name_and_the_rest_is_true()
    {
        // NYISO's older days come from one zip a month.
        var sandbox = ProofWorld.NewSandbox(3, FaultPlan.FromScript("""
            nyiso: path 20260301palIntegrated attempts 999 -> 500
            caiso: path market_run_id=DAM&startdatetime=20260301T attempts 999 -> html-page
            ercot: path deliveryDateFrom=2026-03-03 attempts 999 -> truncated
            """));
        using var world = new ProofWorld(Now, sandbox);

        var open = await Backfill(world, Feeds, days: 12);

        Assert.Equal(
            [
                "caiso/day-ahead-lmp 2026-03-01", "ercot/day-ahead-spp 2026-03-03",
                "nyiso/load-integrated 2026-03-01", "nyiso/load-integrated 2026-03-02", "nyiso/load-integrated 2026-03-03",
            ],
            open.Select(i => i.ToString()).Order(StringComparer.Ordinal));
        TrueButFor(world, Feeds, days: 12, open);
        var ledger = world.Platform.Store.Ledger;
        Assert.Equal(Outcome.Unavailable, ledger.Find(Feeds[0].Id, new LocalDate(2026, 3, 1))!.Outcome);
        Assert.Equal(Outcome.Unavailable, ledger.Find(Feeds[2].Id, new LocalDate(2026, 3, 2))!.Outcome);
        Assert.Equal(new LocalDate(2026, 2, 28), ledger.WatermarkOf(Feeds[0].Id)!.Through);
    }

    [Fact]
    public async Task Slow_cut_and_broken_answers_over_real_sockets_end_with_the_true_rows()
    {
        FaultKind[] kinds =
        [
            FaultKind.TooManyRequests, FaultKind.ServerError, FaultKind.SlowDrip, FaultKind.CutConnection, FaultKind.Truncated,
            FaultKind.HtmlPage,
        ];
        var time = new VirtualTime(Now, keepsLimits: false);
        var sandbox = ProofWorld.NewSandbox(5, FaultPlan.Even(6, 0.08, kinds));
        await using var server = await SandboxServer.StartAsync(sandbox, () => time.Now, time, static _ => 0, CancellationToken.None);
        using var world = new ProofWorld(Now, sandbox, server, time);

        var open = await Backfill(world, WithEia, days: 8);

        Assert.Empty(open);
        TrueButFor(world, WithEia, days: 8, open);
        Assert.Equal(kinds.Order(), sandbox.Log.Records.Select(r => r.Kind).Distinct().Order());
    }

    private static Task<IReadOnlyList<WorkItem>> Backfill(ProofWorld world, IReadOnlyList<Feed> feeds, int days) =>
        world.Platform.Collector.RunBackfill(
            ProofWorld.Items(feeds, FirstDay, days), Passes, static _ => { }, CancellationToken.None);

    /// <summary>Days that are not open have exactly the true rows; open ones have none, and the ledger has them as gaps.</summary>
    private static void TrueButFor(ProofWorld world, IReadOnlyList<Feed> feeds, int days, IReadOnlyList<WorkItem> open)
    {
        var store = world.Platform.Store;
        var lacks = open.Select(i => (i.Feed.Id, i.Day.Date)).ToHashSet();
        var exact = new ExactRows(
            store,
            world.Sandbox.Truth,
            feed => [.. ProofWorld.Items([feed], FirstDay, days).Select(i => i.Day).Where(d => !lacks.Contains((feed.Id, d.Date)))],
            Now);
        Assert.All(feeds, feed => Assert.Empty(feed.Accept(exact)));
        Assert.InRange(exact.Rows, 500L * days, long.MaxValue);
        var gaps = feeds.SelectMany(f => store.Ledger.Gaps(f.Id, FirstDay, FirstDay.PlusDays(days - 1))).Select(g => (g.Feed, g.Day));
        Assert.Equal(lacks, gaps.ToHashSet());
        StoreNumbers.WatermarksAreTrue(store, feeds);
    }
}
