using System.Text;
using NodaTime;
using static Aurum.Store.DuckDb.DuckDbNative;

namespace Aurum.Store.DuckDb;

/// <summary>Rows of a query, read in place in chunks of up to 2,048: <c>while (result.NextChunk()) ... result.Double(column,
/// row)</c>.</summary>
internal sealed unsafe class DuckDbResult : IDisposable
{
    private readonly DuckDbConnection _connection;
    private readonly string _sql;
    private readonly DuckDbType[] _types;
    private readonly nint[] _data;
    private readonly nint[] _validity;
    private DuckDbResultData _result;
    private nint _chunk;
    private bool _disposed;

    internal DuckDbResult(DuckDbConnection connection, DuckDbResultData result, string sql)
    {
        var added = false;
        connection.DangerousAddRef(ref added);
        _connection = connection;
        _sql = sql;
        _result = result;
        fixed (DuckDbResultData* pointer = &_result)
        {
            var count = (int)duckdb_column_count(pointer);
            _types = new DuckDbType[count];
            for (var i = 0; i < count; i++)
            {
                _types[i] = duckdb_column_type(pointer, (ulong)i);
            }
        }

        _data = new nint[_types.Length];
        _validity = new nint[_types.Length];
    }

    public int ColumnCount => _types.Length;

    /// <summary>Rows of the current chunk.</summary>
    public int Count { get; private set; }

    public DuckDbType Type(int column) => _types[column];

    public string Name(int column)
    {
        fixed (DuckDbResultData* pointer = &_result)
        {
            return Text(duckdb_column_name(pointer, (ulong)column));
        }
    }

    /// <summary>Goes on to the next chunk; false after the last one. What the previous chunk gave is no longer valid.</summary>
    public bool NextChunk()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        DestroyChunk();
        _chunk = duckdb_fetch_chunk(_result);
        if (_chunk == 0)
        {
            fixed (DuckDbResultData* pointer = &_result)
            {
                var error = Text(duckdb_result_error(pointer));
                return error.Length == 0 ? false : throw new DuckDbException(error, _sql);
            }
        }

        Count = (int)duckdb_data_chunk_get_size(_chunk);
        for (var i = 0; i < _types.Length; i++)
        {
            var vector = duckdb_data_chunk_get_vector(_chunk, (ulong)i);
            _data[i] = (nint)duckdb_vector_get_data(vector);
            _validity[i] = (nint)duckdb_vector_get_validity(vector);
        }

        return Count > 0 || NextChunk();
    }

    public bool IsNull(int column, int row)
    {
        var mask = (ulong*)_validity[column];
        return mask != null && ((mask[row >> 6] >> (row & 63)) & 1) == 0;
    }

    public bool Boolean(int column, int row) => ((byte*)_data[column])[row] != 0;

    public double Double(int column, int row) =>
        _types[column] == DuckDbType.Float ? ((float*)_data[column])[row] : ((double*)_data[column])[row];

    public int Int32(int column, int row) => ((int*)_data[column])[row];

    public long Int64(int column, int row) => ((long*)_data[column])[row];

    public ReadOnlySpan<byte> Utf8(int column, int row)
    {
        var text = (DuckDbText*)_data[column] + row;
        return text->Length <= DuckDbText.MaxInlineBytes
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
            DuckDbType.TinyInt => ((sbyte*)data)[row],
            DuckDbType.SmallInt => ((short*)data)[row],
            DuckDbType.Integer or DuckDbType.Date => ((int*)data)[row],
            DuckDbType.UTinyInt => ((byte*)data)[row],
            DuckDbType.USmallInt => ((ushort*)data)[row],
            DuckDbType.UInteger => ((uint*)data)[row],
            DuckDbType.UBigInt => checked((long)((ulong*)data)[row]),
            DuckDbType.HugeInt => checked((long)((Int128*)data)[row]),
            _ => ((long*)data)[row],
        };
    }

    public string String(int column, int row) => Encoding.UTF8.GetString(Utf8(column, row));

    public string? StringOrNull(int column, int row) => IsNull(column, row) ? null : String(column, row);

    public Instant Instant(int column, int row) => DuckDbTimes.FromMicros(Int64(column, row));

    public Instant? InstantOrNull(int column, int row) => IsNull(column, row) ? null : Instant(column, row);

    public LocalDate Date(int column, int row) => DuckDbTimes.FromDays(Int32(column, row));

    public LocalDate? DateOrNull(int column, int row) => IsNull(column, row) ? null : Date(column, row);

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        DestroyChunk();
        fixed (DuckDbResultData* pointer = &_result)
        {
            duckdb_destroy_result(pointer);
        }

        _connection.DangerousRelease();
    }

    private void DestroyChunk()
    {
        Count = 0;
        if (_chunk != 0)
        {
            duckdb_destroy_data_chunk(ref _chunk);
            _chunk = 0;
        }
    }
}
