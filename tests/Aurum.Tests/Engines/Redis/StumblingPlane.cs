using Aurum.App.Ticks;
using Aurum.Market.Ticks;
using Aurum.Tests.Running;

namespace Aurum.Tests.Engines.Redis;

/// <summary>Real-time prices out of a database that is away at first: when somebody wants to follow, then when he reads.</summary>
internal sealed class StumblingPlane(ITickPlane plane) : ITickPlane
{
    public int Stumbles { get; private set; }

    public TickStatus Status => plane.Status;

    public IReadOnlyCollection<string> Tenants => plane.Tenants;

    public Task SettleAsync(CancellationToken cancel) => plane.SettleAsync(cancel);

    public ValueTask<IReadOnlyList<LatestPriceView>> LatestAsync(
        string tenant, IReadOnlyCollection<string> instruments, CancellationToken cancel)
    {
        StumbleUpTo(2);
        return plane.LatestAsync(tenant, instruments, cancel);
    }

    public TickSubscription Subscribe(TickFilter filter, TickToken? after)
    {
        StumbleUpTo(1);
        return plane.Subscribe(filter, after);
    }

    public void Dispose() => plane.Dispose();

    private void StumbleUpTo(int most)
    {
        if (Stumbles < most)
        {
            Stumbles++;
            throw new DatabaseGone("the database is away");
        }
    }
}
