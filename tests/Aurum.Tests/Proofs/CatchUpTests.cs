using Aurum.Market.Feeds;
using Aurum.Sandbox.Faults;
using NodaTime;

namespace Aurum.Tests.Proofs;

/// <summary>What was missed comes by itself: live collection plans from the ledger, and an outage is days that it lacks.</summary>
public sealed class CatchUpTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 5, 18, 0);

    private static readonly IReadOnlyList<Feed> Feeds =
        ProofWorld.FeedsOf("caiso/day-ahead-lmp", "nyiso/load-integrated", "ercot/load-actual");

    [Fact]
    public async Task Three_days_without_power_are_caught_up_with()
    {
        using var world = new ProofWorld(Start, ProofWorld.NewSandbox(8));
        await world.Live(Feeds, lookbackDays: 1, until: Start + Duration.FromDays(1));
        var last = Feeds.ToDictionary(f => f.Id, f => world.Platform.Store.Ledger.WatermarkOf(f.Id)!.Through!.Value);
        world.Reopen();
        world.Time.Advance(Duration.FromDays(3));

        await world.Platform.Collector.RunDue(Feeds, lookbackDays: 1, static _ => { }, CancellationToken.None);

        var store = world.Platform.Store;
        Assert.All(Feeds, feed => Assert.Equal(last[feed.Id].PlusDays(3), store.Ledger.WatermarkOf(feed.Id)!.Through));
        StoreNumbers.WatermarksAreTrue(store, Feeds);
        var exact = new ExactRows(
            store,
            world.Sandbox.Truth,
            feed => [.. store.Ledger.Entries(feed.Id).Where(e => e.IsSettled).Select(e => feed.Day(e.Day))],
            world.Time.Now);
        var prices = Feeds[0];
        Assert.Equal(
            Expected(store.Ledger.WatermarkOf(prices.Id)!.From, last[prices.Id].PlusDays(3)),
            store.Ledger.Entries(prices.Id).Where(e => e.IsSettled).Select(e => e.Day));
        Assert.DoesNotContain(prices.Accept(exact), wrong => wrong.EndsWith("missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hole_before_the_look_back_is_found_again_and_an_older_one_is_left_to_a_backfill()
    {
        var prices = ProofWorld.FeedsOf("caiso/day-ahead-lmp");
        var (hole, beyond) = (new LocalDate(2026, 2, 13), new LocalDate(2026, 1, 20));
        var sandbox = ProofWorld.NewSandbox(8, FaultPlan.FromScript("""
            caiso: path market_run_id=DAM&startdatetime=20260213T attempts 1 -> truncated
            caiso: path market_run_id=DAM&startdatetime=20260120T attempts 1 -> truncated
            """));
        using var world = new ProofWorld(Start, sandbox);
        var ledger = world.Platform.Store.Ledger;
        await world.Platform.Collector.RunBackfill(ProofWorld.Items(prices, hole, 20), 1, static _ => { }, CancellationToken.None);
        Assert.Equal(Outcome.Malformed, ledger.Find(prices[0].Id, hole)!.Outcome);
        world.Time.Advance(Duration.FromHours(9));

        await world.Platform.Collector.RunDue(prices, lookbackDays: 1, static _ => { }, CancellationToken.None);

        Assert.True(ledger.Find(prices[0].Id, hole)!.IsSettled);
        Assert.Equal(new LocalDate(2026, 3, 6), ledger.WatermarkOf(prices[0].Id)!.Through);
        Assert.Equal(hole, ledger.WatermarkOf(prices[0].Id)!.From);

        await world.Platform.Collector.RunBackfill(ProofWorld.Items(prices, beyond, 1), 1, static _ => { }, CancellationToken.None);
        world.Time.Advance(Duration.FromHours(9));
        await world.Platform.Collector.RunDue(prices, lookbackDays: 1, static _ => { }, CancellationToken.None);

        var old = ledger.Find(prices[0].Id, beyond)!;
        Assert.Equal((Outcome.Malformed, 1), (old.Outcome, old.Attempts));
        Assert.Contains(ledger.Gaps(prices[0].Id), gap => gap.Day == beyond);
        Assert.Null(ledger.WatermarkOf(prices[0].Id)!.Through);
    }

    private static IEnumerable<LocalDate> Expected(LocalDate from, LocalDate through)
    {
        for (var day = from; day <= through; day = day.PlusDays(1))
        {
            yield return day;
        }
    }
}
