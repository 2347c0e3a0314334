using System.Runtime.InteropServices;
using static Aurum.Store.DuckDb.DuckDbNative;

namespace Aurum.Store.DuckDb;

/// <summary>One connection: one transaction and one thread at a time. Keeps its database open.</summary>
internal sealed unsafe class DuckDbConnection : SafeHandle
{
    private readonly DuckDbDatabase _database;

    private DuckDbConnection(DuckDbDatabase database)
        : base(0, ownsHandle: true) => _database = database;

    public override bool IsInvalid => handle == 0;

    internal static DuckDbConnection Open(DuckDbDatabase database)
    {
        var connection = new DuckDbConnection(database);
        var added = false;
        database.DangerousAddRef(ref added);
        if (duckdb_connect(database.DangerousGetHandle(), out var handle) != 0)
        {
            database.DangerousRelease();
            throw new DuckDbException("could not connect to the database");
        }

        connection.SetHandle(handle);
        return connection;
    }

    /// <summary>Runs one or more statements without arguments. Returns the rows that the last one changed.</summary>
    public long Execute(string sql)
    {
        DuckDbResultData data;
        var status = duckdb_query(Handle, sql, &data);
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

    /// <summary>Prepares a statement for now. Do not keep it for later: a query without arguments is planned once, by what the tables
    /// hold then, and reads other values when they have changed.</summary>
    public DuckDbStatement Prepare(string sql)
    {
        if (duckdb_prepare(Handle, sql, out var statement) != 0)
        {
            var message = Text(duckdb_prepare_error(statement));
            duckdb_destroy_prepare(ref statement);
            throw new DuckDbException(message, sql);
        }

        return new DuckDbStatement(this, statement, sql);
    }

    /// <summary>Appends to a table.</summary>
    /// <param name="table">Table.</param>
    /// <param name="columns">Its columns in the order in which they are filled; none: all, as they lie in the table.</param>
    public DuckDbAppender Append(string table, params ReadOnlySpan<string> columns) => new(this, table, columns);

    /// <summary>Stops the statement that is running on this connection; it fails with an error. Safe from any thread.</summary>
    public void Interrupt()
    {
        if (!IsClosed)
        {
            duckdb_interrupt(Handle);
        }
    }

    /// <summary>Runs something that the token interrupts.</summary>
    public T Interruptibly<T>(Func<T> work, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var registration = cancel.Register(static state => ((DuckDbConnection)state!).Interrupt(), this);
        try
        {
            return work();
        }
        catch (DuckDbException) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
    }

    internal nint Handle => IsClosed || IsInvalid ? throw new ObjectDisposedException(nameof(DuckDbConnection)) : handle;

    protected override bool ReleaseHandle()
    {
        duckdb_disconnect(ref handle);
        _database.DangerousRelease();
        return true;
    }
}
