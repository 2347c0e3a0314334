using System.Globalization;

namespace Aurum.Cluster.ClickHouse.Wire;

/// <summary>How values of a column lie in a block of <c>FORMAT Native</c>.</summary>
internal enum NativeKind
{
    /// <summary>Integer with a sign, of <see cref="NativeType.Width"/> bytes; times too.</summary>
    Signed,

    /// <summary>Integer without a sign; dates and seconds too.</summary>
    Unsigned,

    Float,

    /// <summary>Length, then bytes.</summary>
    Text,

    /// <summary>A fixed number of bytes.</summary>
    Fixed,

    /// <summary>A byte for each row, 1 where it is unknown, then the values.</summary>
    Nullable,

    /// <summary>The end of each row's list, then the values of all.</summary>
    Array,

    /// <summary>Distinct values, then which of them each row has.</summary>
    LowCardinality,

    /// <summary>The end of each row's list, then all keys, then all values.</summary>
    Map,
}

/// <summary>A type of ClickHouse: <c>Nullable(Float64)</c>.</summary>
/// <param name="Text">As ClickHouse writes it.</param>
/// <param name="Kind">How its values lie.</param>
/// <param name="Width">Bytes of a value; 0 where they differ.</param>
internal sealed record NativeType(string Text, NativeKind Kind, int Width = 0)
{
    private const int MostDepth = 8;

    /// <summary>Of what it is a list, or unknown at times; the keys of a map.</summary>
    public NativeType? Inner { get; init; }

    /// <summary>The values of a map.</summary>
    public NativeType? Value { get; init; }

    /// <exception cref="FormatException">A type that is not read or written here.</exception>
    public static NativeType Parse(string text) => Parse(text.Trim(), 0);

    private static NativeType Parse(string text, int depth)
    {
        if (depth > MostDepth)
        {
            throw new FormatException($"expected a type of at most {MostDepth} levels, found '{text}'");
        }

        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? text : text[..open];
        var inside = open < 0 ? "" : text[(open + 1)..^1];
        return name switch
        {
            "Int8" or "Enum8" => new(text, NativeKind.Signed, 1),
            "Int16" or "Enum16" => new(text, NativeKind.Signed, 2),
            "Int32" or "Date32" => new(text, NativeKind.Signed, 4),
            "Int64" or "DateTime64" => new(text, NativeKind.Signed, 8),
            "UInt8" or "Bool" => new(text, NativeKind.Unsigned, 1),
            "UInt16" or "Date" => new(text, NativeKind.Unsigned, 2),
            "UInt32" or "DateTime" => new(text, NativeKind.Unsigned, 4),
            "UInt64" => new(text, NativeKind.Unsigned, 8),
            "Float32" => new(text, NativeKind.Float, 4),
            "Float64" => new(text, NativeKind.Float, 8),
            "String" => new(text, NativeKind.Text),
            "FixedString" => new(text, NativeKind.Fixed, int.Parse(inside, NumberStyles.None, CultureInfo.InvariantCulture)),
            "UUID" => new(text, NativeKind.Fixed, 16),
            "Nullable" => new(text, NativeKind.Nullable) { Inner = Parse(inside, depth + 1) },
            "Array" => new(text, NativeKind.Array) { Inner = Parse(inside, depth + 1) },
            "LowCardinality" => new(text, NativeKind.LowCardinality) { Inner = TextOnly(Parse(inside, depth + 1)) },
            "Map" => Map(text, inside, depth + 1),
            _ => throw new FormatException($"type '{text}' of ClickHouse is not read or written here"),
        };
    }

    private static NativeType Map(string text, string inside, int depth)
    {
        var comma = inside.IndexOf(',', StringComparison.Ordinal);
        return comma < 0
            ? throw new FormatException($"expected a map's keys and values, found '{text}'")
            : new(text, NativeKind.Map)
            {
                Inner = Parse(inside[..comma].Trim(), depth),
                Value = Parse(inside[(comma + 1)..].Trim(), depth),
            };
    }

    private static NativeType TextOnly(NativeType inner) => inner.Kind == NativeKind.Text
        ? inner
        : throw new FormatException($"expected LowCardinality(String), found LowCardinality({inner.Text})");
}
