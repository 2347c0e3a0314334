using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Sinks;

/// <summary>How far each sink has followed the outbox. Safe from several threads.</summary>
public sealed class SinkBook
{
    private readonly StoreEngine _engine;

    internal SinkBook(StoreEngine engine) => _engine = engine;

    /// <summary>All sinks that ever took something, by name.</summary>
    public IReadOnlyList<SinkCursor> All() => _engine.List(
        SinkSql.All,
        static _ => { },
        static (rows, i) => new SinkCursor(rows.String(0, i), rows.Int64(1, i), rows.Instant(2, i)));

    /// <summary>The last delivery that a sink has taken; 0: none.</summary>
    public long Cursor(string sink) => _engine.List(
        SinkSql.Find, s => s.Bind(sink), static (rows, i) => rows.Int64(0, i)) is [var delivery, ..] ? delivery : 0;

    /// <summary>Notes that a sink has taken all deliveries through a number. A lower number than before sends it back: what follows comes
    /// again.</summary>
    public void Move(string sink, long delivery, Instant now) => Put(SinkSql.Delete, SinkSql.Insert, sink, delivery, now);

    /// <summary>The same, where the note is still the one that was read; else it stays as it is: somebody has sent the sink back meanwhile,
    /// or another process has handed over.</summary>
    /// <param name="sink">Name.</param>
    /// <param name="noted">The note that was read.</param>
    /// <param name="delivery">The last delivery that the sink has taken since.</param>
    /// <param name="now">When.</param>
    /// <returns>Whether it is noted.</returns>
    public bool TryMove(string sink, long noted, long delivery, Instant now)
    {
        using var lease = _engine.Rent();
        return _engine.Commit(
            lease.Connection,
            () =>
            {
                // One commit at a time, over all processes: between this look and the note there is no other.
                var present = StoreEngine.List(
                    lease.Connection, SinkSql.Find, s => s.Bind(sink), static (rows, i) => rows.Int64(0, i));
                if (present.FirstOrDefault() != noted)
                {
                    return false;
                }

                Write(lease.Connection, SinkSql.Delete, SinkSql.Insert, sink, delivery, now);
                return true;
            },
            static () => { });
    }

    /// <summary>The last frame of real-time prices that a follower has sent on; 0: none.</summary>
    public long Position(string follower) => _engine.List(
        SinkSql.FindPosition, s => s.Bind(follower), static (rows, i) => rows.Int64(0, i)) is [var position, ..] ? position : 0;

    /// <summary>Notes that a follower has sent all frames through a number on.</summary>
    public void MovePosition(string follower, long position, Instant now) =>
        Put(SinkSql.DeletePosition, SinkSql.InsertPosition, follower, position, now);

    private void Put(string delete, string insert, string name, long number, Instant now)
    {
        using var lease = _engine.Rent();
        _engine.Commit(
            lease.Connection,
            () => Write(lease.Connection, delete, insert, name, number, now),
            static () => { });
    }

    private static long Write(EngineConnection connection, string delete, string insert, string name, long number, Instant now)
    {
        using var old = connection.Prepare(delete);
        old.Bind(name).Run();
        using var statement = connection.Prepare(insert);
        return statement.Bind(name).Bind(number).Bind(now).Run();
    }

    /// <summary>How much of the outbox comes after a delivery.</summary>
    public SinkLag Lag(long delivery) => _engine.List(
        SinkSql.Lag,
        s => s.Bind(delivery),
        static (rows, i) => new SinkLag(rows.Int64(0, i), rows.InstantOrNull(1, i)))[0];
}

/// <summary>Where a sink stands.</summary>
/// <param name="Sink">Name.</param>
/// <param name="Delivery">The last delivery that it has taken.</param>
/// <param name="UpdatedAt">When that was noted.</param>
public sealed record SinkCursor(string Sink, long Delivery, Instant UpdatedAt);

/// <summary>What a sink has not taken yet.</summary>
/// <param name="Deliveries">Deliveries.</param>
/// <param name="Since">When the first of them was known; null: none.</param>
public sealed record SinkLag(long Deliveries, Instant? Since);
