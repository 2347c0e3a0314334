using System.Text.Json;
using Aurum.Store.Lake.Writing;

namespace Aurum.Tests.Store.Lake.Interop;

/// <summary>avsc, which nobody here wrote, decodes manifests and manifest lists; their fields are those of the specification.</summary>
public sealed class ManifestSpecTests : IDisposable
{
    /// <summary>Field ids, whether required in version 2 and Avro types by name. Source: the tables of "Manifests" and "Manifest lists" in
    /// the Iceberg table specification, version 2.</summary>
    private static readonly Dictionary<string, (int Id, bool IsRequired, string Type)> EntryFields = new()
    {
        ["status"] = (0, true, "int"),
        ["snapshot_id"] = (1, false, "long"),
        ["sequence_number"] = (3, false, "long"),
        ["file_sequence_number"] = (4, false, "long"),
        ["data_file"] = (2, true, "record"),
    };

    private static readonly Dictionary<string, (int Id, bool IsRequired, string Type)> FileFields = new()
    {
        ["content"] = (134, true, "int"),
        ["file_path"] = (100, true, "string"),
        ["file_format"] = (101, true, "string"),
        ["partition"] = (102, true, "record"),
        ["record_count"] = (103, true, "long"),
        ["file_size_in_bytes"] = (104, true, "long"),
        ["column_sizes"] = (108, false, "map<117: int, 118: long>"),
        ["value_counts"] = (109, false, "map<119: int, 120: long>"),
        ["null_value_counts"] = (110, false, "map<121: int, 122: long>"),
        ["nan_value_counts"] = (137, false, "map<138: int, 139: long>"),
        ["lower_bounds"] = (125, false, "map<126: int, 127: bytes>"),
        ["upper_bounds"] = (128, false, "map<129: int, 130: bytes>"),
        ["key_metadata"] = (131, false, "bytes"),
        ["split_offsets"] = (132, false, "list<133: long>"),
        ["equality_ids"] = (135, false, "list<136: int>"),
        ["sort_order_id"] = (140, false, "int"),
    };

    private static readonly Dictionary<string, (int Id, bool IsRequired, string Type)> ListFields = new()
    {
        ["manifest_path"] = (500, true, "string"),
        ["manifest_length"] = (501, true, "long"),
        ["partition_spec_id"] = (502, true, "int"),
        ["content"] = (517, true, "int"),
        ["sequence_number"] = (515, true, "long"),
        ["min_sequence_number"] = (516, true, "long"),
        ["added_snapshot_id"] = (503, true, "long"),
        ["added_files_count"] = (504, true, "int"),
        ["existing_files_count"] = (505, true, "int"),
        ["deleted_files_count"] = (506, true, "int"),
        ["added_rows_count"] = (512, true, "long"),
        ["existing_rows_count"] = (513, true, "long"),
        ["deleted_rows_count"] = (514, true, "long"),
        ["partitions"] = (507, false, "list<508: record>"),
        ["key_metadata"] = (519, false, "bytes"),
    };

    private static readonly Dictionary<string, (int Id, bool IsRequired, string Type)> SummaryFields = new()
    {
        ["contains_null"] = (509, true, "boolean"),
        ["contains_nan"] = (518, false, "boolean"),
        ["lower_bound"] = (510, false, "bytes"),
        ["upper_bound"] = (511, false, "bytes"),
    };

    private readonly LakeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Manifests_and_lists_have_the_fields_of_the_specification()
    {
        var table = _world.NewPrices();
        table.Append(LakeWorld.Rows(new PriceRow(0, "A", 1, 1), new PriceRow(0, "B", 1, 2), new PriceRow(1, "A", 1, 3)));
        table.Upsert(LakeWorld.Rows(new PriceRow(0, "B", 1, 4)));
        table.Compact(CompactionOptions.Everything);

        var files = await Decode("*.avro");

        Assert.Equal(3, files.Count(f => f.GetProperty("schema").GetProperty("name").GetString() == "manifest_file"));
        Assert.All(files, f =>
        {
            var schema = f.GetProperty("schema");
            Assert.Equal("2", f.GetProperty("meta").GetProperty("format-version").GetString());
            if (schema.GetProperty("name").GetString() == "manifest_file")
            {
                Assert.Equal(ListFields, Fields(schema));
                Assert.Equal(SummaryFields, Fields(Field(schema, "partitions").GetProperty("items")));
                return;
            }

            Assert.Equal(EntryFields, Fields(schema));
            Assert.Equal(FileFields, Fields(Field(schema, "data_file")));
            Assert.Equal(
                new() { ["day_day"] = (1000, false, "int") }, Fields(Field(Field(schema, "data_file"), "partition")));
            Assert.Contains(f.GetProperty("meta").GetProperty("content").GetString(), new[] { "data", "deletes" });
            Assert.Equal(0, JsonDocument.Parse(f.GetProperty("meta").GetProperty("schema").GetString()!).RootElement
                .GetProperty("schema-id").GetInt32());
        });
    }

