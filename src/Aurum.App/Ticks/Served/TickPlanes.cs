using Aurum.App.Configuration;
using Aurum.App.Ticks.Lanes;
using Aurum.Store;

namespace Aurum.App.Ticks.Served;

/// <summary>Decides who writes the real-time prices of a store: this process, or workers that read Kafka.</summary>
internal static class TickPlanes
{
    /// <summary>What those are told who want to write to a store that workers fill.</summary>
    public const string Found = "a store that tick workers fill from Kafka";

    /// <summary>What lets this process send messages there, or dead letters again; and where they go without it.</summary>
    public const string SendThere =
        $"Kafka:BootstrapServers in the settings of this process, or messages in the topic {TickTopics.Raw} ('aurum ticks produce')";

    /// <summary>Whether workers fill the store: one has had a partition of it, or it is shared and Kafka is there for them.</summary>
    public static bool IsOfWorkers(AurumStore store, AurumOptions options) =>
        (store.Work is not null && options.Kafka is not null) || store.TickLanes.HasAny;

    /// <summary>Opens the real-time prices of a store.</summary>
    /// <exception cref="StoreException">The journal is damaged, or does not fit the tables.</exception>
    /// <exception cref="OptionsException">The instrument book cannot be read.</exception>
    public static ITickPlane Open(AurumStore store, AurumOptions options, TimeProvider time) =>
        IsOfWorkers(store, options) ? new StoredTicks(store, options.Ticks, time)
        : store.Work is { } shared ? new SharedTicks(store, shared, options.Ticks, time)
        : TickService.Open(store, options.Ticks, time);

    /// <summary>What takes messages in within this process; null: workers do, from Kafka.</summary>
    /// <exception cref="TickServiceException">Another process does, or nobody can now.</exception>
    public static TickService? OwnOf(ITickPlane ticks) => ticks.Now as TickService
        ?? (ticks is SharedTicks { Refusal: { } why } ? throw new TickServiceException(why) : null);
}
