using Aurum.Store.Engines;

namespace Aurum.Cluster.Postgres;

/// <summary>Numbers of PostgreSQL's types that the store knows.</summary>
internal static class PostgresType
{
    public const uint Boolean = 16;
    public const uint Bytea = 17;
    public const uint Name = 19;
    public const uint Int8 = 20;
    public const uint Int2 = 21;
    public const uint Int4 = 23;
    public const uint Text = 25;
    public const uint Oid = 26;
    public const uint Float4 = 700;
    public const uint Float8 = 701;
    public const uint Character = 1042;
    public const uint Varchar = 1043;
    public const uint Date = 1082;
    public const uint Timestamp = 1114;
    public const uint TimestampTz = 1184;
    public const uint Numeric = 1700;

    /// <summary>Days and microseconds from 1970, which the store counts from, to 2000, which PostgreSQL counts from.</summary>
    public const int EpochDays = 10_957;
    public const long EpochMicros = EpochDays * 86_400_000_000L;

    /// <summary>How the store sees a type.</summary>
    public static EngineType Of(uint type) => type switch
    {
        Boolean => EngineType.Boolean,
        Bytea => EngineType.Blob,
        Int8 => EngineType.BigInt,
        Int2 => EngineType.SmallInt,
        Int4 => EngineType.Integer,
        Text or Varchar or Character or Name => EngineType.Varchar,
        Float4 => EngineType.Float,
        Float8 => EngineType.Double,
        Date => EngineType.Date,
        TimestampTz => EngineType.TimestampTz,
        Timestamp => EngineType.Timestamp,
        Numeric => EngineType.Decimal,
        _ => EngineType.Invalid,
    };

    /// <summary>Bytes of a cell in a chunk.</summary>
    public static int Width(EngineType type) => type switch
    {
        EngineType.Boolean => 1,
        EngineType.SmallInt => 2,
        EngineType.Integer or EngineType.Date or EngineType.Float => 4,
        EngineType.Varchar or EngineType.Blob => 16,
        _ => 8,
    };
}
