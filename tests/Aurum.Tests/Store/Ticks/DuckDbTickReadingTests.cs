using Aurum.Store;
using static Aurum.Tests.Store.Ticks.TickFrames;

namespace Aurum.Tests.Store.Ticks;

/// <summary>The tests of <see cref="TickReadingTests"/> on DuckDB.</summary>
public sealed class DuckDbTickReadingTests : TickReadingTests
{
    private readonly TestFolder _folder;

    public DuckDbTickReadingTests()
        : this(new TestFolder())
    {
    }

    private DuckDbTickReadingTests(TestFolder folder)
        : base(DuckDbStores.Open(folder.Path)) => _folder = folder;

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }

    protected override AurumStore Reopen(Func<StoreOptions, StoreOptions> with) => AurumStore.Open(
        with(new StoreOptions(_folder.Path) { MemoryLimitMiB = 512, Threads = 1 }), StoreFeeds.All, new StoppedClock(Start));
}
