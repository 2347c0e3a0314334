using Aurum.Store;

namespace Aurum.Tests.Store.Ticks;

/// <summary>The tests of <see cref="TickLanesTests"/> on DuckDB.</summary>
public sealed class DuckDbTickLanesTests : TickLanesTests
{
    private readonly TestFolder _folder = TestFolder.InMemory();

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }

    protected override AurumStore Open() => DuckDbStores.Open(_folder.Path);
}
