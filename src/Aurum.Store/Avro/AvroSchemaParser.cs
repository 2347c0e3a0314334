using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aurum.Store.Avro;

/// <summary>Reads one schema. Holds the named types that it has met.</summary>
/// <remarks>Source: "Schema Declaration" in the Avro specification 1.11. Errors name the place like a path:
/// <c>/fields/mw/type</c>.</remarks>
internal sealed class AvroSchemaParser
{
    /// <summary>Types inside of types.</summary>
    private const int MaxDepth = 64;

    /// <summary>Letters of a schema.</summary>
    public const int MaxLetters = 4 << 20;

    private static readonly Dictionary<string, AvroType> Primitives = new(StringComparer.Ordinal)
    {
        ["null"] = AvroType.Null,
        ["boolean"] = AvroType.Boolean,
        ["int"] = AvroType.Int,
        ["long"] = AvroType.Long,
        ["float"] = AvroType.Float,
        ["double"] = AvroType.Double,
        ["bytes"] = AvroType.Bytes,
        ["string"] = AvroType.String,
    };

    private static readonly string[] LogicalAttributes = ["adjust-to-utc", "precision", "scale"];

    private readonly Dictionary<string, AvroType> _named = new(StringComparer.Ordinal);

    /// <summary>Defaults, which are looked at when all types are whole.</summary>
    private readonly List<(AvroField Field, string Path)> _defaults = [];

    public AvroSchemaParser(IReadOnlyDictionary<string, AvroType>? known)
    {
        foreach (var (name, type) in known ?? new Dictionary<string, AvroType>())
        {
            _named[name] = type;
        }
    }

    /// <exception cref="FormatException">Not an Avro schema.</exception>
    public AvroType Parse(string json)
    {
        if (json.Length > MaxLetters)
        {
            throw new FormatException($"expected an Avro schema of at most {MaxLetters} letters, found {json.Length}");
        }

        try
        {
            var type = Parse(JsonNode.Parse(json, documentOptions: new() { MaxDepth = 4 * MaxDepth }), "", "", 0);
            var defaults = new AvroDefaults();
            foreach (var (field, path) in _defaults)
            {
                defaults.Check(field.Default, field.Type, $"{path}/default");
            }

            return type;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            // A key that stands twice in an object is an ArgumentException.
            throw new FormatException(
                $"expected an Avro schema, which is JSON, found {json[..Math.Min(json.Length, 80)]}: {error.Message}", error);
        }
    }

    private AvroType Parse(JsonNode? node, string space, string path, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new FormatException($"{path}: expected at most {MaxDepth} types inside of each other");
        }

