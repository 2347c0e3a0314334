using Aurum.Store.Engines;
using static Aurum.Store.DuckDb.DuckDbNative;

namespace Aurum.Store.DuckDb;

/// <summary>Appends rows to a table of DuckDB. Outside of a transaction the engine commits in between, about every 204,800
/// rows.</summary>
internal sealed unsafe class DuckDbAppender : EngineAppender
{
    private readonly DuckDbHandle _handle;
    private readonly nint[] _vectors;
    private nint _chunk;

    internal DuckDbAppender(DuckDbHandle connection, string table, ReadOnlySpan<string> only)
    {
        var appender = Create(connection, table, only);
        _handle = new DuckDbHandle(appender, connection, Release);
        _vectors = new nint[(int)duckdb_appender_column_count(appender)];
        MakeColumns(_vectors.Length);
        CreateChunk(appender, _vectors.Length);
        Locate();
    }

    public override void SetNull(int column, int row)
    {
        duckdb_vector_ensure_validity_writable(_vectors[column]);
        duckdb_vector_get_validity(_vectors[column])[row >> 6] &= ~(1UL << (row & 63));
    }

    public override void SetNulls(int column, ReadOnlySpan<ulong> rows)
    {
        duckdb_vector_ensure_validity_writable(_vectors[column]);
        var validity = new Span<ulong>(duckdb_vector_get_validity(_vectors[column]), Capacity / 64);
        for (var i = 0; i < rows.Length; i++)
        {
            validity[i] &= ~rows[i];
        }
    }

    public override void Push(int rows)
    {
        duckdb_data_chunk_set_size(_chunk, (ulong)rows);
        Check(duckdb_append_data_chunk(_handle.Value, _chunk));
        duckdb_data_chunk_reset(_chunk);
        Locate();
    }

    public override void Finish() => Check(duckdb_appender_close(_handle.Value));

    public override void Dispose() => _handle.Dispose();

    protected override void SetLongText(int column, int row, ReadOnlySpan<byte> utf8)
    {
        fixed (byte* bytes = utf8)
        {
            duckdb_vector_assign_string_element_len(_vectors[column], (ulong)row, bytes, (ulong)utf8.Length);
        }
    }

    private void Release(nint appender)
    {
        duckdb_destroy_data_chunk(ref _chunk);
        _ = duckdb_appender_clear(appender);
        _ = duckdb_appender_destroy(ref appender);
    }

    private static nint Create(DuckDbHandle connection, string table, ReadOnlySpan<string> only)
    {
        var status = duckdb_appender_create_ext(connection.Value, null, null, table, out var appender);
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

    private void CreateChunk(nint appender, int columns)
    {
        var types = stackalloc nint[columns];
        for (var i = 0; i < columns; i++)
        {
            types[i] = duckdb_appender_column_type(appender, (ulong)i);
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
            Data[i] = (nint)duckdb_vector_get_data(_vectors[i]);
        }
    }

    private void Check(int status)
    {
        if (status != 0)
        {
            throw new DuckDbException(Error(_handle.Value));
        }
    }
}
