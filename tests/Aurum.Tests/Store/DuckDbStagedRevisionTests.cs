using Aurum.Store;

namespace Aurum.Tests.Store;

/// <summary>Revision conformance on DuckDB where the engine compares all rows, however few.</summary>
public sealed class DuckDbStagedRevisionTests : RevisionConformance
{
    private readonly DuckDbStores _stores = new();

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open(mostRowsInMemory: 0);
}
