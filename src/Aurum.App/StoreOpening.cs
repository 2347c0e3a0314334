using Aurum.App.Configuration;
using Aurum.App.Ingest;
using Aurum.App.Running;
using Aurum.Cluster.Postgres;
using Aurum.Market.Feeds;
using Aurum.Store;
using NodaTime;

namespace Aurum.App;

/// <summary>Opens the store that the settings name: the file in the data directory, or a PostgreSQL database.</summary>
internal static class StoreOpening
{
    /// <param name="options">Settings.</param>
    /// <param name="store">Data directory and limits.</param>
    /// <param name="feeds">The feeds of the catalog.</param>
    /// <param name="clock">Stamps what is received.</param>
    /// <param name="time">The clock of waits.</param>
    public static AurumStore Open(
        AurumOptions options, StoreOptions store, IReadOnlyList<Feed> feeds, IClock clock, TimeProvider time) =>
        options.Postgres is { } postgres
            ? PostgresStore.Open(store, postgres, feeds, clock, time)
            : AurumStore.Open(store, feeds, clock);

    /// <summary>Opens the store of a command that needs nothing else.</summary>
    /// <exception cref="StoreLockedException">Another process has the data directory.</exception>
    public static AurumStore Open(AurumOptions options, StoreOptions store, TimeProvider time) =>
        Open(options, store, StoredFeeds.All, new ProviderClock(time), time);

    /// <summary>Whether there is a store to be asked: one in the folder, or a database that its settings name.</summary>
    public static bool IsThere(string dataDirectory) =>
        File.Exists(FileOf(dataDirectory)) || OptionsReader.Read(dataDirectory).Postgres is not null;

    /// <summary>The embedded engine's file.</summary>
    public static string FileOf(string dataDirectory) => Path.Combine(dataDirectory, "aurum.duckdb");
}
