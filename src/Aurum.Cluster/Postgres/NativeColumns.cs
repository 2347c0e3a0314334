using System.Runtime.InteropServices;
using Aurum.Store.Engines;

namespace Aurum.Cluster.Postgres;

/// <summary>Memory of a chunk: a vector a column, its bits, and the texts that do not fit into their cells. Nothing of it
/// moves.</summary>
internal sealed unsafe class NativeColumns : IDisposable
{
    private const int BlockBytes = 1 << 16;

    private readonly nint[] _data;
    private readonly nint[] _validity;
    private readonly List<(nint Start, int Bytes)> _blocks = [];
    private int _block;
    private int _used;
    private bool _disposed;

    /// <param name="types">Types of the columns.</param>
    /// <param name="rows">Rows that there is room for, a multiple of 64.</param>
    public NativeColumns(ReadOnlySpan<EngineType> types, int rows)
    {
        Rows = rows;
        _data = new nint[types.Length];
        _validity = new nint[types.Length];
        for (var i = 0; i < types.Length; i++)
        {
            _data[i] = (nint)NativeMemory.AllocZeroed((nuint)(PostgresType.Width(types[i]) * rows));
            _validity[i] = (nint)NativeMemory.Alloc((nuint)(rows / 8));
        }

        Clear();
    }

    ~NativeColumns() => Free();

    public int Rows { get; }

    public ReadOnlySpan<nint> Data => _data;

    public ReadOnlySpan<nint> Validity => _validity;

    /// <summary>No cell is null, no text is kept.</summary>
    public void Clear()
    {
        foreach (var bits in _validity)
        {
            NativeMemory.Fill((void*)bits, (nuint)(Rows / 8), byte.MaxValue);
        }

        (_block, _used) = (0, 0);
    }

    public void SetNull(int column, int row) => ((ulong*)_validity[column])[row >> 6] &= ~(1UL << (row & 63));

    public bool IsNull(int column, int row) => ((((ulong*)_validity[column])[row >> 6] >> (row & 63)) & 1) == 0;

    /// <summary>Room for a text.</summary>
    public Span<byte> Text(int column, int row, int length)
    {
        var text = (EngineText*)_data[column] + row;
        *text = default;
        text->Length = (uint)length;
        if (length <= EngineText.MaxInlineBytes)
        {
            return new Span<byte>(text->Inline, length);
        }

        text->Pointer = (byte*)Take(length);
        return new Span<byte>(text->Pointer, length);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private nint Take(int bytes)
    {
        while (_block < _blocks.Count && _used + bytes > _blocks[_block].Bytes)
        {
            (_block, _used) = (_block + 1, 0);
        }

        if (_block == _blocks.Count)
        {
            var size = Math.Max(BlockBytes, bytes);
            _blocks.Add(((nint)NativeMemory.Alloc((nuint)size), size));
        }

        var start = _blocks[_block].Start + _used;
        _used += bytes;
        return start;
    }

    private void Free()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        for (var i = 0; i < _data.Length; i++)
        {
            NativeMemory.Free((void*)_data[i]);
            NativeMemory.Free((void*)_validity[i]);
        }

        foreach (var (start, _) in _blocks)
        {
            NativeMemory.Free((void*)start);
        }
    }
}
