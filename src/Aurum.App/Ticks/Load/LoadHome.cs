using Aurum.App.Running;
using Aurum.Store;

namespace Aurum.App.Ticks.Load;

/// <summary>A data directory that is thrown away, with a tick service.</summary>
internal sealed class LoadHome : IAsyncDisposable
{
    private const int MemoryMiB = 512;

    private readonly string _folder;

    public LoadHome(TickServiceOptions options)
    {
        _folder = Directory.CreateTempSubdirectory("aurum-ticks-").FullName;
        Store = AurumStore.Open(
            new StoreOptions(_folder) { MemoryLimitMiB = MemoryMiB, Threads = 1, FoldsAtClose = false },
            [],
            new ProviderClock(TimeProvider.System));
        Service = TickService.Open(Store, options, TimeProvider.System);
    }

    public AurumStore Store { get; }

    public TickService Service { get; }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
