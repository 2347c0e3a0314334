using System.Runtime.InteropServices;

namespace Aurum.Store.DuckDb;

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
