using System.Globalization;
using System.Text.Json.Nodes;

namespace Aurum.Tests.Engines.Iceberg;

/// <summary>A table of the tests' catalog: its metadata as JSON, and the rules that commits are held to.</summary>
/// <remarks>Source: the Iceberg REST catalog OpenAPI document (requirements, updates) and the table specification.</remarks>
internal sealed class FakeTable
{
    private readonly JsonObject _metadata;
    private readonly int _version;

    private FakeTable(JsonObject metadata, int version) => (_metadata, _version) = (metadata, version);

    private string MetadataLocation => string.Create(
        CultureInfo.InvariantCulture, $"{_metadata["location"]}/metadata/{_version:D5}-{_metadata["table-uuid"]}.metadata.json");

    /// <summary>A new table.</summary>
    /// <param name="request">Request.</param>
    /// <param name="usualLocation">Where it lies unless the request says.</param>
    /// <param name="serial">Number of the table.</param>
    /// <param name="givesIdsAnew">Whether columns get other ids: of columns first, then of what is inside of them.</param>
    public static FakeTable Create(JsonNode request, string usualLocation, int serial, bool givesIdsAnew)
    {
        var schema = Required(request, "schema").DeepClone().AsObject();
        var (ids, last) = givesIdsAnew ? GiveIds(schema) : KeptIds(schema);
        schema["schema-id"] = 0;
        schema["identifier-field-ids"] = new JsonArray(
            [.. (schema["identifier-field-ids"] as JsonArray ?? []).Select(id => (JsonNode?)ids[id!.GetValue<int>()])]);
        var properties = (request["properties"]?.DeepClone() as JsonObject) ?? [];
        Check(properties["format-version"]?.GetValue<string>() is null or "2", "expected format-version 2");
        properties.Remove("format-version");
        var order = Renumbered(request["write-order"], ids) ?? new JsonObject { ["order-id"] = 0, ["fields"] = new JsonArray() };
        return new FakeTable(new JsonObject
        {
            ["format-version"] = 2,
            ["table-uuid"] = string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{serial:D12}"),
            ["location"] = request["location"]?.GetValue<string>() ?? usualLocation,
            ["last-sequence-number"] = 0,
            ["last-updated-ms"] = 0,
            ["last-column-id"] = last,
            ["current-schema-id"] = 0,
            ["schemas"] = new JsonArray(schema),
            ["default-spec-id"] = 0,
            ["partition-specs"] = new JsonArray(Renumbered(request["partition-spec"], ids)
                ?? new JsonObject { ["spec-id"] = 0, ["fields"] = new JsonArray() }),
            ["last-partition-id"] = 999 + (request["partition-spec"]?["fields"]?.AsArray().Count ?? 0),
            ["default-sort-order-id"] = order["order-id"]!.GetValue<int>(),
            ["sort-orders"] = new JsonArray(order),
            ["properties"] = properties,
            ["current-snapshot-id"] = -1,
            ["refs"] = new JsonObject(),
            ["snapshots"] = new JsonArray(),
            ["snapshot-log"] = new JsonArray(),
            ["metadata-log"] = new JsonArray(),
        }, 0);
    }

    private static (Dictionary<int, int> Ids, int Last) GiveIds(JsonObject schema)
    {
        var ids = new Dictionary<int, int>();
        var last = 0;
        foreach (var field in schema["fields"]!.AsArray())
        {
            ids[field!["id"]!.GetValue<int>()] = ++last;
            field["id"] = last;
        }

        foreach (var map in schema["fields"]!.AsArray().Select(static f => f!["type"]).OfType<JsonObject>())
        {
            map["key-id"] = ++last;
            map["value-id"] = ++last;
        }

        return (ids, last);
    }

    private static (Dictionary<int, int> Ids, int Last) KeptIds(JsonObject schema)
    {
        var fields = schema["fields"]!.AsArray();
        var ids = fields.Select(static f => f!["id"]!.GetValue<int>()).ToDictionary(static id => id);
        var inside = fields.Select(static f => f!["type"]).OfType<JsonObject>().Select(static m => m["value-id"]!.GetValue<int>());
        return (ids, ids.Keys.Concat(inside).Max());
    }

