using System.Data;
using System.Globalization;
using Aurum.Store.Engines;
using NodaTime;
using Npgsql;

namespace Aurum.Cluster.Postgres;

/// <summary>A connection to the store's schema in PostgreSQL. One that turns out to be cut before anything was done on it is replaced by a
/// new one, once, and what was asked for goes on there.</summary>
/// <param name="database">The database.</param>
/// <param name="inner">An open connection, which goes with this.</param>
internal sealed class PostgresConnection(PostgresDatabase database, NpgsqlConnection inner) : EngineConnection
{
    private readonly Lock _running = new();
    private readonly List<(string Table, int Month)> _madeRooms = [];
    private NpgsqlConnection _inner = inner;
    private NpgsqlCommand? _current;

    /// <summary>Whether a new connection would be as good: nothing but reading was done on this one.</summary>
    private bool _isReplaceable = true;

    public override SqlDialect Dialect => PostgresSql.Instance;

    public bool IsOpen => _inner.FullState == ConnectionState.Open;

    public override bool TryRest() => _isReplaceable = IsOpen;

    public override long Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql);
        return Working(command, static c => c.ExecuteNonQuery());
    }

    public override PostgresStatement Prepare(string sql) => new(this, new NpgsqlCommand(sql));

    public override PostgresAppender Append(string table, params ReadOnlySpan<string> columns) =>
        new(this, table, Chosen(table, columns));

    /// <summary>Whether a transaction is open that writes: an interrupted query would take it back.</summary>
    public bool IsWriting { get; private set; }

    public override void Begin(bool readOnly = false)
    {
        using var begin = new NpgsqlCommand(readOnly
            ? "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
            : "BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED");
        Reading(begin, static c => c.ExecuteNonQuery());
        _isReplaceable = false;
        IsWriting = !readOnly;
    }

    /// <exception cref="PostgresEngineException">It failed, or the server has rolled the transaction back.</exception>
    public override void Commit()
    {
        // A COMMIT of a transaction in which something failed is a silent ROLLBACK: the first of the two fails then.
        Execute("SELECT 1; COMMIT");
        IsWriting = false;
        _madeRooms.ForEach(room => database.Rooms[room] = true);
        _madeRooms.Clear();
    }

    public override void RollBack()
    {
        _madeRooms.Clear();
        Discard("ROLLBACK");
        IsWriting = false;
    }

    public override void Discard(string sql)
    {
        if (!IsOpen)
        {
            return;
        }

        try
        {
            Execute(sql);
        }
        catch (PostgresEngineException)
        {
            // The connection or its transaction is gone, and what was in it: the error that led here says why.
        }
    }

    public override void ActFor(string tenant)
    {
        using var set = Prepare("SELECT set_config('aurum.tenant', $1, true)");
        using var row = set.Bind(tenant).Query();
        row.NextChunk();
    }

    public override void MakeRoom(string table, Instant first, Instant last)
    {
        var (from, through) = (MonthOf(first), MonthOf(last));
        var missing = Enumerable.Range(from, through - from + 1).Where(month => !database.Rooms.ContainsKey((table, month))).ToList();
        if (missing.Count == 0 || !PostgresSchema.IsPartitioned(table))
        {
            return;
        }

        using var make = Prepare("SELECT make_room($1, $2, $3)");
        using (var made = make.Bind(table).Bind(first).Bind(last).Query())
        {
            made.NextChunk();
        }

        _madeRooms.AddRange(missing.Select(month => (table, month)));
    }

    public override void Interrupt()
    {
        lock (_running)
        {
            _current?.Cancel();
        }
    }

    public override void Dispose()
    {
        try
        {
            _inner.Dispose();
        }
        catch (NpgsqlException)
        {
            // It was broken while it was idle: nothing of it is left to close.
        }
    }

    /// <summary>Copies rows into a table: a whole text of the binary format of COPY.</summary>
    public void Copy(string copySql, ReadOnlySpan<byte> bytes)
    {
        _isReplaceable = false;
        try
        {
            using var stream = _inner.BeginRawBinaryCopy(copySql);
            stream.Write(bytes);
        }
        catch (NpgsqlException error)
        {
            throw new PostgresEngineException(error, copySql);
        }
        catch (InvalidOperationException error) when (!IsOpen)
        {
            throw new PostgresEngineException(error, copySql);
        }
    }

    /// <summary>Runs a command that may run twice, and can be interrupted meanwhile.</summary>
    public T Reading<T>(NpgsqlCommand command, Func<NpgsqlCommand, T> work)
    {
        try
        {
            return Run(command, work);
        }
        catch (PostgresEngineException error) when (_isReplaceable && error.IsCut && !IsOpen)
        {
            _inner.Dispose();
            _inner = database.OpenAnew();
            return Run(command, work);
        }
    }

    /// <summary>Runs a command that must not run twice, and can be interrupted meanwhile. A connection on which nothing was done is
    /// asked first whether it is there.</summary>
    public T Working<T>(NpgsqlCommand command, Func<NpgsqlCommand, T> work)
    {
        if (_isReplaceable)
        {
            using var ask = new NpgsqlCommand("SELECT 1");
            Reading(ask, static c => c.ExecuteNonQuery());
            _isReplaceable = false;
        }

        return Run(command, work);
    }

    /// <summary>Columns of a table as the server has them, in their order.</summary>
    public PostgresColumn[] ColumnsOf(string table)
    {
        using var find = Prepare("""
            SELECT attname, CAST(atttypid AS BIGINT) FROM pg_attribute
            WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
            """);
        using var rows = find.Bind(table).Query();
        List<PostgresColumn> columns = [];
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                columns.Add(new PostgresColumn(rows.String(0, i), (uint)rows.Int64(1, i)));
            }
        }

        return columns.Count > 0 ? [.. columns] : throw new PostgresEngineException($"there is no table {table}");
    }

    private static int MonthOf(Instant instant)
    {
        var date = instant.InUtc().Date;
        return date.Year * 12 + date.Month - 1;
    }

    private PostgresColumn[] Chosen(string table, ReadOnlySpan<string> columns)
    {
        var all = database.Columns.TryGetValue(table, out var known) ? known : database.Columns[table] = ColumnsOf(table);
        if (columns.IsEmpty)
        {
            return all;
        }

        var chosen = new PostgresColumn[columns.Length];
        for (var i = 0; i < chosen.Length; i++)
        {
            var name = columns[i];
            chosen[i] = Array.Find(all, column => column.Name == name) is { Name: not null } found
                ? found
                : throw new PostgresEngineException(string.Create(CultureInfo.InvariantCulture, $"table {table} has no column {name}"));
        }

        return chosen;
    }

    private T Run<T>(NpgsqlCommand command, Func<NpgsqlCommand, T> work)
    {
        command.Connection = _inner;
        lock (_running)
        {
            _current = command;
        }

        try
        {
            return work(command);
        }
        catch (NpgsqlException error)
        {
            throw new PostgresEngineException(error, command.CommandText);
        }
        catch (InvalidOperationException error) when (!IsOpen)
        {
            throw new PostgresEngineException(error, command.CommandText);
        }
    }
}
