using Aurum.Store;

namespace Aurum.Tests.Store;

/// <summary>Reading conformance on DuckDB.</summary>
public sealed class DuckDbReadingTests : ReadingConformance
{
    private readonly DuckDbStores _stores = new();

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    protected override AurumStore Open() => _stores.Open();
}
