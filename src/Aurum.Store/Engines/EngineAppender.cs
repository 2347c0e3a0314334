using System.Runtime.CompilerServices;

namespace Aurum.Store.Engines;

/// <summary>Appends rows to a table, column by column, in chunks of up to <see cref="Capacity"/> rows: fill, <see cref="Push"/>,
/// repeat, <see cref="Finish"/>. Cells lie as in <see cref="EngineRows"/>: filling one is a store, whatever the engine.</summary>
internal abstract unsafe class EngineAppender : IDisposable
{
    /// <summary>Rows in a chunk.</summary>
    public const int Capacity = 2048;

    private nint[] _data = [];

    /// <summary>Where the cells of each column of the chunk lie.</summary>
    protected Span<nint> Data => _data;

    public Span<double> Doubles(int column) => new((void*)_data[column], Capacity);

    public Span<long> Longs(int column) => new((void*)_data[column], Capacity);

    public Span<int> Ints(int column) => new((void*)_data[column], Capacity);

    public Span<byte> Bytes(int column) => new((void*)_data[column], Capacity);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetText(int column, int row, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= EngineText.MaxInlineBytes)
        {
            var text = (EngineText*)_data[column] + row;
            *text = default;
            text->Length = (uint)utf8.Length;
            utf8.CopyTo(new Span<byte>(text->Inline, EngineText.MaxInlineBytes));
        }
        else
        {
            SetLongText(column, row, utf8);
        }
    }

    public abstract void SetNull(int column, int row);

    /// <summary>Makes cells null: a bit a row, set where it is to be.</summary>
    public abstract void SetNulls(int column, ReadOnlySpan<ulong> rows);

    /// <summary>Hands the first rows of the chunk to the engine and empties the chunk.</summary>
    public abstract void Push(int rows);

    /// <summary>Writes what is still buffered. Nothing can be appended afterwards.</summary>
    public abstract void Finish();

    public abstract void Dispose();

    /// <summary>Text that does not fit into the cell.</summary>
    protected abstract void SetLongText(int column, int row, ReadOnlySpan<byte> utf8);

    protected void MakeColumns(int columns) => _data = new nint[columns];
}
