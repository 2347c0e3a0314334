using Aurum.Store;
using NodaTime;

namespace Aurum.Tests.Store;

/// <summary>Opens stores on DuckDB in a folder of the test's own.</summary>
internal sealed class DuckDbStores : IDisposable
{
    private readonly TestFolder _folder = new();

    public AurumStore Open() => Open(_folder.Path);

    public static AurumStore Open(string folder) =>
        AurumStore.Open(
            new StoreOptions(folder) { MemoryLimitMiB = 512, Threads = 1 },
            StoreFeeds.All,
            new StoppedClock(Instant.FromUtc(2025, 3, 5, 0, 0)));

    public void Dispose() => _folder.Dispose();
}

/// <summary>A clock that shows one instant until it is set.</summary>
internal sealed class StoppedClock(Instant now) : IClock
{
    public Instant Now { get; set; } = now;

    public Instant GetCurrentInstant() => Now;
}
