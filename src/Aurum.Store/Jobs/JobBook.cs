using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Jobs;

/// <summary>The backfill jobs of a store. What they are and how they stand is written here; how far they are follows from the gap
/// ledger, so that no kill can part progress from data. Safe from several threads.</summary>
public sealed class JobBook
{
    private readonly StoreEngine _engine;

    internal JobBook(StoreEngine engine) => _engine = engine;

    /// <summary>All jobs, oldest first.</summary>
    public IReadOnlyList<JobRecord> All() => Read(null);

    /// <summary>Null where there is none.</summary>
    public JobRecord? Find(string id) => Read(id) is [var job] ? job : null;

    /// <summary>Writes a job and its chunks in one transaction, in place of what was there of it.</summary>
    public void Write(JobRecord job, IReadOnlyList<JobChunk> chunks)
    {
        using var lease = _engine.Rent();
        _engine.Commit(
            lease.Connection,
            () =>
            {
                Write(lease.Connection, job);
                Write(lease.Connection, job.Id, chunks);
                return true;
            },
            static () => { });
    }

    /// <summary>Changes the state, where it is one of the given ones.</summary>
    /// <returns>Whether it was.</returns>
    public bool Move(string id, IReadOnlyList<JobState> from, JobState to, string why, Instant now)
    {
        using var lease = _engine.Rent();
        return _engine.Commit(
            lease.Connection,
            () =>
            {
                using var move = lease.Connection.Prepare(JobSql.Move);
                return move.Bind(to.Word()).Bind(why).Bind(now).Bind(id).Bind(string.Concat(from.Select(s => s.Word() + ","))).Run() == 1;
            },
            static () => { });
    }

    /// <summary>Changes the priority, 1 (first) to 10.</summary>
    public void Prioritise(string id, int priority)
    {
        using var lease = _engine.Rent();
        _engine.Commit(
            lease.Connection,
            () =>
            {
                using var change = lease.Connection.Prepare(JobSql.Prioritise);
                return change.Bind(priority).Bind(id).Run();
            },
            static () => { });
    }

    /// <summary>Days of the whole job.</summary>
    public JobProgress Progress(string id) =>
        _engine.List(JobSql.Totals, s => s.Bind(id), Progress) is [var progress] ? progress : default;

    /// <summary>By feed.</summary>
    public IReadOnlyList<JobFeedProgress> Feeds(string id) => _engine.List(
        JobSql.FeedProgress,
        s => s.Bind(id),
        (rows, i) => new JobFeedProgress(new FeedId(rows.String(5, i)), rows.Date(6, i), rows.Date(7, i), Progress(rows, i)));

    /// <summary>By chunk.</summary>
    public IReadOnlyList<JobChunkProgress> Chunks(string id) => _engine.List(
        JobSql.ChunkProgress,
        s => s.Bind(id),
        (rows, i) => new JobChunkProgress(
            new JobChunk(
                rows.String(8, i), new FeedId(rows.String(5, i)), rows.Date(6, i), rows.Date(7, i), rows.InstantOrNull(9, i)),
            rows.String(10, i),
            Progress(rows, i)));

    private List<JobRecord> Read(string? id) => _engine.List(JobSql.Jobs, s => s.Bind(id), Job);

    private static JobProgress Progress(EngineRows rows, int i) =>
        new(rows.Int64(0, i), rows.Int64(1, i), rows.Int64(2, i), rows.Int64(3, i), rows.DateOrNull(4, i));

    private static JobRecord Job(EngineRows rows, int i) => new(
        rows.String(0, i),
        Enum.Parse<JobState>(rows.String(1, i), ignoreCase: true),
        rows.String(2, i),
        rows.Int32(3, i),
        [.. rows.String(4, i).Split(' ').Select(feed => new FeedId(feed))],
        rows.Date(5, i),
        rows.Date(6, i),
        new JobCost(rows.Int64(7, i), rows.Double(8, i), rows.IsNull(9, i) ? null : rows.Int64(9, i)),
        rows.String(10, i).Split('\n', StringSplitOptions.RemoveEmptyEntries),
        rows.Instant(11, i),
        rows.Instant(12, i),
        rows.InstantOrNull(13, i),
        rows.InstantOrNull(14, i));

    private static void Write(EngineConnection connection, JobRecord job)
    {
        using var delete = connection.Prepare(JobSql.Delete);
        delete.Bind(job.Id).Run();
        using var insert = connection.Prepare(JobSql.Insert);
        insert.Bind(job.State.Word())
            .Bind(job.Why)
            .Bind(job.Priority)
            .Bind(string.Join(' ', job.Feeds.Select(f => f.Text)))
            .Bind(job.FirstDay)
            .Bind(job.LastDay)
            .Bind(job.Cost.Requests)
            .Bind(job.Cost.Minutes)
            .Bind(job.Cost.Bytes)
            .Bind(string.Join('\n', job.Warnings))
            .Bind(job.CreatedAt)
            .Bind(job.ChangedAt)
            .Bind(job.StartedAt)
            .Bind(job.EndedAt)
            .Bind(job.Id)
            .Run();
    }

    private static void Write(EngineConnection connection, string job, IReadOnlyList<JobChunk> chunks)
    {
        using var delete = connection.Prepare(JobSql.DeleteChunks);
        delete.Bind(job).Run();
        using var insert = connection.Prepare(JobSql.InsertChunk);
        foreach (var chunk in chunks)
        {
            insert.Bind(job).Bind(chunk.Id).Bind(chunk.Feed.Text).Bind(chunk.FirstDay).Bind(chunk.LastDay).Bind(chunk.DropsAt).Run();
        }
    }
}
