using System.Text.Json.Nodes;

namespace Aurum.Store.Avro;

/// <summary>An Avro schema. Named types that are used in several places are one object, which may hold itself.</summary>
/// <remarks>Source: Avro specification 1.11, and "Avro" in appendix A of the Iceberg table specification for field ids.</remarks>
public sealed class AvroType(AvroKind kind)
{
    public static readonly AvroType Null = new(AvroKind.Null);
    public static readonly AvroType Boolean = new(AvroKind.Boolean);
    public static readonly AvroType Int = new(AvroKind.Int);
    public static readonly AvroType Long = new(AvroKind.Long);
    public static readonly AvroType Float = new(AvroKind.Float);
    public static readonly AvroType Double = new(AvroKind.Double);
    public static readonly AvroType Bytes = new(AvroKind.Bytes);
    public static readonly AvroType String = new(AvroKind.String);

    private IReadOnlyList<AvroField> _fields = [];

    public AvroKind Kind { get; } = kind;

    /// <summary>Full name of a record, enum or fixed type, with its namespace: <c>aurum.iso.IsoLmpRecord</c>; empty for others.</summary>
    public string FullName { get; init; } = "";

    /// <summary>The part of the full name after its last dot.</summary>
    public string Name => FullName[(FullName.LastIndexOf('.') + 1)..];

    /// <summary>The part of the full name before its last dot; empty where it has none.</summary>
    public string Namespace => FullName.LastIndexOf('.') is var dot and >= 0 ? FullName[..dot] : "";

    /// <summary>Full names that data of a named type may have been written under.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string? Doc { get; init; }

    /// <summary>Such as <c>date</c>; <c>map</c> on an array of key and value.</summary>
    public string? LogicalType { get; init; }

    /// <summary>Further attributes of a logical type: <c>adjust-to-utc</c>, <c>precision</c>, <c>scale</c>.</summary>
    public IReadOnlyDictionary<string, JsonNode> Attributes { get; init; } = new Dictionary<string, JsonNode>();

    /// <summary>Fields of a record in their order.</summary>
    public IReadOnlyList<AvroField> Fields
    {
        get => _fields;
        init => Complete(value);
    }

    /// <summary>Of the elements of an array or the values of a map.</summary>
    public AvroType? Items { get; init; }

    /// <summary>Iceberg's field id of an array's elements.</summary>
    public int? ElementId { get; init; }

    public IReadOnlyList<AvroType> Branches { get; init; } = [];

    /// <summary>Symbols of an enum in their order.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>The symbol that stands for symbols a reader does not know; null: none.</summary>
    public string? DefaultSymbol { get; init; }

    /// <summary>Bytes of a fixed type.</summary>
    public int SizeBytes { get; init; }

    /// <summary>Whether the type has a name that others may refer to.</summary>
    public bool IsNamed => Kind is AvroKind.Record or AvroKind.Enum or AvroKind.Fixed;

    /// <summary>Digits and decimals, where this is a decimal in bytes or a fixed type; null elsewhere, also where its attributes
    /// do not make sense, as the specification wants.</summary>
    public (int Precision, int Scale)? Decimal
    {
        get
        {
            if (LogicalType != "decimal" || Kind is not (AvroKind.Bytes or AvroKind.Fixed))
            {
                return null;
            }

            var precision = Whole("precision") ?? 0;
            var scale = Whole("scale") ?? 0;
            return precision > 0 && scale >= 0 && scale <= precision ? (precision, scale) : null;
        }
    }

    public static AvroType Record(string name, params IReadOnlyList<AvroField> fields) =>
        new(AvroKind.Record) { FullName = name, Fields = fields };

    public static AvroType Array(AvroType items, int? elementId = null) =>
        new(AvroKind.Array) { Items = items, ElementId = elementId };

    public static AvroType Map(AvroType values) => new(AvroKind.Map) { Items = values };

    public static AvroType Union(params IReadOnlyList<AvroType> branches) => new(AvroKind.Union) { Branches = branches };

    /// <summary>Iceberg's map with keys that are no text: an array of records.</summary>
    public static AvroType KeyValues(int keyId, AvroType key, int valueId, AvroType value) => new(AvroKind.Array)
    {
        Items = Record($"k{keyId}_v{valueId}", new AvroField("key", keyId, key), new AvroField("value", valueId, value)),
        LogicalType = "map",
    };

    public static AvroType Optional(AvroType type) => Union(Null, type);

    /// <summary>A primitive type with a meaning: <c>date</c> over int, <c>timestamp-micros</c> over long.</summary>
    public static AvroType Logical(AvroKind kind, string logicalType) => new(kind) { LogicalType = logicalType };

    /// <summary>A field by its name; null where there is none.</summary>
    public AvroField? Find(string field) => Fields.FirstOrDefault(f => f.Name == field);

    /// <summary>What a person calls it: <c>long</c>, <c>aurum.iso.IsoCode</c>, <c>array of string</c>.</summary>
    public override string ToString() => Kind switch
    {
        AvroKind.Union => $"union of {string.Join(", ", Branches)}",
        AvroKind.Array => $"array of {Items}",
        AvroKind.Map => $"map of {Items}",
        AvroKind.Record or AvroKind.Enum => FullName,
        AvroKind.Fixed => $"{FullName} of {SizeBytes} bytes",
        _ => LogicalType is null ? KindName(Kind) : $"{KindName(Kind)} ({LogicalType})",
    };

    internal static string KindName(AvroKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Gives a record its fields: once, after types inside of them could refer to it.</summary>
    internal void Complete(IReadOnlyList<AvroField> fields) => _fields = [.. fields.Select((f, i) => f with { Position = i })];

    private int? Whole(string attribute) =>
        Attributes.TryGetValue(attribute, out var node) && node is JsonValue value && value.TryGetValue<int>(out var number)
            ? number
            : null;
}
