using System.Text.Json.Nodes;

namespace Aurum.Store.Lake.Avro;

internal enum AvroKind
{
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Fixed,
    Record,
    Array,
    Map,
    Union,
}

/// <summary>An Avro schema with the field ids that Iceberg adds to it.</summary>
/// <remarks>Source: Avro specification 1.11, and "Avro" in appendix A of the Iceberg table specification.</remarks>
internal sealed record AvroType(AvroKind Kind)
{
    public static readonly AvroType Null = new(AvroKind.Null);
    public static readonly AvroType Boolean = new(AvroKind.Boolean);
    public static readonly AvroType Int = new(AvroKind.Int);
    public static readonly AvroType Long = new(AvroKind.Long);
    public static readonly AvroType Float = new(AvroKind.Float);
    public static readonly AvroType Double = new(AvroKind.Double);
    public static readonly AvroType Bytes = new(AvroKind.Bytes);
    public static readonly AvroType String = new(AvroKind.String);

    /// <summary>Name of a record or fixed type.</summary>
    public string Name { get; init; } = "";

    /// <summary>Such as <c>date</c>; <c>map</c> on an array of key and value.</summary>
    public string? LogicalType { get; init; }

    /// <summary>Further attributes of a logical type: <c>adjust-to-utc</c>, <c>precision</c>, <c>scale</c>.</summary>
    public IReadOnlyDictionary<string, JsonNode> Attributes { get; init; } = new Dictionary<string, JsonNode>();

    public IReadOnlyList<AvroField> Fields { get; init; } = [];

    /// <summary>Of the elements of an array or the values of a map.</summary>
    public AvroType? Items { get; init; }

    /// <summary>Field id of an array's elements.</summary>
    public int? ElementId { get; init; }

    public IReadOnlyList<AvroType> Branches { get; init; } = [];

    /// <summary>Bytes of a fixed type.</summary>
    public int SizeBytes { get; init; }

    public static AvroType Record(string name, params IReadOnlyList<AvroField> fields) =>
        new(AvroKind.Record) { Name = name, Fields = fields };

    public static AvroType Array(AvroType items, int elementId) => new(AvroKind.Array) { Items = items, ElementId = elementId };

    /// <summary>Iceberg's map with keys that are no text: an array of records.</summary>
    public static AvroType KeyValues(int keyId, AvroType key, int valueId, AvroType value) => new(AvroKind.Array)
    {
        Items = Record($"k{keyId}_v{valueId}", new AvroField("key", keyId, key), new AvroField("value", valueId, value)),
        LogicalType = "map",
    };

    public static AvroType Optional(AvroType type) => new(AvroKind.Union) { Branches = [Null, type] };
}

/// <summary>A field of a record.</summary>
/// <param name="Name">Name.</param>
/// <param name="Id">Iceberg's field id; -1: none.</param>
/// <param name="Type">Type.</param>
internal sealed record AvroField(string Name, int Id, AvroType Type)
{
    public static AvroField Optional(string name, int id, AvroType type) => new(name, id, AvroType.Optional(type));
}

/// <summary>A record's values by field id. Missing: null.</summary>
internal sealed class AvroRecord
{
    private readonly Dictionary<int, object?> _values = [];

    public object? this[int id]
    {
        get => _values.GetValueOrDefault(id);
        set => _values[id] = value;
    }

    /// <exception cref="FormatException">There is none, or of another type.</exception>
    public T Get<T>(int id) => this[id] is T value
        ? value
        : throw new FormatException($"expected a {typeof(T).Name} under field id {id}, found {this[id] ?? "nothing"}");
}
