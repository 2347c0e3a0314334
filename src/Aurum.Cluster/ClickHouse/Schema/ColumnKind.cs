namespace Aurum.Cluster.ClickHouse.Schema;

/// <summary>What a column holds, whatever the dialect makes of it.</summary>
internal enum ColumnKind
{
    /// <summary>Text that seldom repeats.</summary>
    Text,

    /// <summary>Text of which there are few.</summary>
    Name,

    /// <summary>64 bits.</summary>
    Whole,

    /// <summary>64 bits, or unknown.</summary>
    WholeOrUnknown,

    /// <summary>64 bits without a sign.</summary>
    Unsigned,

    /// <summary>32 bits.</summary>
    Small,

    Number,

    /// <summary>NaN goes as unknown.</summary>
    NumberOrUnknown,

    /// <summary>Microseconds since 1970 UTC. Legacy: <c>x_us Int64</c>; Modern: <c>x DateTime64(6, 'UTC')</c>.</summary>
    Instant,

    /// <summary>Seconds since 1970 UTC, as DateTime.</summary>
    Seconds,

    /// <summary>Names with texts. Legacy: two arrays, <c>x.key</c> and <c>x.value</c>; Modern: a map.</summary>
    Fields,

    /// <summary>State of an aggregate function.</summary>
    State,
}

/// <summary>A column of a table, once for all dialects.</summary>
/// <param name="Name">Name; that of an instant gets <c>_us</c> in Legacy.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record ClickHouseColumn(string Name, ColumnKind Kind)
{
    /// <summary>Type of a state.</summary>
    public string StateType { get; init; } = "";

    /// <summary>What the server puts where nothing is given; empty: its zero.</summary>
    public string Default { get; init; } = "";

    /// <summary>Columns by name and kind, as <c>price:number</c>.</summary>
    public static IReadOnlyList<ClickHouseColumn> Parse(string columns) =>
    [
        .. columns.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(static text =>
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            return new ClickHouseColumn(text[..colon], text[(colon + 1)..] switch
            {
                "text" => ColumnKind.Text,
                "name" => ColumnKind.Name,
                "whole" => ColumnKind.Whole,
                "whole?" => ColumnKind.WholeOrUnknown,
                "unsigned" => ColumnKind.Unsigned,
                "small" => ColumnKind.Small,
                "number" => ColumnKind.Number,
                "number?" => ColumnKind.NumberOrUnknown,
                "instant" => ColumnKind.Instant,
                "seconds" => ColumnKind.Seconds,
                "fields" => ColumnKind.Fields,
                var kind => throw new ArgumentException($"no kind of column '{kind}'", nameof(columns)),
            });
        }),
    ];

    /// <summary>What the server has: names, types and codecs.</summary>
    public IReadOnlyList<(string Name, string Type, string Codec)> In(ClickHouseDialect dialect)
    {
        var isModern = dialect == ClickHouseDialect.Modern;
        return Kind switch
        {
            ColumnKind.Text => [(Name, "String", "ZSTD(1)")],
            ColumnKind.Name => [(Name, isModern ? "LowCardinality(String)" : "String", "")],
            ColumnKind.Whole => [(Name, "Int64", "Delta, ZSTD(1)")],
            ColumnKind.WholeOrUnknown => [(Name, "Nullable(Int64)", "ZSTD(1)")],
            ColumnKind.Unsigned => [(Name, "UInt64", "")],
            ColumnKind.Small => [(Name, "Int32", "ZSTD(1)")],
            ColumnKind.Number => [(Name, "Float64", "Gorilla, ZSTD(1)")],
            ColumnKind.NumberOrUnknown => [(Name, "Nullable(Float64)", "Gorilla, ZSTD(1)")],
            ColumnKind.Instant => isModern
                ? [(Name, "DateTime64(6, 'UTC')", "DoubleDelta, ZSTD(1)")]
                : [(Name + "_us", "Int64", "")],
            ColumnKind.Seconds => [(Name, "DateTime('UTC')", "DoubleDelta, ZSTD(1)")],
            ColumnKind.Fields => isModern
                ? [(Name, "Map(String, String)", "ZSTD(1)")]
                : [(Name + ".key", "Array(String)", ""), (Name + ".value", "Array(String)", "")],
            _ => [(Name, StateType, "")],
        };
    }

    /// <summary>Microseconds of an instant.</summary>
    public static string Micros(ClickHouseDialect dialect, string instant) =>
        dialect == ClickHouseDialect.Modern ? $"toUnixTimestamp64Micro({instant})" : $"{instant}_us";

    /// <summary>The time of an instant, for people: whole seconds in Legacy.</summary>
    public static string Time(ClickHouseDialect dialect, string instant) =>
        dialect == ClickHouseDialect.Modern ? instant : $"toDateTime(intDiv({instant}_us, 1000000), 'UTC')";
}
