using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Models;

/// <summary>Requests of runs that come as messages: how far partitions have come, which is stored with what became of their messages, and
/// what is still to be told of runs, which is stored with the step that it is about. Safe from several threads, and from several processes
/// where the database is.</summary>
public sealed class RequestBook
{
    private readonly StoreEngine _engine;

    internal RequestBook(StoreEngine engine) => _engine = engine;

    /// <summary>All partitions that somebody ever had, by group, topic and number.</summary>
    public IReadOnlyList<RequestLane> Lanes() => _engine.List(RequestSql.Lanes, static _ => { }, Lane);

    /// <summary>Makes somebody the holder of a partition; the one before moves it no more.</summary>
    public RequestLane Claim(string group, string topic, int number, string holder, Instant now) => Commit(connection =>
    {
        now = EngineTimes.Truncate(now);
        EngineStatement Which(EngineStatement statement) => statement.Bind(group).Bind(topic).Bind(number);
        using (var insert = connection.Prepare(RequestSql.InsertLane))
        {
            Which(insert).Bind(now).Run();
        }

        using (var claim = connection.Prepare(RequestSql.ClaimLane))
        {
            Which(claim).Bind(holder).Bind(now).Run();
        }

        return StoreEngine.List(connection, RequestSql.FindLane, s => Which(s), Lane)[0];
    });

    /// <summary>A message is done with that changes no run.</summary>
    public void Pass(RequestPosition position, Instant now) => Commit(connection => Move(connection, position, now));

    /// <summary>What is to be told, oldest first.</summary>
    /// <param name="holder">Who asks: what it wrote down itself is given at once.</param>
    /// <param name="others">What others wrote down is given if it is from then or before: they had time to tell it.</param>
    /// <param name="most">At most.</param>
    public IReadOnlyList<RunNotice> News(string holder, Instant others, int most) => _engine.List(
        RequestSql.News,
        s => s.Bind(holder).Bind(others).Bind(most),
        static (rows, i) => new RunNotice(
            rows.String(0, i), rows.String(1, i), Enum.Parse<RunNews>(rows.String(2, i), ignoreCase: true), rows.String(3, i),
            rows.StringOrNull(4, i), rows.Instant(5, i)),
        StoreEngine.AllTenants);

    /// <summary>How much is to be told, whoever does.</summary>
    public long CountNews() => _engine.List(
        RequestSql.CountNews, static _ => { }, static (rows, i) => rows.Int64(0, i), StoreEngine.AllTenants)[0];

    /// <summary>They are told.</summary>
    public void Told(IReadOnlyList<RunNotice> notices) => Commit(connection =>
    {
        foreach (var notice in notices)
        {
            using var delete = connection.Prepare(RequestSql.DeleteNews);
            delete.Bind(notice.RunId).Bind(notice.News.Word()).Bind(notice.CreatedAt).Run();
        }

        return true;
    });

    /// <summary>All runs that wait are told again as requests, but those of which something is to be told anyway.</summary>
    /// <returns>How many.</returns>
    public long TellWaiting(string holder, Instant now) => Commit(connection =>
    {
        using var insert = connection.Prepare(RequestSql.InsertWaiting);
        return insert.Bind(holder).Bind(EngineTimes.Truncate(now)).Run();
    });

    /// <summary>Makes sure, before a step, that it may be made.</summary>
    internal static void Hold(StoreEngine engine, EngineConnection connection, RunStep? step)
    {
        if (step?.Lease is { } lease)
        {
            engine.Sharing?.Hold(connection, lease);
        }
    }

    /// <summary>Writes what is stored together with a step.</summary>
    /// <param name="connection">In the transaction of the step.</param>
    /// <param name="run">The run.</param>
    /// <param name="step">What.</param>
    /// <param name="isMade">Whether the step was made; else the run had ended, and its request is done with all the same.</param>
    /// <param name="now">Stamps it.</param>
    internal static void Write(EngineConnection connection, string run, RunStep? step, bool isMade, Instant now)
    {
        if (step is null)
        {
            return;
        }

        if (step.Position is { } position)
        {
            Move(connection, position, now);
        }

        foreach (var news in isMade ? step.News : [])
        {
            using var insert = connection.Prepare(RequestSql.InsertNews);
            insert.Bind(run).Bind(news.Word()).Bind(step.Holder).Bind(step.Trace).Bind(EngineTimes.Truncate(now)).Run();
        }
    }

    private static bool Move(EngineConnection connection, RequestPosition position, Instant now)
    {
        var lane = position.Lane;
        using var move = connection.Prepare(RequestSql.MoveLane);
        return move.Bind(lane.Group).Bind(lane.Topic).Bind(lane.Number).Bind(lane.Epoch).Bind(position.Next)
            .Bind(EngineTimes.Truncate(now)).Run() == 1;
    }

    private static RequestLane Lane(EngineRows rows, int i) => new(
        rows.String(0, i), rows.String(1, i), rows.Int32(2, i), rows.Int64(3, i), rows.String(4, i),
        rows.IsNull(5, i) ? null : rows.Int64(5, i));

    private T Commit<T>(Func<EngineConnection, T> work)
    {
        using var lease = _engine.Rent();
        return _engine.Commit(lease.Connection, () => work(lease.Connection), static () => { }, StoreEngine.AllTenants);
    }
}
