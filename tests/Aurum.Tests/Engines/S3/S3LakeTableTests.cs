using Aurum.Tests.Store.Lake;

namespace Aurum.Tests.Engines.S3;

/// <summary>The lake's tables in a bucket.</summary>
public sealed class S3LakeTableTests : LakeTableSuite
{
    private readonly FakeLakes _lakes;

    public S3LakeTableTests()
        : this(new FakeLakes())
    {
    }

    private S3LakeTableTests(FakeLakes lakes)
        : base(lakes.Lakes.World()) => _lakes = lakes;

    public override void Dispose()
    {
        base.Dispose();
        _lakes.Dispose();
    }

    [Fact]
    public void Another_machine_with_an_empty_cache_reads_the_same()
    {
        var table = World.NewPrices();
        PriceRow[] rows = [new(0, "A", 1, 1), new(1, "B", 2, null)];
        table.Append(LakeWorld.Rows(rows));
        using var other = _lakes.Lakes.World(2);

        Assert.Equal(rows, LakeWorld.Read(Assert.Single(other.Catalog.Tables())));
        Assert.Equal("s3://curated/iceberg/market/prices/metadata/v2.metadata.json", table.MetadataFile);
    }

    [Fact]
    public void A_data_file_that_is_damaged_in_the_bucket_is_never_read()
    {
        var table = World.NewPrices();
        table.Append(LakeWorld.Rows(new PriceRow(0, "A", 1, 1)));
        _lakes.Server.Damage(Assert.Single(_lakes.Server.Keys, static k => k.EndsWith(".parquet", StringComparison.Ordinal)));
        using var other = _lakes.Lakes.World(2);

        var error = Assert.ThrowsAny<IOException>(() => LakeWorld.Read(other.Catalog.Table(LakeWorld.Prices)));
        Assert.Contains("expected the SHA-256", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_operations_read_as_the_model_says() => LakeModelTests.Check(World, 3, steps: 15);
}
