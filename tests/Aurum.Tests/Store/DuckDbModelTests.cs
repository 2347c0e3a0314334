using Aurum.Store;

namespace Aurum.Tests.Store;

/// <summary>Model conformance on DuckDB.</summary>
public sealed class DuckDbModelTests : ModelConformance
{
    private readonly DuckDbStores _stores = new();

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open();
}
