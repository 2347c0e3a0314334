using Aurum.App.Running;
using Aurum.Market.Feeds;
using Aurum.Tests.Ingest;
using NodaTime;

namespace Aurum.Tests.Running;

public sealed class LeaseKeeperTests
{
    private static readonly Duration Length = Duration.FromSeconds(30);
    private static readonly IReadOnlyList<(FeedId Feed, LocalDate Day)> Wanted =
        [(new FeedId("test/prices"), new LocalDate(2025, 3, 4)), (new FeedId("test/prices"), new LocalDate(2025, 3, 5))];

    private readonly FakeSharedWork _shared = new();
    private readonly HandClock _time = new(Instant.FromUtc(2025, 3, 4, 0, 0));

    [Fact]
    public async Task Leases_are_renewed_while_the_work_lasts_and_given_back_in_the_end()
    {
        var renewed = 0;
        _shared.OnRenew = _ => ++renewed > 0;
        await using (var keeper = Take())
        {
            _time.AdvanceTo(_time.Now + Duration.FromSeconds(300));
            Assert.All(keeper.All, lease => Assert.False(keeper.Lost(lease).IsCancellationRequested));
            await keeper.Release(keeper.All[0]);
        }

        Assert.InRange(renewed, 58, 62);
        Assert.Equal([1, 2], _shared.Released.Select(static l => l.Number));
    }

    [Fact]
    public async Task A_lease_that_could_not_be_renewed_in_its_time_is_lost_and_one_that_could_is_not()
    {
        await using var keeper = Take();
        _shared.OnRenew = lease => lease == keeper.All[0] ? throw new DatabaseGone("away") : true;

        _time.AdvanceTo(_time.Now + Duration.FromSeconds(29));
        Assert.False(keeper.Lost(keeper.All[0]).IsCancellationRequested);
        _time.AdvanceTo(_time.Now + Duration.FromSeconds(2));

        Assert.True(keeper.Lost(keeper.All[0]).IsCancellationRequested);
        Assert.False(keeper.Lost(keeper.All[1]).IsCancellationRequested);
    }

    [Fact]
    public async Task A_lease_that_another_process_has_is_lost_at_once_and_not_given_back()
    {
        await using (var keeper = Take())
        {
            _shared.OnRenew = lease => lease != keeper.All[1];
            var lost = keeper.Lost(keeper.All[1]);
            _time.AdvanceTo(_time.Now + Duration.FromSeconds(10));
            Assert.True(lost.IsCancellationRequested);
        }

        Assert.Equal(1, Assert.Single(_shared.Released).Number);
    }

    private LeaseKeeper Take() => LeaseKeeper.Take(_shared, "test", Wanted, 2, Length, _time);
}
