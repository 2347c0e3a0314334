using System.Text.Json;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Reading;
using Aurum.Store.Lake.Writing;
using NodaTime;

namespace Aurum.Tests.Store.Lake.Interop;

/// <summary>icebird and hyparquet, which nobody here wrote, read the tables as we do.</summary>
public sealed class IcebirdTests : IDisposable
{
    private readonly LakeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Icebird_reads_every_snapshot_branch_and_tag_with_deletes_and_changed_columns()
    {
        var table = _world.NewPrices();
        table.Append(LakeWorld.Rows(Rows(0, 40)));
        table.Append(LakeWorld.Rows(Rows(40, 80)));
        table.Upsert(LakeWorld.Rows(Rows(10, 20).Select(r => r with { Price = -r.Price, Note = "corrected" })));
        table.DeleteKeys(LakeWorld.Rows(Rows(30, 33)));
        table.SetRef("release/2025-07-01", new SnapshotRef(table.Metadata.Current!.Id, IsTag: true));
        table.Append(LakeWorld.Rows(Rows(80, 90)), new LakeWrite { Branch = "eod_20250702" });
        table.ReplacePartitions(LakeWorld.Rows(new PriceRow(1, "NEW", 1, 1.5)));
        table.Compact(CompactionOptions.Everything);
        table.Upsert(LakeWorld.Rows(new PriceRow(0, "NODE_1", 0, 7.25), new PriceRow(9, "LATE", 1, null)));

        await Compare(table);
        table.ChangeSchema(SchemaChange.Rename("price", "lmp"));
        table.ChangeSchema(SchemaChange.Add("volume", LakeType.Long));
        table.Append("SELECT DATE '2025-07-20' AS day, 'X' AS place, 1 AS hour, 2.5 AS lmp, NULL AS note, 12 AS volume");
        await Compare(table);
    }

    /// <summary>All snapshots and names at once.</summary>
    private async Task Compare(LakeTable table)
    {
        var metadata = table.Metadata;
        List<(string? Ref, long? Snapshot)> reads =
        [
            (null, null),
            .. metadata.Snapshots.Select(s => ((string?)null, (long?)s.Id)),
            .. metadata.Refs.Keys.Select(n => ((string?)n, (long?)null)),
        ];

        var found = await NodeScript.Icebird(Path.Combine(_world.Options.Folder, "market", "prices"), reads);

        Assert.Equal(reads.Count, found.Count);
        for (var i = 0; i < reads.Count; i++)
        {
            var ours = Ours(table, new LakeRead { Ref = reads[i].Ref ?? "main", SnapshotId = reads[i].Snapshot, UsesCurrentSchema = true });
            Assert.Equal(ours, found[i].Select(Text).Order(StringComparer.Ordinal));
        }
    }

    private static IEnumerable<PriceRow> Rows(int from, int to) =>
        Enumerable.Range(from, to - from).Select(i => new PriceRow(i % 3, $"NODE_{i % 7}", i / 7, i / 4.0, i % 5 == 0 ? "fünf" : null));

    private static List<string> Ours(LakeTable table, LakeRead read)
    {
        using var rows = table.Read(read);
        var lines = new List<string>();
        while (rows.NextChunk())
        {
            for (var row = 0; row < rows.Count; row++)
            {
                lines.Add(string.Join('|', rows.Columns.Select((c, i) => $"{c.Name}={Plain(rows.Value(i, row))}")));
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string Plain(object? value) => value switch
    {
        null => "null",
        LocalDate day => JsonSerializer.Serialize($"{day:uuuu-MM-dd}T00:00:00.000Z"),
        _ => JsonSerializer.Serialize(value, Relaxed),
    };

    private static string Text(JsonElement row) => string.Join(
        '|', row.EnumerateObject().Select(p => $"{p.Name}={(p.Value.ValueKind == JsonValueKind.Null ? "null" : p.Value.GetRawText())}"));

    private static JsonSerializerOptions Relaxed { get; } =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