    /// <summary>A table whose metadata file is there.</summary>
    public static FakeTable Read(string location) =>
        new(JsonNode.Parse(File.ReadAllBytes(location["file://".Length..]))!.AsObject(), 0);

    public JsonObject Answer() => new()
    {
        ["metadata-location"] = MetadataLocation,
        ["metadata"] = _metadata.DeepClone(),
        ["config"] = new JsonObject(),
    };

    /// <summary>The table after a commit.</summary>
    /// <exception cref="FakeRefusal">A requirement does not hold (409), or the request is wrong (400).</exception>
    public FakeTable Commit(JsonNode request)
    {
        foreach (var requirement in Required(request, "requirements").AsArray())
        {
            Hold(requirement!);
        }

        var next = new FakeTable(_metadata.DeepClone().AsObject(), _version + 1);
        next._metadata["metadata-log"]!.AsArray().Add(new JsonObject
        {
            ["timestamp-ms"] = _metadata["last-updated-ms"]!.DeepClone(),
            ["metadata-file"] = MetadataLocation,
        });
        int? added = null;
        foreach (var update in Required(request, "updates").AsArray())
        {
            next.Apply(update!, ref added);
        }

        // The clock of the catalog is that of its writers.
        var newest = next.Snapshots().Select(static s => Whole(s, "timestamp-ms")).DefaultIfEmpty().Max();
        next._metadata["last-updated-ms"] = Math.Max(newest, Whole(_metadata, "last-updated-ms") + 1);
        return next;
    }

    private void Hold(JsonNode requirement)
    {
        var type = Text(requirement, "type");
        var holds = type switch
        {
            "assert-create" => false,
            "assert-table-uuid" => Text(requirement, "uuid") == Text(_metadata, "table-uuid"),
            "assert-ref-snapshot-id" => requirement["snapshot-id"]?.GetValue<long>()
                == (_metadata["refs"]![Text(requirement, "ref")] is { } found ? Whole(found, "snapshot-id") : null),
            "assert-current-schema-id" => Whole(requirement, "current-schema-id") == Whole(_metadata, "current-schema-id"),
            "assert-last-assigned-field-id" => Whole(requirement, "last-assigned-field-id") == Whole(_metadata, "last-column-id"),
            _ => throw new FakeRefusal(400, "BadRequestException", $"unknown requirement {type}"),
        };
        if (!holds)
        {
            throw new FakeRefusal(409, "CommitFailedException", $"Requirement failed: {requirement.ToJsonString()}");
        }
    }

    private void Apply(JsonNode update, ref int? added)
    {
        switch (Text(update, "action"))
        {
            case "set-properties":
                foreach (var (name, value) in Required(update, "updates").AsObject())
                {
                    _metadata["properties"]![name] = value!.GetValue<string>();
                }

                break;
            case "remove-properties":
                foreach (var name in Required(update, "removals").AsArray())
                {
                    _metadata["properties"]!.AsObject().Remove(name!.GetValue<string>());
                }

                break;
            case "add-schema":
                added = AddSchema(Required(update, "schema").DeepClone().AsObject());
                break;
            case "set-current-schema":
                var id = Whole(update, "schema-id");
                Check(id != -1 || added is not null, "schema -1 without a schema that was added");
                _metadata["current-schema-id"] = id == -1 ? added : id;
                break;
            case "add-snapshot":
                AddSnapshot(Required(update, "snapshot").DeepClone().AsObject());
                break;
            case "set-snapshot-ref":
                SetRef(update);
                break;
            case "remove-snapshot-ref":
                Check(_metadata["refs"]!.AsObject().Remove(Text(update, "ref-name")), "no such ref");
                break;
            case "remove-snapshots":
                RemoveSnapshots([.. Required(update, "snapshot-ids").AsArray().Select(static s => s!.GetValue<long>())]);
                break;
            case var action:
                throw new FakeRefusal(400, "BadRequestException", $"unknown update {action}");
        }
    }

