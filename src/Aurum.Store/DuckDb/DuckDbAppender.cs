using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static Aurum.Store.DuckDb.DuckDbNative;

namespace Aurum.Store.DuckDb;

/// <summary>Appends rows to a table, column by column, in chunks of up to <see cref="Capacity"/> rows: fill, <see cref="Push"/>,
/// repeat, <see cref="Finish"/>. Outside of a transaction the engine commits in between, about every 204,800 rows.</summary>
internal sealed unsafe class DuckDbAppender : SafeHandle
{
    /// <summary>Rows in a chunk.</summary>
    public const int Capacity = 2048;

    private readonly DuckDbConnection _connection;
    private readonly nint[] _vectors;
    private readonly nint[] _data;
    private nint _chunk;

    internal DuckDbAppender(DuckDbConnection connection, string table, ReadOnlySpan<string> only)
        : base(0, ownsHandle: true)
    {
        var appender = Create(connection, table, only);
        var added = false;
        connection.DangerousAddRef(ref added);
        _connection = connection;
        SetHandle(appender);
        var columns = (int)duckdb_appender_column_count(appender);
        _vectors = new nint[columns];
        _data = new nint[columns];
        CreateChunk(columns);
        Locate();
    }

    public override bool IsInvalid => handle == 0;

    public Span<double> Doubles(int column) => new((void*)_data[column], Capacity);

    public Span<long> Longs(int column) => new((void*)_data[column], Capacity);

    public Span<int> Ints(int column) => new((void*)_data[column], Capacity);

    public Span<byte> Bytes(int column) => new((void*)_data[column], Capacity);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetText(int column, int row, ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= DuckDbText.MaxInlineBytes)
        {
            var text = (DuckDbText*)_data[column] + row;
            *text = default;
            text->Length = (uint)utf8.Length;
            utf8.CopyTo(new Span<byte>(text->Inline, DuckDbText.MaxInlineBytes));
        }
        else
        {
            fixed (byte* bytes = utf8)
            {
                duckdb_vector_assign_string_element_len(_vectors[column], (ulong)row, bytes, (ulong)utf8.Length);
            }
        }
    }

    public void SetNull(int column, int row)
    {
        duckdb_vector_ensure_validity_writable(_vectors[column]);
        duckdb_vector_get_validity(_vectors[column])[row >> 6] &= ~(1UL << (row & 63));
    }

    /// <summary>Makes cells null: a bit a row, set where it is to be.</summary>
    public void SetNulls(int column, ReadOnlySpan<ulong> rows)
    {
        duckdb_vector_ensure_validity_writable(_vectors[column]);
        var validity = new Span<ulong>(duckdb_vector_get_validity(_vectors[column]), Capacity / 64);
        for (var i = 0; i < rows.Length; i++)
        {
            validity[i] &= ~rows[i];
        }
    }

    /// <summary>Hands the first rows of the chunk to the engine and empties the chunk.</summary>
    public void Push(int rows)
    {
        duckdb_data_chunk_set_size(_chunk, (ulong)rows);
        Check(duckdb_append_data_chunk(handle, _chunk));
        duckdb_data_chunk_reset(_chunk);
        Locate();
    }

    /// <summary>Writes what is still buffered. Nothing can be appended afterwards.</summary>
    public void Finish() => Check(duckdb_appender_close(handle));

    protected override bool ReleaseHandle()
    {
        duckdb_destroy_data_chunk(ref _chunk);
        _ = duckdb_appender_clear(handle);
        _ = duckdb_appender_destroy(ref handle);
        _connection.DangerousRelease();
        return true;
    }

    private static nint Create(DuckDbConnection connection, string table, ReadOnlySpan<string> only)
    {
        var status = duckdb_appender_create_ext(connection.Handle, null, null, table, out var appender);
        for (var i = 0; i < only.Length && status == 0; i++)
        {
            status = duckdb_appender_add_column(appender, only[i]);
        }

        if (status == 0)
        {
            return appender;
        }

        var message = Error(appender);
        _ = duckdb_appender_destroy(ref appender);
        throw new DuckDbException(message);
    }

    private static string Error(nint appender)
    {
        var error = duckdb_appender_error_data(appender);
        var message = Text(duckdb_error_data_message(error));
        duckdb_destroy_error_data(ref error);
        return message;
    }

    private void CreateChunk(int columns)
    {
        var types = stackalloc nint[columns];
        for (var i = 0; i < columns; i++)
        {
            types[i] = duckdb_appender_column_type(handle, (ulong)i);
        }

        _chunk = duckdb_create_data_chunk(types, (ulong)columns);
        for (var i = 0; i < columns; i++)
        {
            duckdb_destroy_logical_type(types + i);
        }
    }

    private void Locate()
    {
        for (var i = 0; i < _vectors.Length; i++)
        {
            _vectors[i] = duckdb_data_chunk_get_vector(_chunk, (ulong)i);
            _data[i] = (nint)duckdb_vector_get_data(_vectors[i]);
        }
    }

    private void Check(int status)
    {
        if (status != 0)
        {
            throw new DuckDbException(Error(handle));
        }
    }
}
