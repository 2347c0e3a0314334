using Aurum.Store;
using NodaTime;

namespace Aurum.Tests.Store;

/// <summary>Opens stores on DuckDB in a folder of the test's own.</summary>
internal sealed class DuckDbStores : IDisposable
{
    private readonly TestFolder _folder = new();

    /// <param name="mostRowsInMemory">Rows up to which a delivery is compared in memory; null: as usual.</param>
    public AurumStore Open(int? mostRowsInMemory = null) => Open(_folder.Path, mostRowsInMemory);

    public static AurumStore Open(string folder, int? mostRowsInMemory = null) =>
        AurumStore.Open(
            OptionsOf(new StoreOptions(folder) { MemoryLimitMiB = 512, Threads = 1 }, mostRowsInMemory),
            StoreFeeds.All,
            new StoppedClock(Instant.FromUtc(2025, 3, 5, 0, 0)));

    public void Dispose() => _folder.Dispose();

    private static StoreOptions OptionsOf(StoreOptions options, int? mostRowsInMemory) =>
        mostRowsInMemory is { } most ? options with { MostRowsInMemory = most } : options;
}

/// <summary>A clock that shows one instant until it is set.</summary>
internal sealed class StoppedClock(Instant now) : IClock
{
    public Instant Now { get; set; } = now;

    public Instant GetCurrentInstant() => Now;
}
