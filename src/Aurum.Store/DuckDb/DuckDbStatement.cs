using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using NodaTime;
using static Aurum.Store.DuckDb.DuckDbNative;

namespace Aurum.Store.DuckDb;

/// <summary>A prepared statement. Arguments are bound in order: <c>statement.Bind(feed).Bind(day).Run()</c> fills $1 and
/// $2.</summary>
internal sealed unsafe class DuckDbStatement : SafeHandle
{
    private readonly DuckDbConnection _connection;
    private readonly string _sql;
    private ulong _bound;

    internal DuckDbStatement(DuckDbConnection connection, nint statement, string sql)
        : base(0, ownsHandle: true)
    {
        var added = false;
        connection.DangerousAddRef(ref added);
        _connection = connection;
        _sql = sql;
        SetHandle(statement);
    }

    public override bool IsInvalid => handle == 0;

    public bool IsQuery => duckdb_prepared_statement_type(handle)
        is DuckDbStatementKind.Select or DuckDbStatementKind.Explain or DuckDbStatementKind.Relation;

    public int ColumnCount => (int)duckdb_prepared_statement_column_count(handle);

    public string ColumnName(int column)
    {
        var name = duckdb_prepared_statement_column_name(handle, (ulong)column);
        try
        {
            return Text(name);
        }
        finally
        {
            duckdb_free(name);
        }
    }

    public DuckDbType ColumnType(int column) => duckdb_prepared_statement_column_type(handle, (ulong)column);

    public DuckDbStatement Bind(bool value) => Check(duckdb_bind_boolean(handle, ++_bound, value ? (byte)1 : (byte)0));

    public DuckDbStatement Bind(bool? value) => value is { } known ? Bind(known) : BindNull();

    public DuckDbStatement Bind(int value) => Check(duckdb_bind_int32(handle, ++_bound, value));

    public DuckDbStatement Bind(int? value) => value is { } known ? Bind(known) : BindNull();

    public DuckDbStatement Bind(long value) => Check(duckdb_bind_int64(handle, ++_bound, value));

    public DuckDbStatement Bind(long? value) => value is { } known ? Bind(known) : BindNull();

    public DuckDbStatement Bind(double value) => Check(duckdb_bind_double(handle, ++_bound, value));

    public DuckDbStatement Bind(LocalDate? date) => date is { } day
        ? Check(duckdb_bind_date(handle, ++_bound, Period.DaysBetween(DuckDbTimes.Epoch, day)))
        : BindNull();

    public DuckDbStatement Bind(Instant? instant) => instant is { } value
        ? Check(duckdb_bind_timestamp_tz(handle, ++_bound, DuckDbTimes.ToMicros(value)))
        : BindNull();

    public DuckDbStatement Bind(string? text)
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
                return Check(duckdb_bind_varchar_length(handle, ++_bound, bytes, (ulong)length));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public DuckDbStatement BindNull() => Check(duckdb_bind_null(handle, ++_bound));

    /// <summary>Runs the statement, forgets the arguments and returns the rows that it changed.</summary>
    public long Run()
    {
        DuckDbResultData data;
        _bound = 0;
        var status = duckdb_execute_prepared(handle, &data);
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

    /// <summary>Runs the statement and hands its rows over in chunks while the engine still works. The result must be disposed
    /// before anything else runs on the connection.</summary>
    public DuckDbResult Query()
    {
        _bound = 0;
        if (duckdb_pending_prepared_streaming(handle, out var pending) != 0)
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

    protected override bool ReleaseHandle()
    {
        duckdb_destroy_prepare(ref handle);
        _connection.DangerousRelease();
        return true;
    }

    private DuckDbStatement Check(int status) =>
        status == 0 ? this : throw new DuckDbException($"argument ${_bound} does not fit the statement", _sql);
}
