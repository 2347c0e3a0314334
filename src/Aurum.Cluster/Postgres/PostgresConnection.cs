using System.Data;
using System.Globalization;
using Aurum.Store.Engines;
using NodaTime;
using Npgsql;

namespace Aurum.Cluster.Postgres;

/// <summary>A connection to the store's schema in PostgreSQL.</summary>
internal sealed class PostgresConnection : EngineConnection
{
    /// <summary>A connection that was not used for so long is asked whether it is still there.</summary>
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(5);

    private readonly PostgresDatabase _database;
    private readonly NpgsqlConnection _inner;
    private readonly TimeProvider _time;
    private readonly Lock _running = new();
    private readonly List<(string Table, int Month)> _madeRooms = [];
    private NpgsqlCommand? _current;
    private long _usedAt;

    public PostgresConnection(PostgresDatabase database, NpgsqlConnection inner, TimeProvider time)
    {
        (_database, _inner, _time) = (database, inner, time);
        _usedAt = time.GetTimestamp();
    }

    public override SqlDialect Dialect => PostgresSql.Instance;

    public override bool IsUsable => _inner.FullState == ConnectionState.Open
        && (_time.GetElapsedTime(_usedAt) < TrustedFor || Answers());

    public override long Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _inner);
        return Working(command, static c => c.ExecuteNonQuery());
    }

    public override PostgresStatement Prepare(string sql) => new(this, new NpgsqlCommand(sql, _inner));

    public override PostgresAppender Append(string table, params ReadOnlySpan<string> columns) =>
        new(this, table, Chosen(table, columns));

    /// <summary>Whether a transaction is open that writes: an interrupted query would take it back.</summary>
    public bool IsWriting { get; private set; }

    public override void Begin(bool readOnly = false)
    {
        Execute(readOnly
            ? "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
            : "BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED");
        IsWriting = !readOnly;
    }

    /// <exception cref="PostgresEngineException">It failed, or the server has rolled the transaction back.</exception>
    public override void Commit()
    {
        // A COMMIT of a transaction in which something failed is a silent ROLLBACK: the first of the two fails then.
        Execute("SELECT 1; COMMIT");
        IsWriting = false;
        _madeRooms.ForEach(room => _database.Rooms[room] = true);
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
        if (_inner.FullState != ConnectionState.Open)
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
        var missing = Enumerable.Range(from, through - from + 1).Where(month => !_database.Rooms.ContainsKey((table, month))).ToList();
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

    public override void Dispose() => _inner.Dispose();

    /// <summary>Copies rows into a table: a whole text of the binary format of COPY.</summary>
    public void Copy(string copySql, ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var stream = _inner.BeginRawBinaryCopy(copySql);
            stream.Write(bytes);
        }
        catch (NpgsqlException error)
        {
            throw new PostgresEngineException(error, copySql);
        }
        catch (InvalidOperationException error) when (_inner.FullState != ConnectionState.Open)
        {
            throw new PostgresEngineException(error, copySql);
        }
        finally
        {
            _usedAt = _time.GetTimestamp();
        }
    }

    /// <summary>Runs a command, which can be interrupted meanwhile.</summary>
    public T Working<T>(NpgsqlCommand command, Func<NpgsqlCommand, T> work)
    {
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
        catch (InvalidOperationException error) when (_inner.FullState != ConnectionState.Open)
        {
            throw new PostgresEngineException(error, command.CommandText);
        }
        finally
        {
            _usedAt = _time.GetTimestamp();
        }
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
        var all = _database.Columns.TryGetValue(table, out var known) ? known : _database.Columns[table] = ColumnsOf(table);
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

    private bool Answers()
    {
        try
        {
            Execute("SELECT 1");
            return true;
        }
        catch (PostgresEngineException)
        {
            return false;
        }
    }
}
