using Aurum.Store;

namespace Aurum.Tests.Store.Watch;

/// <summary>The tests of <see cref="HistoryBookTests"/> on DuckDB.</summary>
public sealed class DuckDbHistoryBookTests : HistoryBookTests
{
    private readonly TestFolder _folder;

    public DuckDbHistoryBookTests()
        : this(new TestFolder())
    {
    }

    private DuckDbHistoryBookTests(TestFolder folder)
        : base(AurumStore.Open(new StoreOptions(folder.Path) { MemoryLimitMiB = 512, Threads = 1 }, [Feed], Clock)) => _folder = folder;

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }
}
