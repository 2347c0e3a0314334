using System.Buffers;
using System.Text;
using Aurum.Store.Engines;
using NodaTime;
using static Aurum.Store.DuckDb.DuckDbNative;

namespace Aurum.Store.DuckDb;

/// <summary>A statement that DuckDB has prepared.</summary>
internal sealed unsafe class DuckDbStatement : EngineStatement
{
    private readonly DuckDbHandle _handle;
    private readonly DuckDbHandle _connection;
    private readonly string _sql;
    private ulong _bound;

    internal DuckDbStatement(DuckDbHandle handle, DuckDbHandle connection, string sql)
    {
        _handle = handle;
        _connection = connection;
        _sql = sql;
    }

    public override bool IsQuery => duckdb_prepared_statement_type(_handle.Value)
        is DuckDbStatementKind.Select or DuckDbStatementKind.Explain or DuckDbStatementKind.Relation;

    public override int ColumnCount => (int)duckdb_prepared_statement_column_count(_handle.Value);

    public override string ColumnName(int column)
    {
        var name = duckdb_prepared_statement_column_name(_handle.Value, (ulong)column);
        try
        {
            return Text(name);
        }
        finally
        {
            duckdb_free(name);
        }
    }

    public override EngineType ColumnType(int column) => duckdb_prepared_statement_column_type(_handle.Value, (ulong)column);

    public override DuckDbStatement Bind(bool value) => Check(duckdb_bind_boolean(_handle.Value, ++_bound, value ? (byte)1 : (byte)0));

    public override DuckDbStatement Bind(int value) => Check(duckdb_bind_int32(_handle.Value, ++_bound, value));

    public override DuckDbStatement Bind(long value) => Check(duckdb_bind_int64(_handle.Value, ++_bound, value));

    public override DuckDbStatement Bind(double value) => Check(duckdb_bind_double(_handle.Value, ++_bound, value));

    public override DuckDbStatement Bind(LocalDate? date) => date is { } day
        ? Check(duckdb_bind_date(_handle.Value, ++_bound, Period.DaysBetween(EngineTimes.Epoch, day)))
        : BindNull();

    public override DuckDbStatement Bind(Instant? instant) => instant is { } value
        ? Check(duckdb_bind_timestamp_tz(_handle.Value, ++_bound, EngineTimes.ToMicros(value)))
        : BindNull();

    public override DuckDbStatement Bind(string? text)
    {
        if (text is null)
        {
            return BindNull();
        }

        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length) + 1);
        try
        {
            var length = Encoding.UTF8.GetBytes(text, rented);
            fixed (byte* bytes = rented)
            {
                return Check(duckdb_bind_varchar_length(_handle.Value, ++_bound, bytes, (ulong)length));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public override DuckDbStatement BindNull() => Check(duckdb_bind_null(_handle.Value, ++_bound));

    public override long Run()
    {
        DuckDbResultData data;
        _bound = 0;
        var status = duckdb_execute_prepared(_handle.Value, &data);
        try
        {
            return status == 0
                ? (long)duckdb_rows_changed(&data)
                : throw new DuckDbException(Text(duckdb_result_error(&data)), _sql);
        }
        finally
        {
            duckdb_destroy_result(&data);
        }
    }

    public override DuckDbResult Query()
    {
        _bound = 0;
        if (duckdb_pending_prepared_streaming(_handle.Value, out var pending) != 0)
        {
            var message = Text(duckdb_pending_error(pending));
            duckdb_destroy_pending(ref pending);
            throw new DuckDbException(message, _sql);
        }

        DuckDbResultData data;
        var status = duckdb_execute_pending(pending, &data);
        duckdb_destroy_pending(ref pending);
        if (status != 0)
        {
            var message = Text(duckdb_result_error(&data));
            duckdb_destroy_result(&data);
            throw new DuckDbException(message, _sql);
        }

        return new DuckDbResult(_connection, data, _sql);
    }

    public override void Dispose() => _handle.Dispose();

    private DuckDbStatement Check(int status) =>
        status == 0 ? this : throw new DuckDbException($"argument ${_bound} does not fit the statement", _sql);
}