        return node switch
        {
            JsonArray branches => ParseUnion(branches, space, path, depth),
            JsonValue value when value.TryGetValue<string>(out var name) => Find(name, space, path),
            JsonObject type => ParseObject(type, space, path, depth),
            _ => throw new FormatException($"{Place(path)}: expected an Avro type, found {AvroNodes.Shown(node)}"),
        };
    }

    private AvroType Find(string name, string space, string path) =>
        Primitives.TryGetValue(name, out var primitive) ? primitive
        : _named.TryGetValue(AvroNames.Full(name, space), out var named) ? named
        : throw new FormatException(
            $"{Place(path)}: expected a primitive type or a name that was defined before, found '{AvroNames.Full(name, space)}'");

    private AvroType ParseUnion(JsonArray json, string space, string path, int depth)
    {
        var branches = new List<AvroType>(json.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < json.Count; i++)
        {
            var branch = Parse(json[i], space, $"{path}/{i}", depth + 1);
            if (branch.Kind == AvroKind.Union || !seen.Add(branch.IsNamed ? branch.FullName : AvroType.KindName(branch.Kind)))
            {
                throw new FormatException($"{path}/{i}: expected a union of types that differ and are no unions, found {branch}");
            }

            branches.Add(branch);
        }

        return branches.Count > 0
            ? AvroType.Union(branches)
            : throw new FormatException($"{Place(path)}: expected a union of at least one type, found none");
    }

    private AvroType ParseObject(JsonObject json, string space, string path, int depth)
    {
        if (json["type"] is not JsonValue value || !value.TryGetValue<string>(out var kind))
        {
            return Parse(json["type"], space, $"{path}/type", depth + 1);
        }

        switch (kind)
        {
            case "record" or "error":
                return ParseRecord(json, space, path, depth);
            case "enum":
                return ParseEnum(json, space, path);
            case "fixed":
                return ParseFixed(json, space, path);
            case "array":
                return new AvroType(AvroKind.Array)
                {
                    Items = Parse(json["items"], space, $"{path}/items", depth + 1),
                    ElementId = AvroNodes.WholeOrNull(json, "element-id"),
                    LogicalType = AvroNodes.TextOrNull(json, "logicalType"),
                };
            case "map":
                return AvroType.Map(Parse(json["values"], space, $"{path}/values", depth + 1));
            default:
                var type = Find(kind, space, $"{path}/type");
                return type.IsNamed || json["logicalType"] is null ? type : new AvroType(type.Kind)
                {
                    LogicalType = AvroNodes.TextOrNull(json, "logicalType"),
                    Attributes = Attributes(json),
                };
        }
    }

    private AvroType ParseRecord(JsonObject json, string space, string path, int depth)
    {
        var name = AvroNames.Of(json, space, path);
        var record = Define(new AvroType(AvroKind.Record)
        {
            FullName = name,
            Doc = AvroNodes.TextOrNull(json, "doc"),
            Aliases = AvroNames.Aliases(json, SpaceOf(name), path),
        }, path);
        var fields = new List<AvroField>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in AvroNodes.List(json, "fields", path))
        {
            var field = node as JsonObject
                ?? throw new FormatException($"{path}/fields: expected fields as objects, found {AvroNodes.Shown(node)}");
            fields.Add(ParseField(field, record.Namespace, $"{path}/fields", depth));
            if (!seen.Add(fields[^1].Name))
            {
                throw new FormatException($"{path}/fields: expected each field once, found '{fields[^1].Name}' again");
            }
        }

        record.Complete(fields);
        return record;
    }

    private AvroField ParseField(JsonObject json, string space, string path, int depth)
    {
        var name = AvroNodes.Text(json, "name", path);
        if (!AvroNames.IsName(name))
        {
            throw new FormatException($"{path}: expected a field's name of letters, digits and _, found '{name}'");
        }

        var place = $"{path}/{name}";
        var type = Parse(json["type"], space, $"{place}/type", depth + 1);
        var field = new AvroField(name, AvroNodes.WholeOrNull(json, "field-id") ?? -1, type)
        {
            HasDefault = json.ContainsKey("default"),
            Default = json["default"]?.DeepClone(),
            Doc = AvroNodes.TextOrNull(json, "doc"),
            Aliases = json["aliases"] is null ? [] : AvroNodes.Texts(json, "aliases", place),
        };
        if (field.HasDefault)
        {
            _defaults.Add((field, place));
        }

        return field;
    }

    private AvroType ParseEnum(JsonObject json, string space, string path)
    {
        var name = AvroNames.Of(json, space, path);
        var symbols = AvroNodes.Texts(json, "symbols", path);
        if (symbols.FirstOrDefault(static s => !AvroNames.IsName(s)) is { } wrong)
        {
            throw new FormatException($"{path}/symbols: expected letters, digits and _, found '{wrong}'");
        }

        if (symbols.Count == 0 || symbols.Distinct(StringComparer.Ordinal).Count() != symbols.Count)
        {
            throw new FormatException($"{path}/symbols: expected symbols that differ, found {AvroNodes.Shown(json["symbols"])}");
        }

        var other = json["default"] is null ? null : AvroNodes.Text(json, "default", path);
        return other is null || symbols.Contains(other)
            ? Define(new AvroType(AvroKind.Enum)
            {
                FullName = name,
                Symbols = symbols,
                DefaultSymbol = other,
                Doc = AvroNodes.TextOrNull(json, "doc"),
                Aliases = AvroNames.Aliases(json, SpaceOf(name), path),
            }, path)
            : throw new FormatException($"{path}/default: expected one of the symbols, found '{other}'");
    }

    private AvroType ParseFixed(JsonObject json, string space, string path)
    {
        var name = AvroNames.Of(json, space, path);
        return AvroNodes.WholeOrNull(json, "size") is { } size and >= 0
            ? Define(new AvroType(AvroKind.Fixed)
            {
                FullName = name,
                SizeBytes = size,
                LogicalType = AvroNodes.TextOrNull(json, "logicalType"),
                Attributes = Attributes(json),
                Doc = AvroNodes.TextOrNull(json, "doc"),
                Aliases = AvroNames.Aliases(json, SpaceOf(name), path),
            }, path)
            : throw new FormatException($"{path}/size: expected a number of bytes, found {AvroNodes.Shown(json["size"])}");
    }

    private static string SpaceOf(string fullName) => fullName.LastIndexOf('.') is var dot and >= 0 ? fullName[..dot] : "";

    private static string Place(string path) => path.Length == 0 ? "/" : path;

    private static Dictionary<string, JsonNode> Attributes(JsonObject json) => LogicalAttributes
        .Where(a => json[a] is not null).ToDictionary(a => a, a => json[a]!.DeepClone(), StringComparer.Ordinal);

    private AvroType Define(AvroType type, string path) => !Primitives.ContainsKey(type.FullName) && _named.TryAdd(type.FullName, type)
        ? type
        : throw new FormatException($"{Place(path)}: expected a name that is not taken, found '{type.FullName}'");
}
