using System.Runtime.InteropServices;

namespace Aurum.Store.Engines;

/// <summary>A text cell in a column of a chunk: 16 bytes; up to 12 bytes of text inline, longer text by pointer. DuckDB's
/// <c>duckdb_string_t</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct EngineText
{
    public const int MaxInlineBytes = 12;

    [FieldOffset(0)]
    public uint Length;

    [FieldOffset(4)]
    public fixed byte Inline[MaxInlineBytes];

    [FieldOffset(8)]
    public byte* Pointer;
}
