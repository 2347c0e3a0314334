using Aurum.Market.Power;
using Aurum.Store;

namespace Aurum.Tests.Store.Rows;

/// <summary>Where the hours of a small delivery hold more rows than are read for it, the engine compares.</summary>
public sealed class RowMergeTests : StoreConformance
{
    private const int Nodes = 4_300;
    private const int Hours = 24;

    private readonly DuckDbStores _stores = new();

    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    [Fact]
    public void A_few_rows_among_very_many_stored_ones_are_compared_all_the_same()
    {
        var stored = new List<LmpRow>();
        for (var node = 0; node < Nodes; node++)
        {
            stored.AddRange(PricesOf(Hours, static hour => hour, $"N{node}"));
        }

        Assert.Equal(Nodes * Hours, Deliver(stored.ToArray(), At(0)).New);

        // As stored, other than stored, new, and against itself.
        LmpRow[] rows = [.. PricesOf(Hours, static hour => hour == 5 ? 55 : hour, "N7"), Price(1, 1, "NEW"), Price(1, 2, "NEW")];
        var receipt = Deliver(rows, At(1));

        Assert.Equal((1, 1, Hours - 1, 0, 1), (receipt.New, receipt.Changed, receipt.Identical, receipt.Duplicate, receipt.Quarantined));
        var lines = Lines(Prices with { Filters = [new("location_id", "N7")] });
        Assert.Equal(["5 N7 55 2"], lines.Where(static l => l.StartsWith("5 ", StringComparison.Ordinal)));
        Assert.Equal((Nodes * Hours) + 2, Store.Read.RowCounts()["iso_lmp"]);
    }

    protected override AurumStore Open() => _stores.Open();
}
