using Aurum.Market.Feeds;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.Tests.Running;

/// <summary>Leases in memory: all that is wanted is to be had, and renewed as the test says.</summary>
internal sealed class FakeSharedWork : SharedWork
{
    private long _numbers;

    /// <summary>What a renewal comes to; may throw.</summary>
    public Func<WorkLease, bool> OnRenew { get; set; } = static _ => true;

    public List<WorkLease> Released { get; } = [];

    public override IReadOnlyList<WorkLease> Take(
        string holder, IReadOnlyList<(FeedId Feed, LocalDate Day)> wanted, int most, Duration length) =>
        [.. wanted.Take(most).Select(w => new WorkLease(w.Feed.Text, w.Day, ++_numbers, holder, Instant.MaxValue))];

    public override bool Renew(WorkLease lease, Duration length) => OnRenew(lease);

    public override void Release(params IReadOnlyCollection<WorkLease> leases)
    {
        lock (Released)
        {
            Released.AddRange(leases);
        }
    }

    public override IReadOnlyList<WorkLease> Held() => [];

    public override (SiteTurn? Turn, Duration Wait) TryTake(string holder, SharedLimits site, SharedLimits feed) =>
        (new SiteTurn(++_numbers), Duration.Zero);

    public override void Done(SiteTurn turn)
    {
    }

    public override void Pause(string site, Duration pause)
    {
    }

    public override void Prove()
    {
    }
}