    [Fact]
    public async Task Counts_of_a_list_are_those_of_its_manifests()
    {
        var table = _world.NewPrices();
        table.Append(LakeWorld.Rows(new PriceRow(0, "A", 1, 1), new PriceRow(0, "B", 1, 2), new PriceRow(1, "A", 1, 3)));
        table.ReplacePartitions(LakeWorld.Rows(new PriceRow(1, "C", 1, 9)));
        table.Upsert(LakeWorld.Rows(new PriceRow(0, "B", 1, 4)));

        var files = await Decode("*.avro");

        var manifests = files.Where(f => f.GetProperty("schema").GetProperty("name").GetString() == "manifest_entry")
            .ToDictionary(f => Path.GetFileName(f.GetProperty("file").GetString()!));
        var listed = files.Where(f => f.GetProperty("schema").GetProperty("name").GetString() == "manifest_file")
            .SelectMany(f => f.GetProperty("records").EnumerateArray()).ToList();
        Assert.NotEmpty(listed);
        Assert.All(listed, m =>
        {
            var manifest = manifests[Path.GetFileName(m.GetProperty("manifest_path").GetString()!)];
            Assert.Equal(new FileInfo(manifest.GetProperty("file").GetString()!).Length, m.GetProperty("manifest_length").GetInt64());
            var entries = manifest.GetProperty("records").EnumerateArray().ToList();
            foreach (var (status, name) in new[] { (0, "existing"), (1, "added"), (2, "deleted") })
            {
                var of = entries.Where(e => e.GetProperty("status").GetInt32() == status).ToList();
                Assert.Equal(of.Count, m.GetProperty($"{name}_files_count").GetInt32());
                Assert.Equal(
                    of.Sum(e => e.GetProperty("data_file").GetProperty("record_count").GetInt64()),
                    m.GetProperty($"{name}_rows_count").GetInt64());
            }

            // What was there before carries its number; what is new takes that of the list.
            Assert.All(entries, e => Assert.Equal(
                e.GetProperty("status").GetInt32() == 1, e.GetProperty("sequence_number").ValueKind == JsonValueKind.Null));
        });
    }

    private Task<IReadOnlyList<JsonElement>> Decode(string pattern) => NodeScript.Run(
        "avro.mjs", Directory.GetFiles(Path.Combine(_world.Options.Folder, "market", "prices", "metadata"), pattern), "");

    private static Dictionary<string, (int Id, bool IsRequired, string Type)> Fields(JsonElement record) =>
        record.GetProperty("fields").EnumerateArray().ToDictionary(
            f => f.GetProperty("name").GetString()!,
            f => (f.GetProperty("field-id").GetInt32(), f.GetProperty("type").ValueKind != JsonValueKind.Array, TypeOf(Inner(f))));

    private static JsonElement Field(JsonElement record, string name) =>
        Inner(record.GetProperty("fields").EnumerateArray().First(f => f.GetProperty("name").GetString() == name));

    /// <summary>The type without its being optional.</summary>
    private static JsonElement Inner(JsonElement field) => field.GetProperty("type") is { ValueKind: JsonValueKind.Array } union
        ? union[1]
        : field.GetProperty("type");

    private static string TypeOf(JsonElement type)
    {
        if (type.ValueKind == JsonValueKind.String)
        {
            return type.GetString()!;
        }

        if (type.GetProperty("type").GetString() != "array")
        {
            return type.GetProperty("type").GetString()!;
        }

        var items = type.GetProperty("items");
        if (type.TryGetProperty("logicalType", out var logical) && logical.GetString() == "map")
        {
            var fields = items.GetProperty("fields").EnumerateArray()
                .Select(f => $"{f.GetProperty("field-id").GetInt32()}: {f.GetProperty("type").GetString()}");
            return $"map<{string.Join(", ", fields)}>";
        }

        return $"list<{type.GetProperty("element-id").GetInt32()}: {TypeOf(items)}>";
    }
}
