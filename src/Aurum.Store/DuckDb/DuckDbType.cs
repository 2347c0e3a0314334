using System.Runtime.InteropServices;

namespace Aurum.Store.DuckDb;

/// <summary>Types of DuckDB columns, by the numbers of its C API.</summary>
internal enum DuckDbType
{
    Invalid = 0,
    Boolean = 1,
    TinyInt = 2,
    SmallInt = 3,
    Integer = 4,
    BigInt = 5,
    UTinyInt = 6,
    USmallInt = 7,
    UInteger = 8,
    UBigInt = 9,
    Float = 10,
    Double = 11,
    Timestamp = 12,
    Date = 13,
    HugeInt = 16,
    Varchar = 17,
    Decimal = 19,
    TimestampTz = 31,
}

/// <summary>Kinds of statements, by the numbers of the C API; only those that are asked for.</summary>
internal enum DuckDbStatementKind
{
    Select = 1,
    Explain = 16,
    Relation = 23,
}

/// <summary><c>duckdb_result</c>: 48 bytes, passed by pointer, or by value to fetch a chunk.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DuckDbResultData
{
    private readonly ulong _columnCount;
    private readonly ulong _rowCount;
    private readonly ulong _rowsChanged;
    private readonly void* _columns;
    private readonly void* _message;
    private readonly void* _internal;
}

/// <summary><c>duckdb_string_t</c>: 16 bytes; up to 12 bytes of text inline, longer text by pointer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct DuckDbText
{
    public const int MaxInlineBytes = 12;

    [FieldOffset(0)]
    public uint Length;

    [FieldOffset(4)]
    public fixed byte Inline[MaxInlineBytes];

    [FieldOffset(8)]
    public byte* Pointer;
}
