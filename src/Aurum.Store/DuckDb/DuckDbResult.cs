using Aurum.Store.Engines;
using static Aurum.Store.DuckDb.DuckDbNative;

namespace Aurum.Store.DuckDb;

/// <summary>Rows of a query, read in place from the engine's own vectors.</summary>
internal sealed unsafe class DuckDbResult : EngineRows
{
    private readonly DuckDbHandle _connection;
    private readonly string _sql;
    private DuckDbResultData _result;
    private nint _chunk;
    private bool _disposed;

    internal DuckDbResult(DuckDbHandle connection, DuckDbResultData result, string sql)
        : base(TypesOf(result))
    {
        var added = false;
        connection.DangerousAddRef(ref added);
        _connection = connection;
        _sql = sql;
        _result = result;
    }

    public override string Name(int column)
    {
        fixed (DuckDbResultData* pointer = &_result)
        {
            return Text(duckdb_column_name(pointer, (ulong)column));
        }
    }

    public override bool NextChunk()
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
        for (var i = 0; i < Data.Length; i++)
        {
            var vector = duckdb_data_chunk_get_vector(_chunk, (ulong)i);
            Data[i] = (nint)duckdb_vector_get_data(vector);
            Validity[i] = (nint)duckdb_vector_get_validity(vector);
        }

        return Count > 0 || NextChunk();
    }

    public override void Dispose()
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

    private static EngineType[] TypesOf(DuckDbResultData result)
    {
        var types = new EngineType[(int)duckdb_column_count(&result)];
        for (var i = 0; i < types.Length; i++)
        {
            types[i] = duckdb_column_type(&result, (ulong)i);
        }

        return types;
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
