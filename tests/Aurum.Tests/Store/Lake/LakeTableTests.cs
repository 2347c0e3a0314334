using NodaTime;

namespace Aurum.Tests.Store.Lake;

/// <summary>The same in a local folder, and what only a folder shows.</summary>
public sealed class LakeTableTests() : LakeTableSuite(new LakeWorld())
{
    [Fact]
    public void Metadata_is_numbered_as_Hadoop_catalogs_do() => Assert.EndsWith(
        "/market/prices/metadata/v1.metadata.json", World.NewPrices().MetadataFile, StringComparison.Ordinal);

    [Fact]
    public void Files_that_no_commit_leads_to_are_removed_after_their_grace()
    {
        var table = World.NewPrices();
        table.Append(LakeWorld.Rows(new PriceRow(0, "HUB", 1, 10)));
        var orphan = Path.Combine(World.Options.Folder, "market/prices/data/lost.parquet");
        File.WriteAllText(orphan, "half a file");
        File.SetLastWriteTimeUtc(orphan, new DateTime(2025, 6, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(1, table.RemoveOrphans(Duration.FromDays(1)));
        Assert.False(File.Exists(orphan));
        Assert.Single(LakeWorld.Read(table));
    }
}
