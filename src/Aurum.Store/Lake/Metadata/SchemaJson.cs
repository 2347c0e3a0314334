using System.Text.Json.Nodes;

namespace Aurum.Store.Lake.Metadata;

/// <summary>Schemas, partition specs and sort orders as JSON: they stand in metadata files, manifests and Parquet files.</summary>
internal static class SchemaJson
{
    private static readonly Dictionary<string, Transform> Transforms =
        Enum.GetValues<Transform>().ToDictionary(t => t.ToString().ToLowerInvariant());

    public static JsonObject Write(LakeSchema schema)
    {
        var json = new JsonObject { ["type"] = "struct", ["schema-id"] = schema.Id };
        if (schema.KeyIds.Count > 0)
        {
            json["identifier-field-ids"] = new JsonArray([.. schema.KeyIds.Select(id => (JsonNode)id)]);
        }

        json["fields"] = new JsonArray([.. schema.Fields.Select(Write)]);
        return json;
    }

    public static JsonArray Write(PartitionSpec spec) => new([.. spec.Fields.Select(f => new JsonObject
    {
        ["name"] = f.Name,
        ["transform"] = f.Transform.ToString().ToLowerInvariant(),
        ["source-id"] = f.SourceId,
        ["field-id"] = f.FieldId,
    })]);

    public static JsonObject Write(SortOrder order) => new()
    {
        ["order-id"] = order.Id,
        ["fields"] = new JsonArray([.. order.SourceIds.Select(id => new JsonObject
        {
            ["transform"] = "identity",
            ["source-id"] = id,
            ["direction"] = "asc",
            ["null-order"] = "nulls-first",
        })]),
    };

    public static LakeSchema ReadSchema(JsonNode json) => new(
        json["schema-id"]!.GetValue<int>(),
        [.. json["fields"]!.AsArray().Select(f => new LakeField(
            f!["id"]!.GetValue<int>(),
            f["name"]!.GetValue<string>(),
            LakeType.FromJson(f["type"]),
            f["required"]!.GetValue<bool>(),
            f["doc"]?.GetValue<string>() ?? ""))],
        [.. (json["identifier-field-ids"] as JsonArray ?? []).Select(id => id!.GetValue<int>())]);

    public static PartitionSpec ReadSpec(JsonNode json) => new(
        json["spec-id"]!.GetValue<int>(),
        [.. json["fields"]!.AsArray().Select(f => new PartitionField(
            f!["source-id"]!.GetValue<int>(),
            f["field-id"]!.GetValue<int>(),
            f["name"]!.GetValue<string>(),
            ReadTransform(f["transform"]!.GetValue<string>())))]);

    public static SortOrder ReadSortOrder(JsonNode json) => new(
        json["order-id"]!.GetValue<int>(), [.. json["fields"]!.AsArray().Select(f => f!["source-id"]!.GetValue<int>())]);

    private static JsonObject Write(LakeField field)
    {
        var json = new JsonObject
        {
            ["id"] = field.Id,
            ["name"] = field.Name,
            ["required"] = field.IsRequired,
            ["type"] = field.Type.ToJson(),
        };
        if (field.Doc.Length > 0)
        {
            json["doc"] = field.Doc;
        }

        return json;
    }

    private static Transform ReadTransform(string name) => Transforms.TryGetValue(name, out var transform)
        ? transform
        : throw new FormatException($"expected the transform identity, day or month, found {name}");
}
