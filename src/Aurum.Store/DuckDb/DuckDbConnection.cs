using Aurum.Store.Engines;
using static Aurum.Store.DuckDb.DuckDbNative;

namespace Aurum.Store.DuckDb;

/// <summary>A connection to a DuckDB file.</summary>
internal sealed unsafe class DuckDbConnection : EngineConnection
{
    private readonly DuckDbHandle _handle;

    internal DuckDbConnection(DuckDbHandle handle) => _handle = handle;

    public override SqlDialect Dialect => DuckDbSql.Instance;

    public override long Execute(string sql)
    {
        DuckDbResultData data;
        var status = duckdb_query(_handle.Value, sql, &data);
        try
        {
            return status == 0
                ? (long)duckdb_rows_changed(&data)
                : throw new DuckDbException(Text(duckdb_result_error(&data)), sql);
        }
        finally
        {
            duckdb_destroy_result(&data);
        }
    }

    public override DuckDbStatement Prepare(string sql)
    {
        if (duckdb_prepare(_handle.Value, sql, out var statement) != 0)
        {
            var message = Text(duckdb_prepare_error(statement));
            duckdb_destroy_prepare(ref statement);
            throw new DuckDbException(message, sql);
        }

        var owned = new DuckDbHandle(statement, _handle, static handle => duckdb_destroy_prepare(ref handle));
        return new DuckDbStatement(owned, _handle, sql);
    }

    public override DuckDbAppender Append(string table, params ReadOnlySpan<string> columns) => new(_handle, table, columns);

    public override void Begin(bool readOnly = false) => Execute(readOnly ? "BEGIN TRANSACTION READ ONLY" : "BEGIN TRANSACTION");

    public override void Commit() => Execute("COMMIT");

    public override void RollBack()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (DuckDbException error) when (error.Message.Contains("no transaction is active", StringComparison.Ordinal))
        {
        }
    }

    public override void Interrupt()
    {
        if (!_handle.IsClosed)
        {
            duckdb_interrupt(_handle.Value);
        }
    }

    public override void Dispose() => _handle.Dispose();
}
