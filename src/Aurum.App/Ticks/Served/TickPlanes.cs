using Aurum.App.Configuration;
using Aurum.App.Ticks.Lanes;
using Aurum.Store;

namespace Aurum.App.Ticks.Served;

/// <summary>Decides who writes the real-time prices of a store: this process, or workers that read Kafka.</summary>
internal static class TickPlanes
{
    /// <summary>What those are told who want to write to a store that workers fill.</summary>
    public const string Found = "a store that tick workers fill from Kafka";

    /// <summary>Where messages for it go.</summary>
    public const string SendThere = $"messages in the topic {TickTopics.Raw} ('aurum ticks produce')";

    /// <summary>Where its dead letters are sent again.</summary>
    public const string RedriveThere = "'aurum ticks produce --redrive'";

    /// <summary>Whether workers fill the store: one has had a partition of it, or it is shared and Kafka is there for them.</summary>
    public static bool IsOfWorkers(AurumStore store, AurumOptions options) =>
        (store.Work is not null && options.Kafka is not null) || store.TickLanes.All().Count > 0;

    /// <summary>Opens the real-time prices of a store.</summary>
    /// <exception cref="StoreException">The journal is damaged, or does not fit the tables.</exception>
    /// <exception cref="OptionsException">The instrument book cannot be read.</exception>
    public static ITickPlane Open(AurumStore store, AurumOptions options, TimeProvider time) => IsOfWorkers(store, options)
        ? new StoredTicks(store, options.Ticks, time)
        : TickService.Open(store, options.Ticks, time);
}
