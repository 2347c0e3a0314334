using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store.Engines;
using NodaTime;

namespace Aurum.Store.Rows;

/// <summary>Deliveries of several feeds that become durable and visible in one transaction, or not at all. One after the other, on one
/// thread. See <see cref="AurumStore.Together"/>.</summary>
public sealed class DeliveryGroup
{
    private readonly StoreState _state;
    private readonly IReadOnlyDictionary<FeedId, FeedState> _feeds;
    private readonly List<Action> _committed = [];

    internal DeliveryGroup(StoreState state, EngineConnection connection, IReadOnlyDictionary<FeedId, FeedState> feeds)
    {
        _state = state;
        Connection = connection;
        _feeds = feeds;
    }

    internal EngineConnection Connection { get; }

    /// <summary>Begins a delivery, like <see cref="AurumStore.BeginDay"/>; dispose it before the next one is begun.</summary>
    /// <exception cref="ArgumentException">The feed is not one of the group's.</exception>
    public DayIntake<TRow> BeginDay<TRow>(Feed<TRow> feed, OperatingDay day, Instant knownAt)
        where TRow : struct => _feeds.TryGetValue(feed.Id, out var state)
            ? new DayIntake<TRow>(_state, state, feed, new PendingDelivery(feed, day, EngineTimes.Truncate(knownAt)), this)
            : throw new ArgumentException($"expected a feed of the group, found {feed.Id}", nameof(feed));

    /// <summary>To be run when all of it is durable.</summary>
    internal void WhenCommitted(Action action) => _committed.Add(action);

    internal void Committed() => _committed.ForEach(static action => action());
}