    private int AddSchema(JsonObject schema)
    {
        Check(Text(schema, "type") == "struct", "a schema is a struct");
        var schemas = _metadata["schemas"]!.AsArray();
        var id = schemas.Max(static s => s!["schema-id"]!.GetValue<int>()) + 1;
        schema["schema-id"] = id;
        var last = schema["fields"]!.AsArray().Max(static f => f!["id"]!.GetValue<int>());
        _metadata["last-column-id"] = Math.Max(last, Whole(_metadata, "last-column-id"));
        schemas.Add(schema);
        return id;
    }

    private void AddSnapshot(JsonObject snapshot)
    {
        var (id, sequence) = (Whole(snapshot, "snapshot-id"), Whole(snapshot, "sequence-number"));
        var known = Snapshots().Select(static s => Whole(s, "snapshot-id")).ToHashSet();
        Check(!known.Contains(id), $"snapshot {id} is there");
        Check(sequence > Whole(_metadata, "last-sequence-number"), $"sequence number {sequence} is not after the last one");
        Check(snapshot["parent-snapshot-id"] is not { } parent || known.Contains(parent.GetValue<long>()), "no such parent");
        Check(Text(snapshot, "manifest-list").StartsWith(Text(_metadata, "location") + "/", StringComparison.Ordinal), "list outside");
        Check(snapshot["summary"]?["operation"]?.GetValue<string>() is "append" or "overwrite" or "delete" or "replace", "no operation");
        Check(_metadata["schemas"]!.AsArray().Any(s => Whole(s!, "schema-id") == Whole(snapshot, "schema-id")), "no such schema");
        _metadata["last-sequence-number"] = sequence;
        _metadata["snapshots"]!.AsArray().Add(snapshot);
    }

    private void SetRef(JsonNode update)
    {
        var (name, type, id) = (Text(update, "ref-name"), Text(update, "type"), Whole(update, "snapshot-id"));
        Check(type is "branch" or "tag", $"unknown kind of ref {type}");
        var snapshot = Snapshots().FirstOrDefault(s => Whole(s, "snapshot-id") == id);
        Check(snapshot is not null, $"snapshot {id} is not there");
        _metadata["refs"]![name] = new JsonObject { ["snapshot-id"] = id, ["type"] = type };
        if (name == "main")
        {
            _metadata["current-snapshot-id"] = id;
            var at = Whole(snapshot!, "timestamp-ms");
            _metadata["snapshot-log"]!.AsArray().Add(new JsonObject { ["timestamp-ms"] = at, ["snapshot-id"] = id });
        }
    }

    private void RemoveSnapshots(HashSet<long> ids)
    {
        var named = _metadata["refs"]!.AsObject().Select(static r => Whole(r.Value!, "snapshot-id")).ToHashSet();
        Check(!named.Overlaps(ids), "a branch or tag stands for a snapshot that is to go");
        _metadata["snapshots"] = new JsonArray(
            [.. Snapshots().Where(s => !ids.Contains(Whole(s, "snapshot-id"))).Select(static s => s.DeepClone())]);
    }

    private IEnumerable<JsonNode> Snapshots() => _metadata["snapshots"]!.AsArray().OfType<JsonNode>();

    private static JsonObject? Renumbered(JsonNode? with, Dictionary<int, int> ids)
    {
        var copy = with?.DeepClone().AsObject();
        foreach (var field in copy?["fields"]?.AsArray() ?? [])
        {
            field!["source-id"] = ids[field["source-id"]!.GetValue<int>()];
        }

        return copy;
    }

    private static JsonNode Required(JsonNode json, string name) =>
        json[name] ?? throw new FakeRefusal(400, "BadRequestException", $"expected {name} in {json.ToJsonString()}");

    private static string Text(JsonNode json, string name) => Required(json, name).GetValue<string>();

    private static long Whole(JsonNode json, string name) => long.Parse(Required(json, name).ToJsonString(), CultureInfo.InvariantCulture);

    private static void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new FakeRefusal(400, "BadRequestException", otherwise);
        }
    }
}

/// <summary>What the catalog answers in place of what was asked for.</summary>
internal sealed class FakeRefusal(int status, string type, string message) : Exception(message)
{
    public int Status => status;

    public string Type => type;
}
