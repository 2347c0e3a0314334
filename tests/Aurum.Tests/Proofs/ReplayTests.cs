using Aurum.Market.Feeds;
using Aurum.Sandbox.Faults;
using NodaTime;

namespace Aurum.Tests.Proofs;

/// <summary>The archived bytes give the same rows again, whatever went wrong while they came.</summary>
public sealed class ReplayTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 7, 12, 0);

    private static readonly IReadOnlyList<Feed> Feeds =
        ProofWorld.FeedsOf("caiso/day-ahead-lmp", "nyiso/load-integrated", "ercot/day-ahead-spp");

    [Fact]
    public async Task A_replay_after_faults_and_corrections_gives_the_same_rows()
    {
        using var world = new ProofWorld(Start, ProofWorld.NewSandbox(8, FaultPlan.Heavy(9)));

        await world.Live(Feeds, lookbackDays: 2, until: Start + Duration.FromDays(3));

        Assert.InRange(world.Sandbox.Log.Records.Count, 20, int.MaxValue);
        var store = world.Platform.Store;
        Assert.InRange(StoreNumbers.Of(store, "select sum(rows_changed) from deliveries"), 20, long.MaxValue);
        Assert.InRange(StoreNumbers.Of(store, "select count(*) from dead_letters"), 1, long.MaxValue);
        StoreNumbers.AreReproduced(world.Platform);
        StoreNumbers.AddUp(store);
        StoreNumbers.WatermarksAreTrue(store, Feeds);
    }
}
