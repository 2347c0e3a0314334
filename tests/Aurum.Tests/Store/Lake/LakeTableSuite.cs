using Aurum.Store.Lake;
using Aurum.Store.Lake.Manifests;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Reading;
using Aurum.Store.Lake.Storage;
using Aurum.Store.Lake.Writing;
using NodaTime;

namespace Aurum.Tests.Store.Lake;

/// <summary>What tables do, wherever their files lie and whoever keeps their metadata.</summary>
public abstract class LakeTableSuite : IDisposable
{
    private protected static readonly PriceRow[] Monday = [new(0, "HUB", 1, 10), new(0, "HUB", 2, 20), new(0, "ZONE", 1, 30)];
    private protected static readonly PriceRow[] Tuesday = [new(1, "HUB", 1, 40)];

    private readonly LakeWorld _world;

    private protected LakeTableSuite(LakeWorld world) => _world = world;

    private protected LakeWorld World => _world;

    public virtual void Dispose()
    {
        _world.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_new_table_has_no_snapshot_and_no_rows()
    {
        var table = _world.NewPrices();

        Assert.Null(table.Metadata.Current);
        Assert.Empty(LakeWorld.Read(table));
        Assert.Equal([LakeWorld.Prices], _world.Catalog.Tables().Select(t => t.Name));
    }

    [Fact]
    public void A_key_that_comes_again_takes_the_place_of_its_row()
    {
        var table = _world.NewPrices();
        table.Append(LakeWorld.Rows([.. Monday, .. Tuesday]));

        var snapshot = table.Upsert(LakeWorld.Rows(new PriceRow(0, "HUB", 2, 25)));

        Assert.Equal([Monday[0], new(0, "HUB", 2, 25), Monday[2], .. Tuesday], LakeWorld.Read(table));
        Assert.Equal("overwrite", snapshot.Operation);
        Assert.Equal(1, snapshot.Total("added-position-deletes"));
        Assert.Equal(5, snapshot.Total("total-records"));
        Assert.Equal(4, snapshot.Rows);
    }

    [Fact]
    public void A_file_of_which_no_row_is_left_is_removed_rather_than_marked()
    {
        var table = _world.NewPrices();
        table.Append(LakeWorld.Rows([.. Monday, .. Tuesday]));

        var snapshot = table.DeleteKeys(LakeWorld.Rows(Tuesday));

        Assert.Equal(Monday, LakeWorld.Read(table));
        Assert.Equal("delete", snapshot.Operation);
        Assert.Equal(1, snapshot.Total("deleted-data-files"));
        Assert.Equal(0, snapshot.Total("total-delete-files"));
    }

    [Fact]
    public void A_partition_is_replaced_as_a_whole_and_others_stay()
    {
        var table = _world.NewPrices();
        table.Append(LakeWorld.Rows([.. Monday, .. Tuesday]));

        table.ReplacePartitions(LakeWorld.Rows(new PriceRow(0, "HUB", 9, 1)));

        Assert.Equal([new PriceRow(0, "HUB", 9, 1), .. Tuesday], LakeWorld.Read(table));
    }

    [Fact]
    public void Time_travel_goes_by_snapshot_instant_branch_and_tag()
    {
        var table = _world.NewPrices();
        var first = table.Append(LakeWorld.Rows(Monday));
        table.SetRef("release/2025-07-01", new SnapshotRef(first.Id, IsTag: true));
        table.Append(LakeWorld.Rows(Tuesday));

        Assert.Equal(Monday, LakeWorld.Read(table, new LakeRead { SnapshotId = first.Id }));
        Assert.Equal(Monday, LakeWorld.Read(table, new LakeRead { At = first.At }));
        Assert.Equal(Monday, LakeWorld.Read(table, new LakeRead { Ref = "release/2025-07-01" }));
        var error = Assert.Throws<LakeException>(() => table.ReadSql(new LakeRead { At = first.At - Duration.FromMilliseconds(1) }));
        Assert.Contains("nothing is known of the main branch", error.Message, StringComparison.Ordinal);
        Assert.Throws<LakeException>(() => table.ReadSql(new LakeRead { Ref = "no-such" }));
        Assert.Throws<LakeException>(() => table.ReadSql(new LakeRead { SnapshotId = 7 }));
    }

    [Fact]
    public void A_branch_is_seen_on_main_once_it_is_merged()
    {
        var table = _world.NewPrices();
        table.Append(LakeWorld.Rows(Monday));

        table.Append(LakeWorld.Rows(Tuesday), new LakeWrite { Branch = "eod_20250702" });
        Assert.Equal(Monday, LakeWorld.Read(table));

        var merged = table.Merge("eod_20250702", tag: "release/2025-07-02");
        Assert.Equal([.. Monday, .. Tuesday], LakeWorld.Read(table));
        Assert.Equal(merged.Id, table.Metadata.Refs["release/2025-07-02"].SnapshotId);
        Assert.Equal(2, table.Metadata.Snapshots.Count);
    }

    [Fact]
    public void A_branch_whose_main_has_moved_on_is_merged_with_the_same_files()
    {
        var table = _world.NewPrices();
        table.Append(LakeWorld.Rows(Monday));
        table.Append(LakeWorld.Rows(Tuesday), new LakeWrite { Branch = "eod_1" });
        table.Append(LakeWorld.Rows(new PriceRow(2, "HUB", 1, 1)));
        var files = table.Files(table.Metadata, table.Metadata.Head("eod_1")).Live.Select(f => f.Path);

        table.Merge("eod_1");

        Assert.Equal([.. Monday, .. Tuesday, new(2, "HUB", 1, 1)], LakeWorld.Read(table));
        Assert.Subset(
            table.Files(table.Metadata, table.Metadata.Current).Live.Select(f => f.Path).ToHashSet(), files.ToHashSet());
    }

    [Fact]
    public void Branches_that_were_begun_before_there_was_anything_are_merged_one_after_the_other()
    {
        var table = _world.NewPrices();
        table.Append(LakeWorld.Rows(Monday), new LakeWrite { Branch = "eod_1" });
        table.Append(LakeWorld.Rows(Tuesday), new LakeWrite { Branch = "eod_2" });
        Assert.Empty(LakeWorld.Read(table));

        table.Merge("eod_1", tag: "release/1");
        table.Merge("eod_2", tag: "release/2");

        Assert.Equal([.. Monday, .. Tuesday], LakeWorld.Read(table));
        Assert.Equal(Monday, LakeWorld.Read(table, new LakeRead { Ref = "release/1" }));
    }

    [Fact]
    public void Tags_do_not_move_and_main_is_not_dropped()
    {
        var table = _world.NewPrices();
        var first = table.Append(LakeWorld.Rows(Monday));
        table.SetRef("v1", new SnapshotRef(first.Id, IsTag: true));

        Assert.Throws<LakeException>(() => table.Append(LakeWorld.Rows(Tuesday), new LakeWrite { Branch = "v1" }));
        Assert.Throws<LakeException>(() => table.DropRef("main"));
        table.DropRef("v1");
        Assert.Equal(["main"], table.Metadata.Refs.Keys);
    }

    [Fact]
    public void Old_files_are_read_by_field_id_after_columns_were_added_renamed_widened_and_dropped()
    {
        var table = _world.NewPrices();
        table.Append(LakeWorld.Rows(new PriceRow(0, "HUB", 1, 10, "old")));
        table.ChangeSchema(SchemaChange.Rename("price", "lmp"));
        table.ChangeSchema(SchemaChange.Drop("note"));
        table.ChangeSchema(SchemaChange.Add("note", LakeType.String, "another column of the name"));
        table.ChangeSchema(SchemaChange.Add("volume", LakeType.Int));
        table.ChangeSchema(SchemaChange.Widen("volume", LakeType.Long));
        table.Append("SELECT DATE '2025-07-02' AS day, 'HUB' AS place, 1 AS hour, 20 AS lmp, 'new' AS note, 5000000000 AS volume");

        using var rows = table.Read(new LakeRead());
        Assert.Equal(["day", "place", "hour", "lmp", "note", "volume"], rows.Columns.Select(c => c.Name));
        var read = new HashSet<(object?, object?, object?)>();
        while (rows.NextChunk())
        {
            read.UnionWith(Enumerable.Range(0, rows.Count).Select(i => (rows.Value(3, i), rows.Value(4, i), rows.Value(5, i))));
        }

        Assert.Equal([(10.0, null, null), (20.0, "new", 5000000000L)], read);
        Assert.Equal(6, table.Metadata.Schemas.Count);
        Assert.Equal(7, table.Metadata.LastColumnId);
    }

    [Fact]
    public void Columns_that_the_table_needs_are_not_dropped_and_types_do_not_narrow()
    {
        var table = _world.NewPrices();

        Assert.Throws<LakeException>(() => table.ChangeSchema(SchemaChange.Drop("place")));
        Assert.Throws<LakeException>(() => table.ChangeSchema(SchemaChange.Widen("price", LakeType.Float)));
        Assert.Throws<LakeException>(() => table.ChangeSchema(SchemaChange.Add("price", LakeType.Float)));
        Assert.Throws<LakeException>(() => table.ChangeSchema(SchemaChange.Rename("price", "note")));
        Assert.Throws<LakeException>(() => table.ChangeSchema(SchemaChange.Rename("nothing", "something")));
    }

    [Fact]
    public void A_row_without_a_required_value_is_refused_and_nothing_is_committed()
    {
        var table = _world.NewPrices();

        var error = Assert.Throws<LakeException>(
            () => table.Append("SELECT DATE '2025-07-01' AS day, NULL AS place, 1 AS hour, 1 AS price, '' AS note"));

        Assert.Contains("column place is required, found 1 rows without it", error.Message, StringComparison.Ordinal);
        Assert.Null(table.Metadata.Current);
    }

    [Fact]
    public void Small_files_become_one_without_the_deleted_rows()
    {
        var table = _world.NewPrices();
        for (var hour = 0; hour < 5; hour++)
        {
            table.Append(LakeWorld.Rows(new PriceRow(0, "A", hour, hour), new PriceRow(0, "B", hour, hour)));
        }

        table.DeleteKeys(LakeWorld.Rows(new PriceRow(0, "A", 3, null)));
        var before = LakeWorld.Read(table);

        Assert.Null(table.Compact(new CompactionOptions()));
        var snapshot = table.Compact(CompactionOptions.Everything)!;

        Assert.Equal(before, LakeWorld.Read(table));
        Assert.Equal("replace", snapshot.Operation);
        Assert.Equal((1, 0), (snapshot.Total("total-data-files"), snapshot.Total("total-delete-files")));
        Assert.Equal(9, snapshot.Rows);
        Assert.Null(table.Compact(CompactionOptions.Everything));
    }

    [Fact]
    public void Expiry_keeps_what_a_branch_or_tag_needs_and_removes_the_rest_with_its_files()
    {
        var table = _world.NewPrices();
        var snapshots = new List<Snapshot>();
        for (var hour = 0; hour < 8; hour++)
        {
            snapshots.Add(table.ReplacePartitions(LakeWorld.Rows(new PriceRow(0, "A", hour, hour))));
        }

        table.SetRef("release/1", new SnapshotRef(snapshots[1].Id, IsTag: true));
        Assert.Equal(new LakeExpiry(0, 0), table.Expire(new ExpiryOptions()));
        _world.Advance(Duration.FromDays(8));

        var expired = table.Expire(new ExpiryOptions());

        Assert.Equal(3, expired.Snapshots);
        Assert.Equal(
            [snapshots[1].Id, .. snapshots[4..].Select(s => s.Id)], table.Metadata.Snapshots.Select(s => s.Id));
        Assert.Equal([new PriceRow(0, "A", 1, 1)], LakeWorld.Read(table, new LakeRead { Ref = "release/1" }));
        Assert.Equal([new PriceRow(0, "A", 4, 4)], LakeWorld.Read(table, new LakeRead { SnapshotId = snapshots[4].Id }));
        Assert.Equal(5, DataFiles().Count);
        Assert.Equal(0, table.RemoveOrphans(Duration.Zero - Duration.FromDays(10_000)));
    }

    [Fact]
    public void Notes_and_properties_come_with_the_commit_and_our_own_notes_stay()
    {
        var table = _world.NewPrices();
        table.Append(LakeWorld.Rows(Monday), new LakeWrite
        {
            Notes = new Dictionary<string, string> { ["aurum.delivery"] = "7", ["why"] = "test" },
            Properties = new Dictionary<string, string> { ["aurum.delivery"] = "7" },
        });
        var second = table.Append(LakeWorld.Rows(Tuesday));

        Assert.Equal("7", second.Summary["aurum.delivery"]);
        Assert.False(second.Summary.ContainsKey("why"));
        Assert.Equal("7", table.Metadata.Properties["aurum.delivery"]);
    }

    [Fact]
    public void Bounds_counts_and_nulls_are_those_of_the_rows()
    {
        var table = _world.Catalog.Create(new LakeTableShape(
            new LakeName("test", "types"),
            [
                new LakeField(1, "id", LakeType.Int, IsRequired: true),
                new LakeField(2, "x", LakeType.Double),
                new LakeField(3, "at", LakeType.TimestampTz),
                new LakeField(4, "name", LakeType.String),
                new LakeField(5, "amount", LakeType.Decimal(18, 4)),
                new LakeField(6, "flag", LakeType.Boolean),
                new LakeField(7, "f", LakeType.Float),
                new LakeField(8, "big", LakeType.Long),
                new LakeField(9, "labels", LakeType.Map(10, 11)),
                new LakeField(12, "nothing", LakeType.String),
            ],
            [],
            [],
            []));
        table.Append("""
            SELECT i AS id, CASE i WHEN 3 THEN 'nan'::DOUBLE ELSE i / 2 END AS x,
              TIMESTAMPTZ '2025-03-09 07:00:00.000001+00' + i * INTERVAL 1 HOUR AS "at",
              'a name of more than sixteen ' || i AS name, CAST(i - 5 AS DECIMAL(18,4)) / 8 AS amount, i > 4 AS flag,
              CAST(i AS FLOAT) / 4 AS f, 10000000000 + i AS big, map {'k': 'v' || i} AS labels,
              CAST(NULL AS VARCHAR) AS nothing
            FROM range(10) r(i)
            """);

        var file = Assert.Single(table.Files(table.Metadata, table.Metadata.Current).Live);
        var fields = table.Metadata.Schema.Fields;
        (IComparable, IComparable) Bounds(int id) => (
            SingleValue.Decode(fields.First(f => f.Id == id).Type, file.LowerBounds[id]),
            SingleValue.Decode(fields.First(f => f.Id == id).Type, file.UpperBounds[id]));
        var first = Instant.FromUtc(2025, 3, 9, 7, 0).ToUnixTimeTicks() / 10 + 1;
        Assert.Equal((0, 9), Bounds(1));
        Assert.Equal((first, first + 9 * 3_600_000_000L), Bounds(3));
        Assert.Equal(("a name of more t", "a name of more u"), Bounds(4));
        Assert.Equal((new System.Numerics.BigInteger(-6250), new System.Numerics.BigInteger(5000)), Bounds(5));
        Assert.Equal((false, true), Bounds(6));
        Assert.Equal((0f, 2.25f), Bounds(7));
        Assert.Equal((10000000000L, 10000000009L), Bounds(8));
        Assert.False(file.LowerBounds.ContainsKey(2));
        Assert.False(file.LowerBounds.ContainsKey(12));
        Assert.Equal((1L, 0L), (file.NanCounts[2], file.NanCounts[7]));
        Assert.Equal((10L, 10L, 0L), (file.ValueCounts[12], file.NullCounts[12], file.NullCounts[1]));
        Assert.Equal(10, file.Rows);
        var stored = _world.Storage(table.Name).List("data").Single(f => file.Path.EndsWith(f.Path, StringComparison.Ordinal));
        Assert.Equal(stored.SizeBytes, file.SizeBytes);
        Assert.Equal([4L], file.SplitOffsets);
        Assert.True(file.ColumnSizes[1] > 0);
    }

    private IReadOnlyList<LakeFileInfo> DataFiles() => _world.Storage(LakeWorld.Prices).List("data");
}

internal static class Dates
{
    public static int DaysSinceEpoch(this LocalDate date) => Period.DaysBetween(new LocalDate(1970, 1, 1), date);
}
