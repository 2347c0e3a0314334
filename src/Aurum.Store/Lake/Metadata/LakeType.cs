using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aurum.Store.Lake.Metadata;

public enum LakeKind
{
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Decimal,
    Date,
    Timestamp,
    TimestampTz,
    String,
    Map,
}

/// <summary>The type of a column of a lake table.</summary>
/// <remarks>Source: "Schemas and data types" and appendix C of the Iceberg table specification, version 2. Times are in microseconds;
/// <see cref="LakeKind.TimestampTz"/> is an instant.</remarks>
public sealed partial record LakeType(LakeKind Kind)
{
    public static readonly LakeType Boolean = new(LakeKind.Boolean);
    public static readonly LakeType Int = new(LakeKind.Int);
    public static readonly LakeType Long = new(LakeKind.Long);
    public static readonly LakeType Float = new(LakeKind.Float);
    public static readonly LakeType Double = new(LakeKind.Double);
    public static readonly LakeType Date = new(LakeKind.Date);
    public static readonly LakeType Timestamp = new(LakeKind.Timestamp);
    public static readonly LakeType TimestampTz = new(LakeKind.TimestampTz);
    public static readonly LakeType String = new(LakeKind.String);

    private static readonly Dictionary<string, LakeKind> Kinds = Enum.GetValues<LakeKind>()
        .Where(k => k is not (LakeKind.Map or LakeKind.Decimal)).ToDictionary(k => k.ToString().ToLowerInvariant());

    /// <summary>Digits of a decimal, 1 to 38.</summary>
    public int Precision { get; private init; }

    /// <summary>Digits of a decimal behind the point.</summary>
    public int Scale { get; private init; }

    /// <summary>Field ids of a map's keys and values; both are text.</summary>
    public int KeyId { get; private init; }

    public int ValueId { get; private init; }

    public static LakeType Decimal(int precision, int scale) =>
        precision is >= 1 and <= 38 && scale >= 0 && scale <= precision
            ? new(LakeKind.Decimal) { Precision = precision, Scale = scale }
            : throw new ArgumentException($"expected a decimal of 1 to 38 digits, found ({precision}, {scale})");

    /// <summary>A map from text to text.</summary>
    public static LakeType Map(int keyId, int valueId) => new(LakeKind.Map) { KeyId = keyId, ValueId = valueId };

    /// <summary>The type's name in DuckDB.</summary>
    public string Sql => Kind switch
    {
        LakeKind.Boolean => "BOOLEAN",
        LakeKind.Int => "INTEGER",
        LakeKind.Long => "BIGINT",
        LakeKind.Float => "FLOAT",
        LakeKind.Double => "DOUBLE",
        LakeKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({Precision},{Scale})"),
        LakeKind.Date => "DATE",
        LakeKind.Timestamp => "TIMESTAMP",
        LakeKind.TimestampTz => "TIMESTAMPTZ",
        LakeKind.String => "VARCHAR",
        _ => "MAP(VARCHAR, VARCHAR)",
    };

    public override string ToString() => Kind switch
    {
        LakeKind.Decimal => string.Create(CultureInfo.InvariantCulture, $"decimal({Precision}, {Scale})"),
        LakeKind.Map => "map<string, string>",
        _ => Kind.ToString().ToLowerInvariant(),
    };

    /// <summary>Whether a column of this type may become one of the other: its values mean the same there.</summary>
    public bool WidensTo(LakeType other) => (Kind, other.Kind) switch
    {
        (LakeKind.Int, LakeKind.Long) or (LakeKind.Float, LakeKind.Double) => true,
        (LakeKind.Decimal, LakeKind.Decimal) => Scale == other.Scale && other.Precision > Precision,
        _ => false,
    };

    internal JsonNode ToJson() => Kind != LakeKind.Map ? JsonValue.Create(ToString()) : new JsonObject
    {
        ["type"] = "map",
        ["key-id"] = KeyId,
        ["key"] = "string",
        ["value-id"] = ValueId,
        ["value-required"] = false,
        ["value"] = "string",
    };

    /// <exception cref="FormatException">A type that is not known here.</exception>
    internal static LakeType FromJson(JsonNode? json)
    {
        if (json is JsonObject map && map["type"]?.GetValue<string>() == "map"
            && map["key"]?.ToString() == "string" && map["value"]?.ToString() == "string")
        {
            return Map(map["key-id"]!.GetValue<int>(), map["value-id"]!.GetValue<int>());
        }

        var text = json?.ToString() ?? "";
        if (DecimalPattern().Match(text) is { Success: true } match)
        {
            return Decimal(
                int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
                int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
        }

        return Kinds.TryGetValue(text, out var kind)
            ? new LakeType(kind)
            : throw new FormatException($"expected a type such as string, timestamptz or decimal(18, 6), found {text}");
    }

    [GeneratedRegex(@"^decimal\((\d{1,2}), ?(\d{1,2})\)$")]
    private static partial Regex DecimalPattern();
}
