using Aurum.Store;

namespace Aurum.Tests.Store;

/// <summary>Revision conformance on DuckDB.</summary>
public sealed class DuckDbRevisionTests : RevisionConformance
{
    private readonly DuckDbStores _stores = new();

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open();
}
