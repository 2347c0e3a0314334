using Aurum.Store.Lake.Reading;
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

    /// <summary>What a read opens hangs on manifests alone, wherever they lie.</summary>
    [Fact]
    public void Files_are_left_unread_by_partition_and_by_bounds()
    {
        var table = World.NewPrices();
        table.Append(LakeWorld.Rows([.. Monday, .. Tuesday]));
        table.Append(LakeWorld.Rows(new PriceRow(0, "ZOO", 3, 99)));

        var byDay = table.Plan(new LakeRead { Ranges = [ColumnRange.Equal("day", new LocalDate(2025, 7, 2).DaysSinceEpoch())] });
        Assert.Equal((1, 2), (byDay.Data.Count, byDay.Skipped));
        var byPrice = table.Plan(new LakeRead { Ranges = [new ColumnRange("price", 50.0, null)] });
        Assert.Equal((1, 2), (byPrice.Data.Count, byPrice.Skipped));
        Assert.Equal(
            [new PriceRow(0, "ZOO", 3, 99)], LakeWorld.Read(table, new LakeRead { Ranges = [new ColumnRange("place", "ZONE1", null)] }));
    }

    [Fact]
    public void Many_commits_leave_few_manifests()
    {
        var table = World.NewPrices();
        for (var hour = 0; hour < 30; hour++)
        {
            table.Append(LakeWorld.Rows(new PriceRow(0, "A", hour, hour)));
        }

        Assert.InRange(table.Files(table.Metadata, table.Metadata.Current).Manifests.Count, 1, 25);
        Assert.Equal(30, LakeWorld.Read(table).Count);
        Assert.Equal(30, table.Metadata.Current!.Total("total-data-files"));
    }
}
