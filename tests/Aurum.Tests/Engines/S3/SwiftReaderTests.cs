using System.Text.Json;
using System.Text.Json.Nodes;
using Aurum.Cluster.Iceberg;
using Aurum.Cluster.S3;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Metadata;
using Aurum.Store.Lake.Reading;
using Aurum.Tests.Engines.Servers;
using Aurum.Tests.Store.Lake;
using Aurum.Tests.Store.Lake.Interop;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Tests.Engines.S3;

/// <summary>Readers that nobody here wrote find our rows in a bucket, over HTTP: icebird by itself, and by what iceberg-js is told by a
/// REST catalog.</summary>
[Collection(SwiftTests.Name)]
public sealed class SwiftReaderTests(SwiftServer swift)
{
    [Fact]
    public async Task Icebird_reads_snapshots_branches_and_tags_of_a_table_in_a_bucket()
    {
        using var lakes = new S3Lakes(swift.Options with { CuratedBucket = await swift.NewBucket() });
        using var world = lakes.World();
        var table = Fill(world);
        List<(string? Ref, long? Snapshot)> reads =
        [
            (null, null), .. table.Metadata.Snapshots.Select(static s => ((string?)null, (long?)s.Id)),
            .. table.Metadata.Refs.Keys.Select(static n => ((string?)n, (long?)null)),
        ];

        var found = await Read(reads.ConvertAll(r => new JsonObject
        {
            ["table"] = table.Metadata.Location, ["ref"] = r.Ref, ["snapshot"] = r.Snapshot,
        }));

        for (var i = 0; i < reads.Count; i++)
        {
            Assert.Equal(
                LakeWorld.Read(table, new LakeRead { Ref = reads[i].Ref ?? "main", SnapshotId = reads[i].Snapshot }), RowsOf(found[i]));
        }
    }

    [Fact]
    public async Task A_client_of_REST_catalogs_lists_and_loads_what_we_committed_and_icebird_reads_it()
    {
        using var catalog = new FakeCatalog(prefix: "warehouses/aurum");
        var options = swift.Options with { CuratedBucket = await swift.NewBucket() };
        using var world = new LakeWorld(1, warehouse: w =>
        {
            var bucket = new S3Warehouse(
                new S3Connection(options, TimeProvider.System, w.NextToken), Path.Combine(w.Folder, "cache"), TimeProvider.System);
            return new RestWarehouse(
                new RestCatalog(catalog.Options, TimeProvider.System, w.NextToken), bucket, bucket.LocationOf, bucket.StorageAt);
        });
        var table = Fill(world);

        var answer = Assert.Single(await Read([new JsonObject
        {
            ["catalog"] = new JsonObject
            {
                ["url"] = catalog.Options.Uri, ["warehouse"] = catalog.Options.Warehouse, ["token"] = catalog.NewToken(),
                ["namespace"] = LakeWorld.Prices.Namespace, ["name"] = LakeWorld.Prices.Table,
            },
        }]));

        Assert.Equal(["market"], Texts(answer, "namespaces"));
        Assert.Equal(["prices"], Texts(answer, "tables"));
        Assert.Equal(LakeWorld.Read(table), RowsOf(answer));
    }

    /// <summary>Appends, corrections, deletions, a tag and a branch.</summary>
    private static LakeTable Fill(LakeWorld world)
    {
        var table = world.NewPrices();
        table.Append(LakeWorld.Rows(Rows(0, 40)));
        table.Upsert(LakeWorld.Rows(Rows(10, 20).Select(static r => r with { Price = -r.Price, Note = "corrected" })));
        table.DeleteKeys(LakeWorld.Rows(Rows(30, 33)));
        table.SetRef("release/2025-07-01", new SnapshotRef(table.Metadata.Current!.Id, IsTag: true));
        table.Append(LakeWorld.Rows(Rows(40, 50).Append(new PriceRow(9, "LATE", 1, null))), new LakeWrite { Branch = "eod_20250702" });
        return table;
    }

    private static IEnumerable<PriceRow> Rows(int from, int to) =>
        Enumerable.Range(from, to - from).Select(i => new PriceRow(i % 3, $"NODE_{i % 7}", i / 7, i / 4.0, i % 5 == 0 ? "fünf" : null));

    private async Task<IReadOnlyList<JsonElement>> Read(List<JsonObject> requests)
    {
        foreach (var request in requests)
        {
            request["endpoint"] = swift.Endpoint;
            request["key"] = SwiftServer.AccessKey;
            request["secret"] = SwiftServer.SecretKey;
        }

        var answers = await NodeScript.Run("remote.mjs", [], string.Concat(requests.Select(static r => r.ToJsonString() + "\n")));
        Assert.Equal(requests.Count, answers.Count);
        Assert.All(answers, static a => Assert.False(a.TryGetProperty("error", out var error), error.ToString()));
        return answers;
    }

    private static IEnumerable<PriceRow> RowsOf(JsonElement answer) => answer.GetProperty("rows").EnumerateArray()
        .Select(static r => new PriceRow(
            Period.DaysBetween(
                new LocalDate(2025, 7, 1), LocalDatePattern.Iso.Parse(r.GetProperty("day").GetString()![..10]).Value),
            r.GetProperty("place").GetString()!,
            r.GetProperty("hour").GetInt32(),
            r.GetProperty("price") is { ValueKind: JsonValueKind.Number } price ? price.GetDouble() : null,
            r.GetProperty("note").GetString()))
        .OrderBy(static r => (r.Day, r.Place, r.Hour));

    private static IEnumerable<string?> Texts(JsonElement answer, string name) =>
        answer.GetProperty(name).EnumerateArray().Select(static t => t.GetString());
}
