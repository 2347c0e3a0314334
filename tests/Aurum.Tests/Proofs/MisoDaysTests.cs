using Aurum.App.Simulation;
using Aurum.Market.Feeds;
using Aurum.Sources.Miso;
using NodaTime;

namespace Aurum.Tests.Proofs;

/// <summary>MISO over days of live collection: a day that is shown until its end alone is caught whole, and final prices take the place of
/// preliminary ones.</summary>
public sealed class MisoDaysTests
{
    [Fact]
    public async Task A_day_that_is_gone_after_its_end_is_caught_whole()
    {
        using var world = new ProofWorld(Instant.FromUtc(2025, 11, 1, 12, 0), ProofWorld.NewSandbox(5));
        var feeds = MisoFeeds.All.Where(f => f.Schedule.KeptDays == 1).ToList();
        await world.Live(feeds, lookbackDays: 1, Instant.FromUtc(2025, 11, 4, 6, 0));
        foreach (var feed in feeds)
        {
            foreach (var date in (LocalDate[])[new(2025, 11, 1), new(2025, 11, 2), new(2025, 11, 3)])
            {
                var entry = world.Platform.Store.Ledger.Find(feed.Id, date);
                Assert.True(entry is { IsComplete: true, LastOutcome: Outcome.Data }, $"{feed.Id} {date}: {entry}");
                Assert.Equal("", entry.Why);
            }
        }
    }

    [Fact]
    public async Task Final_prices_are_revisions_of_the_preliminary_ones()
    {
        const string Id = "miso/real-time-lmp-hourly";
        var feeds = ProofWorld.FeedsOf(Id);
        var item = ProofWorld.Items(feeds, new LocalDate(2025, 11, 2), 1)[0];
        using var world = new ProofWorld(item.Day.End, ProofWorld.NewSandbox(5));
        await world.Live(feeds, lookbackDays: 0, item.Day.End + Duration.FromDays(2));
        var preliminary = world.Time.Now;
        await world.Live(feeds, lookbackDays: 0, item.Day.End + Duration.FromDays(7) + Duration.FromHours(12));
        Assert.Empty(Wrong(preliminary));
        Assert.Empty(Wrong(world.Time.Now));
        Assert.True(StoreNumbers.Of(world.Platform.Store, $"select count(*) from iso_lmp where revision = 2 and feed = '{Id}'") > 0);

        List<string> Wrong(Instant known) =>
            item.Feed.Accept(new TruthCheck(world.Platform.Store, world.Sandbox.Truth, item.Day, known, known)).Wrong;
    }
}
