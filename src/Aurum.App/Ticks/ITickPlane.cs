using Aurum.Market.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Real-time prices of a store as servers and commands read them: taken in by this process (<see cref="TickService"/>), or
/// written by workers that read Kafka (<see cref="Served.StoredTicks"/>), or first the one and then the other
/// (<see cref="Served.SharedTicks"/>). Safe from several threads.</summary>
internal interface ITickPlane : IDisposable
{
    /// <summary>What takes in or reads them now: this, unless that changes while it is open.</summary>
    ITickPlane Now => this;

    /// <summary>How it is now.</summary>
    TickStatus Status { get; }

    /// <summary>Tenants that have prices.</summary>
    IReadOnlyCollection<string> Tenants { get; }

    /// <summary>Waits until all that is acknowledged is in the tables.</summary>
    /// <exception cref="TickServiceException">It cannot be written.</exception>
    Task SettleAsync(CancellationToken cancel);

    /// <summary>The latest prices of a tenant, by the bytes of instruments' names.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="instruments">Names of instruments; empty: all. One without a price is left out.</param>
    /// <param name="cancel">Gives up.</param>
    ValueTask<IReadOnlyList<LatestPriceView>> LatestAsync(
        string tenant, IReadOnlyCollection<string> instruments, CancellationToken cancel);

    /// <summary>Follows what is committed.</summary>
    /// <param name="filter">What to follow.</param>
    /// <param name="after">The last event that was seen; null: from now on.</param>
    /// <exception cref="TickServiceException">Too many follow already.</exception>
    TickSubscription Subscribe(TickFilter filter, TickToken? after);
}
