using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;

namespace Aurum.Store.Lake.Metadata;

/// <summary>A metadata file's JSON.</summary>
/// <remarks>Source: appendix C of the Iceberg table specification.</remarks>
internal static class TableMetadataJson
{
    private const int FormatVersion = 2;

    /// <summary>What stands where there is no current snapshot.</summary>
    private const long NoSnapshot = -1;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static byte[] Write(TableMetadata table) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["format-version"] = FormatVersion,
        ["table-uuid"] = table.TableUuid,
        ["location"] = table.Location,
        ["last-sequence-number"] = table.LastSequenceNumber,
        ["last-updated-ms"] = table.LastUpdatedAt.ToUnixTimeMilliseconds(),
        ["last-column-id"] = table.LastColumnId,
        ["current-schema-id"] = table.CurrentSchemaId,
        ["schemas"] = Array(table.Schemas, SchemaJson.Write),
        ["default-spec-id"] = table.DefaultSpecId,
        ["partition-specs"] = Array(
            table.Specs, s => new JsonObject { ["spec-id"] = s.Id, ["fields"] = SchemaJson.Write(s) }),
        ["last-partition-id"] = table.LastPartitionId,
        ["default-sort-order-id"] = table.DefaultSortOrderId,
        ["sort-orders"] = Array(table.SortOrders, SchemaJson.Write),
        ["properties"] = Texts(table.Properties),
        ["current-snapshot-id"] = table.Current?.Id ?? NoSnapshot,
        ["refs"] = Refs(table),
        ["snapshots"] = Array(table.Snapshots, Snapshot),
        ["statistics"] = new JsonArray(),
        ["partition-statistics"] = new JsonArray(),
        ["snapshot-log"] = Array(
            table.SnapshotLog,
            e => new JsonObject { ["timestamp-ms"] = e.At.ToUnixTimeMilliseconds(), ["snapshot-id"] = e.SnapshotId }),
        ["metadata-log"] = Array(
            table.MetadataLog,
            e => new JsonObject { ["timestamp-ms"] = e.At.ToUnixTimeMilliseconds(), ["metadata-file"] = e.File }),
    }.ToJsonString(Indented));

    /// <param name="json">The file's bytes.</param>
    /// <param name="file">Its address, for messages.</param>
    /// <exception cref="LakeException">Damaged, or of another format version.</exception>
    public static TableMetadata Read(ReadOnlySpan<byte> json, string file)
    {
        try
        {
            var root = JsonNode.Parse(json)!.AsObject();
            var version = root["format-version"]!.GetValue<int>();
            return version == FormatVersion
                ? Read(root)
                : throw new LakeException(
                    $"{file}: expected format-version {FormatVersion}, found {version}: use a program that knows it");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException
            or FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new LakeException($"{file}: expected the metadata of an Iceberg table, found damaged JSON: {error.Message}", error);
        }
    }

    private static TableMetadata Read(JsonObject root)
    {
        var table = new TableMetadata
        {
            TableUuid = root["table-uuid"]!.GetValue<string>(),
            Location = root["location"]!.GetValue<string>(),
            LastSequenceNumber = root["last-sequence-number"]!.GetValue<long>(),
            LastUpdatedAt = At(root["last-updated-ms"]),
            LastColumnId = root["last-column-id"]!.GetValue<int>(),
            Schemas = List(root["schemas"], SchemaJson.ReadSchema),
            CurrentSchemaId = root["current-schema-id"]!.GetValue<int>(),
            Specs = List(root["partition-specs"], SchemaJson.ReadSpec),
            DefaultSpecId = root["default-spec-id"]!.GetValue<int>(),
            LastPartitionId = root["last-partition-id"]!.GetValue<int>(),
            SortOrders = List(root["sort-orders"], SchemaJson.ReadSortOrder),
            DefaultSortOrderId = root["default-sort-order-id"]!.GetValue<int>(),
            Properties = ReadTexts(root["properties"]),
            Snapshots = List(root["snapshots"], ReadSnapshot),
            Refs = (root["refs"] as JsonObject ?? []).ToDictionary(r => r.Key, r => ReadRef(r.Value!)),
            SnapshotLog = List(
                root["snapshot-log"], e => new SnapshotLogEntry(At(e["timestamp-ms"]), e["snapshot-id"]!.GetValue<long>())),
            MetadataLog = List(
                root["metadata-log"], e => new MetadataLogEntry(At(e["timestamp-ms"]), e["metadata-file"]!.GetValue<string>())),
        };
        var current = root["current-snapshot-id"]?.GetValue<long>() ?? NoSnapshot;
        if (current != NoSnapshot && !table.Refs.ContainsKey(TableMetadata.MainBranch))
        {
            table = table with
            {
                Refs = new Dictionary<string, SnapshotRef>(table.Refs) { [TableMetadata.MainBranch] = new(current, IsTag: false) },
            };
        }

        return table.Schemas.Any(s => s.Id == table.CurrentSchemaId) && table.Specs.Any(s => s.Id == table.DefaultSpecId)
            && table.SortOrders.Any(s => s.Id == table.DefaultSortOrderId)
            && table.Refs.Values.All(r => table.Snapshots.Any(s => s.Id == r.SnapshotId))
                ? table
                : throw new FormatException("it names a schema, spec, order or snapshot that is not in it");
    }

    private static JsonObject Refs(TableMetadata table)
    {
        var refs = new JsonObject();
        foreach (var (name, value) in table.Refs.OrderBy(r => r.Key, StringComparer.Ordinal))
        {
            refs[name] = Ref(value);
        }

        return refs;
    }

    /// <summary>A branch or tag, as metadata files and commits to catalogs have it.</summary>
    public static JsonObject Ref(SnapshotRef value)
    {
        var json = new JsonObject { ["snapshot-id"] = value.SnapshotId, ["type"] = value.IsTag ? "tag" : "branch" };
        Add(json, "min-snapshots-to-keep", value.MinSnapshotsToKeep);
        Add(json, "max-snapshot-age-ms", value.MaxSnapshotAgeMs);
        Add(json, "max-ref-age-ms", value.MaxRefAgeMs);
        return json;
    }

    private static SnapshotRef ReadRef(JsonNode json) => new(
        json["snapshot-id"]!.GetValue<long>(), json["type"]!.GetValue<string>() == "tag")
    {
        MinSnapshotsToKeep = json["min-snapshots-to-keep"]?.GetValue<int>(),
        MaxSnapshotAgeMs = json["max-snapshot-age-ms"]?.GetValue<long>(),
        MaxRefAgeMs = json["max-ref-age-ms"]?.GetValue<long>(),
    };

    /// <summary>A snapshot, as metadata files and commits to catalogs have it.</summary>
    public static JsonObject Snapshot(Snapshot snapshot)
    {
        var json = new JsonObject { ["snapshot-id"] = snapshot.Id };
        Add(json, "parent-snapshot-id", snapshot.ParentId);
        json["sequence-number"] = snapshot.SequenceNumber;
        json["timestamp-ms"] = snapshot.At.ToUnixTimeMilliseconds();
        json["manifest-list"] = snapshot.ManifestList;
        json["summary"] = Texts(snapshot.Summary);
        json["schema-id"] = snapshot.SchemaId;
        return json;
    }

    private static Snapshot ReadSnapshot(JsonNode json) => new(
        json["snapshot-id"]!.GetValue<long>(),
        json["parent-snapshot-id"]?.GetValue<long>(),
        json["sequence-number"]!.GetValue<long>(),
        At(json["timestamp-ms"]),
        json["manifest-list"]!.GetValue<string>(),
        ReadTexts(json["summary"]),
        json["schema-id"]?.GetValue<int>() ?? 0);

    private static void Add(JsonObject json, string name, long? value)
    {
        if (value is { } known)
        {
            json[name] = known;
        }
    }

    private static JsonObject Texts(IReadOnlyDictionary<string, string> texts) =>
        new(texts.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)JsonValue.Create(t.Value))));

    private static Dictionary<string, string> ReadTexts(JsonNode? json) =>
        (json as JsonObject ?? []).ToDictionary(p => p.Key, p => p.Value!.GetValue<string>(), StringComparer.Ordinal);

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonNode> write) => new([.. items.Select(write)]);

    private static T[] List<T>(JsonNode? json, Func<JsonNode, T> read) => [.. (json as JsonArray ?? []).Select(item => read(item!))];

    private static Instant At(JsonNode? milliseconds) => Instant.FromUnixTimeMilliseconds(milliseconds!.GetValue<long>());
}
