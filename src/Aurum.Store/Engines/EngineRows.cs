using System.Text;
using NodaTime;

namespace Aurum.Store.Engines;

/// <summary>Rows of a query, read in place in chunks of up to 2,048: <c>while (rows.NextChunk()) ... rows.Double(column,
/// row)</c>.</summary>
/// <remarks>A chunk is a vector a column: numbers, dates (days) and instants (microseconds) as they are, texts as <see
/// cref="EngineText"/>, and a bit a row that is 0 where the cell is null. Reading a cell is a load, whatever the engine.</remarks>
internal abstract unsafe class EngineRows : IDisposable
{
    private readonly EngineType[] _types;
    private readonly nint[] _data;
    private readonly nint[] _validity;

    protected EngineRows(EngineType[] types)
    {
        _types = types;
        _data = new nint[types.Length];
        _validity = new nint[types.Length];
    }

    public int ColumnCount => _types.Length;

    /// <summary>Rows of the current chunk.</summary>
    public int Count { get; protected set; }

    /// <summary>Where the cells of each column lie.</summary>
    protected Span<nint> Data => _data;

    /// <summary>Where the bits of each column lie; 0 where no cell of it is null.</summary>
    protected Span<nint> Validity => _validity;

    public EngineType Type(int column) => _types[column];

    public abstract string Name(int column);

    /// <summary>Goes on to the next chunk; false after the last one. What the previous chunk gave is no longer valid.</summary>
    public abstract bool NextChunk();

    public abstract void Dispose();

    public bool IsNull(int column, int row)
    {
        var mask = (ulong*)_validity[column];
        return mask != null && ((mask[row >> 6] >> (row & 63)) & 1) == 0;
    }

    public bool Boolean(int column, int row) => ((byte*)_data[column])[row] != 0;

    public double Double(int column, int row) =>
        _types[column] == EngineType.Float ? ((float*)_data[column])[row] : ((double*)_data[column])[row];

    public int Int32(int column, int row) => ((int*)_data[column])[row];

    public long Int64(int column, int row) => ((long*)_data[column])[row];

    public ReadOnlySpan<byte> Utf8(int column, int row)
    {
        var text = (EngineText*)_data[column] + row;
        return text->Length <= EngineText.MaxInlineBytes
            ? new(text->Inline, (int)text->Length)
            : new(text->Pointer, (int)text->Length);
    }

    /// <summary>An integer of any width.</summary>
    /// <exception cref="OverflowException">It does not fit into 64 bits with a sign.</exception>
    public long Integer(int column, int row)
    {
        var data = (void*)_data[column];
        return _types[column] switch
        {
            EngineType.TinyInt => ((sbyte*)data)[row],
            EngineType.SmallInt => ((short*)data)[row],
            EngineType.Integer or EngineType.Date => ((int*)data)[row],
            EngineType.UTinyInt => ((byte*)data)[row],
            EngineType.USmallInt => ((ushort*)data)[row],
            EngineType.UInteger => ((uint*)data)[row],
            EngineType.UBigInt => checked((long)((ulong*)data)[row]),
            EngineType.HugeInt => checked((long)((Int128*)data)[row]),
            _ => ((long*)data)[row],
        };
    }

    public string String(int column, int row) => Encoding.UTF8.GetString(Utf8(column, row));

    public string? StringOrNull(int column, int row) => IsNull(column, row) ? null : String(column, row);

    public Instant Instant(int column, int row) => EngineTimes.FromMicros(Int64(column, row));

    public Instant? InstantOrNull(int column, int row) => IsNull(column, row) ? null : Instant(column, row);

    public LocalDate Date(int column, int row) => EngineTimes.FromDays(Int32(column, row));

    public LocalDate? DateOrNull(int column, int row) => IsNull(column, row) ? null : Date(column, row);
}
