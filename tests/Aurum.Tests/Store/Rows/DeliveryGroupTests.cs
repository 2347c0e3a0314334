using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Store;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using NodaTime;

namespace Aurum.Tests.Store.Rows;

/// <summary>Deliveries of several feeds that are there together or not at all.</summary>
public sealed class DeliveryGroupTests : StoreConformance
{
    private static readonly Feed<LmpRow>[] Both = [StoreFeeds.Prices, StoreFeeds.NewYork];

    private readonly DuckDbStores _stores = new();

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void None_is_seen_before_all_are_there(bool isHeldBack)
    {
        Store.Together(Both, group =>
        {
            foreach (var feed in Both)
            {
                Write(group, feed, At(0), isHeldBack);
                Assert.Equal(0, Store.Read.RowCounts()["iso_lmp"]);
                Assert.Empty(Store.Read.Outbox(new RecordQuery()));
            }
        });
        Assert.Equal(48, Store.Read.RowCounts()["iso_lmp"]);
        Assert.Equal(2, Store.Read.Outbox(new RecordQuery()).Count);
        Assert.Equal(isHeldBack ? 2 : 0, Store.Read.Quarantine(new RecordQuery()).Count);
        Assert.Equal(24, Deliver(PricesOf(24, static hour => hour), At(1)).Identical);
    }

    [Fact]
    public void A_failure_of_the_last_takes_back_the_first()
    {
        Assert.Throws<InvalidOperationException>(() => Store.Together(Both, group =>
        {
            Write(group, Both[0], At(0), isHeldBack: true);
            throw new InvalidOperationException("the second one can't be read");
        }));
        Assert.Equal(0, Store.Read.RowCounts()["iso_lmp"]);
        Assert.Empty(Store.Read.Outbox(new RecordQuery()));
        Assert.Empty(Store.Read.Quarantine(new RecordQuery()));
        Assert.Null(Store.Ledger.Find(StoreFeeds.Prices.Id, Day));

        Store.Together(Both, group => Write(group, Both[0], At(1), isHeldBack: false));
        Assert.Equal(24, Store.Read.RowCounts()["iso_lmp"]);
    }

    [Fact]
    public void A_feed_that_was_not_named_is_refused() => Assert.Throws<ArgumentException>(
        () => Store.Together([Both[0]], group => Write(group, Both[1], At(0), isHeldBack: false)));

    protected override AurumStore Open() => _stores.Open();

    private static void Write(DeliveryGroup group, Feed<LmpRow> feed, Instant at, bool isHeldBack)
    {
        using var intake = group.BeginDay(feed, feed.Day(Day), at);
        intake.AddFile(FileOf(feed, Day));
        intake.Append(PricesOf(24, static hour => hour));
        if (isHeldBack)
        {
            intake.Quarantine(Price(0, 1), "expect", "reason");
        }

        intake.Commit(new DayOutcome(Outcome.Data, "", IsComplete: true));
    }
}
