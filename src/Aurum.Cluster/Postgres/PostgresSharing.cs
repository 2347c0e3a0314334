using System.Security.Cryptography;
using System.Text;
using Aurum.Store.Engines;
using Aurum.Store.Sinks;
using Aurum.Store.Work;
using Npgsql;

namespace Aurum.Cluster.Postgres;

/// <summary>Locks of the processes that have one schema open: advisory locks of the server, which end with the connection of a process that
/// dies. A gate that is lost with its connection is noticed by the commit, which counts.</summary>
internal sealed class PostgresSharing : EngineSharing
{
    private readonly PostgresDatabase _database;
    private readonly Lock _gate = new();
    private readonly int _answerSeconds;
    private readonly long _openKey;
    private readonly long _commitKey;
    private PostgresConnection _connection;
    private bool _isOpening;

    public PostgresSharing(PostgresDatabase database)
    {
        _database = database.Locks();
        _answerSeconds = database.AnswerSeconds;
        _openKey = KeyOf("open");
        _commitKey = KeyOf("commit");
        _connection = _database.Connect();
        Work = new PostgresWork(database.Quick());
        try
        {
            WasAlone = _isOpening = Ask("SELECT pg_try_advisory_lock($1)", _openKey);
            Lock(_connection, "SELECT pg_advisory_lock_shared($1)", _openKey);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override bool WasAlone { get; }

    public override PostgresWork Work { get; }

    /// <summary>Lets others in who open the database meanwhile: what had to be done alone is done.</summary>
    public void Opened()
    {
        lock (_gate)
        {
            if (_isOpening)
            {
                Ask("SELECT pg_advisory_unlock($1)", _openKey);
                _isOpening = false;
            }
        }
    }

    public override void LockCommits(EngineConnection connection) => Lock(connection, "SELECT pg_advisory_xact_lock($1)", _commitKey);

    /// <summary>The same for who has not opened the schema, over a connection of another role, and until <see
    /// cref="UnlockCommits"/>.</summary>
    public static void LockCommits(PostgresConnection connection, string schema) =>
        Lock(connection, "SELECT pg_advisory_lock($1)", KeyOf(schema, "commit"));

    public static void UnlockCommits(PostgresConnection connection) => connection.Discard("SELECT pg_advisory_unlock_all()");

    public override bool TryEnter(string feed)
    {
        lock (_gate)
        {
            if (_connection.IsOpen)
            {
                try
                {
                    return AskFor(feed);
                }
                catch (PostgresEngineException error) when (error.IsCut && !_connection.IsOpen)
                {
                    // Its locks went with it; this one is asked for again.
                }
            }

            _connection.Dispose();
            _connection = _database.Connect();
            Lock(_connection, "SELECT pg_advisory_lock_shared($1)", _openKey);
            return AskFor(feed);
        }
    }

    public override void Leave(string feed)
    {
        lock (_gate)
        {
            try
            {
                Ask("SELECT pg_advisory_unlock($1)", KeyOf("feed " + feed));
            }
            catch (PostgresEngineException)
            {
                // The connection is gone, and the lock with it.
                _connection.Dispose();
            }
        }
    }

    public override void Ring(EngineConnection connection, long delivery)
    {
        using var notify = connection.Prepare("SELECT pg_notify($1, CAST($2 AS TEXT))");
        notify.Bind(PostgresListener.ChannelOf(_database.Options)).Bind(delivery).Run();
    }

    public override Task Listen(OutboxBell bell, Random jitter, CancellationToken cancel) =>
        new PostgresListener(_database, bell, jitter).Run(cancel);

    public override void Hold(EngineConnection connection, WorkLease lease)
    {
        using var find = connection.Prepare(
            "SELECT true FROM work_leases WHERE feed = $1 AND day = $2 AND lease_no = $3 FOR UPDATE");
        using var row = find.Bind(lease.Feed).Bind(lease.Day).Bind(lease.Number).Query();
        if (!row.NextChunk())
        {
            throw new LeaseLostException($"{lease}: the lease was not renewed in time and went to another worker; nothing of it is stored");
        }
    }

    public override void Dispose()
    {
        Work.Dispose();
        _connection.Dispose();
        _database.Dispose();
    }

    private static void Lock(EngineConnection connection, string sql, long key)
    {
        using var statement = connection.Prepare(sql);
        statement.Bind(key).Run();
    }

    private bool AskFor(string feed) => Ask("SELECT pg_try_advisory_lock($1)", KeyOf("feed " + feed));

    /// <summary>Asks what the server answers without waiting for anybody: one that is frozen is noticed soon.</summary>
    private bool Ask(string sql, long key)
    {
        using var statement = new PostgresStatement(_connection, new NpgsqlCommand(sql) { CommandTimeout = _answerSeconds });
        using var row = statement.Bind(key).Query();
        row.NextChunk();
        return row.Boolean(0, 0);
    }

    /// <summary>The key of a lock: advisory locks are those of a database, whatever the schema.</summary>
    private static long KeyOf(string schema, string name) =>
        BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"aurum/{schema}/{name}")));

    private long KeyOf(string name) => KeyOf(_database.Options.Schema, name);
}
