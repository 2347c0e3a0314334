using Aurum.Store;

namespace Aurum.Tests.Store;

/// <summary>Model conformance on DuckDB where the engine compares all rows, however few.</summary>
public sealed class DuckDbStagedModelTests : ModelConformance
{
    private readonly DuckDbStores _stores = new();

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open(mostRowsInMemory: 0);
}
