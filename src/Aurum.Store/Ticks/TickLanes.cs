using Aurum.Market.Ticks;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Ticks;

/// <summary>Partitions of topics whose ticks this store takes: who has each, how far it has come, and what its stage remembers. Rows,
/// position and state are one transaction, fenced by an epoch: what a holder that lost its partition still wants to commit is refused. Safe
/// from several threads, and from several processes where the database is.</summary>
public sealed class TickLanes : IDisposable
{
    private readonly StoreEngine _engine;
    private readonly TickTables _tables;
    private readonly StoredNames _names = new();
    private readonly TickSettlement _settlement = new();

    /// <summary>Whether all numbers that were given out are stored. Used within commits alone.</summary>
    private bool _isCommitted = true;

    internal TickLanes(StoreEngine engine, TickTables tables) => (_engine, _tables) = (engine, tables);

    /// <summary>All partitions that somebody ever had, by group, topic and number.</summary>
    public IReadOnlyList<LaneRecord> All() => _engine.List(LaneSql.All, static _ => { }, Read);

    /// <summary>Whether somebody ever had one.</summary>
    public bool HasAny => _engine.List(LaneSql.Any, static _ => { }, static (rows, i) => rows.Int32(0, i)).Count > 0;

    /// <summary>Makes somebody the holder of a partition; the one before can commit no more.</summary>
    /// <param name="lane">Which.</param>
    /// <param name="holder">Who, for people.</param>
    /// <param name="now">When.</param>
    public LaneClaim Claim(LaneId lane, string holder, Instant now)
    {
        using var lease = _engine.Rent();
        var connection = lease.Connection;
        return _engine.Commit(
            connection,
            () =>
            {
                using (var insert = connection.Prepare(LaneSql.Insert))
                {
                    Which(insert, lane).Bind(now).Run();
                }

                using (var claim = connection.Prepare(LaneSql.Claim))
                {
                    Which(claim, lane).Bind(holder).Bind(now).Run();
                }

                var states = List(connection, LaneSql.FindState, lane, static (rows, i) => rows.Utf8(0, i).ToArray());
                return new LaneClaim(List(connection, LaneSql.Find, lane, Read)[0], states.FirstOrDefault([]));
            },
            static () => { });
    }

    /// <summary>Stores rows, position and state, or nothing of them. A commit that was stored before, and whose answer was lost, is left
    /// as it is, so that it can be tried again.</summary>
    /// <exception cref="LaneLostException">The partition is another holder's, or stands elsewhere.</exception>
    /// <exception cref="StoreException">Counts do not add up: a defect.</exception>
    public void Commit(LaneCommit commit)
    {
        _tables.PruneNowAndThen(commit.KnownAt);
        using var lease = _engine.Rent();
        try
        {
            _engine.Commit(lease.Connection, () => Write(lease.Connection, commit), Committed);
        }
        catch
        {
            // What was numbered in it may not be stored, and whether it was, the database knows.
            commit.Names.Unresolve();
            _tables.Forget();
            throw;
        }
    }

    public void Dispose() => _settlement.Dispose();

    private static EngineStatement Which(EngineStatement statement, LaneId lane) =>
        statement.Bind(lane.Group).Bind(lane.Topic).Bind(lane.Number);

    private static List<T> List<T>(EngineConnection connection, string sql, LaneId lane, Func<EngineRows, int, T> map)
    {
        using var statement = connection.Prepare(sql);
        using var rows = Which(statement, lane).Query();
        List<T> list = [];
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                list.Add(map(rows, i));
            }
        }

        return list;
    }

    private static LaneRecord Read(EngineRows rows, int i) => new(
        new LaneId(rows.String(12, i), rows.String(13, i), rows.Int32(14, i)),
        rows.Int64(0, i),
        rows.String(1, i),
        rows.Int64(15, i),
        rows.IsNull(2, i) ? null : rows.Int64(2, i),
        rows.IsNull(3, i) ? null : rows.Int64(3, i),
        rows.InstantOrNull(4, i),
        new TickCounters(rows.Int64(5, i), rows.Int64(6, i), rows.Int64(7, i), rows.Int64(8, i), rows.Int64(9, i)),
        rows.Instant(10, i),
        rows.InstantOrNull(11, i));

    private void Committed()
    {
        _isCommitted = true;
        _tables.Forget();
    }

    private bool Write(EngineConnection connection, LaneCommit commit)
    {
        if (!Move(connection, commit))
        {
            return false;
        }

        if (!commit.Rows.IsEmpty || commit.Brought.Received > 0)
        {
            WriteRows(connection, commit);
        }

        if (commit.State is { } state && commit.Next is { } at)
        {
            WriteState(connection, commit, state, at);
        }

        return true;
    }

    /// <returns>False where the commit is stored already.</returns>
    private static bool Move(EngineConnection connection, LaneCommit commit)
    {
        using (var move = connection.Prepare(LaneSql.Move))
        {
            var counters = commit.Counters;
            Which(move, commit.Lane).Bind(commit.Epoch).Bind(commit.Commits).Bind(commit.Next)
                .Bind(commit.WatermarkMicros == long.MinValue ? null : (Instant?)EngineTimes.FromMicros(commit.WatermarkMicros))
                .Bind(counters.Received).Bind(counters.Accepted).Bind(counters.Duplicate).Bind(counters.LateAmended)
                .Bind(counters.DeadLettered).Bind(EngineTimes.Truncate(commit.KnownAt));
            if (move.Run() > 0)
            {
                return true;
            }
        }

        var found = List(connection, LaneSql.Find, commit.Lane, Read).FirstOrDefault();
        if (found is not null && found.Epoch == commit.Epoch && found.Commits == commit.Commits + 1)
        {
            return false;
        }

        throw new LaneLostException(
            $"{commit.Lane}: expected to hold it in epoch {commit.Epoch} after {commit.Commits} commits, found "
            + (found is null ? "nobody" : $"{found.Holder} in epoch {found.Epoch} after {found.Commits}"));
    }

    private static void WriteState(EngineConnection connection, LaneCommit commit, ReadOnlyMemory<byte> state, long at)
    {
        using (var delete = connection.Prepare(LaneSql.DeleteState))
        {
            Which(delete, commit.Lane).Run();
        }

        using (var to = new RecordAppender(connection, LaneSql.States, LaneSql.StateColumns))
        {
            to.Add(commit.Lane.Group).Add(commit.Lane.Topic).Add(commit.Lane.Number).Add(at).AddBytes(state.Span)
                .Add(EngineTimes.Truncate(commit.KnownAt)).End();
            to.Finish();
        }

        using var note = connection.Prepare(LaneSql.NoteState);
        Which(note, commit.Lane).Bind(at).Run();
    }

    /// <summary>Rows are a frame of the store's own, behind all that are there.</summary>
    private void WriteRows(EngineConnection connection, LaneCommit commit)
    {
        TickState state;
        using (var find = connection.Prepare(TickSql.Progress))
        using (var rows = find.Query())
        {
            rows.NextChunk();
            state = TickState.Read(rows, 0);
        }

        if (!_isCommitted)
        {
            _names.Forget();
        }

        _isCommitted = false;
        _names.Refresh(connection, state);
        _settlement.Clear();
        _settlement.BeginFrame(
            state.Progress.Frame + 1, EngineTimes.Truncate(commit.KnownAt), state.Progress.Counters.Plus(commit.Brought));
        _settlement.Add(_names.Resolve(commit.Names));
        LaneSettlement.Fill(_settlement, commit);
        _ = state.After(_settlement);
        new SettlementWriter(connection).Write(_settlement);
    }
}
