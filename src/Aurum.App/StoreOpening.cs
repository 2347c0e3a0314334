using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.Store;

namespace Aurum.App;

/// <summary>Opens the store of a command that needs nothing else.</summary>
internal static class StoreOpening
{
    /// <param name="store">Data directory and limits.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="StoreLockedException">Another process has the data directory.</exception>
    public static AurumStore Open(StoreOptions store, TimeProvider time) =>
        AurumStore.Open(store, StoredFeeds.All, new ProviderClock(time));
}
