using Aurum.Store.Engines;

namespace Aurum.Store.Sql;

/// <summary>Tables, views and statements of backfill jobs.</summary>
internal static class JobSql
{
    public static readonly IReadOnlyList<string> Tables =
    [
        """
        CREATE TABLE IF NOT EXISTS backfill_jobs (
          job_id VARCHAR NOT NULL, state VARCHAR NOT NULL, why VARCHAR NOT NULL, priority INTEGER NOT NULL, feeds VARCHAR NOT NULL,
          first_day DATE NOT NULL, last_day DATE NOT NULL, requests BIGINT NOT NULL, minutes DOUBLE NOT NULL, bytes BIGINT,
          warnings VARCHAR NOT NULL, created_at TIMESTAMPTZ NOT NULL, changed_at TIMESTAMPTZ NOT NULL, started_at TIMESTAMPTZ,
          ended_at TIMESTAMPTZ)
        """,
        """
        CREATE TABLE IF NOT EXISTS backfill_chunks (
          job_id VARCHAR NOT NULL, chunk_id VARCHAR NOT NULL, feed VARCHAR NOT NULL, first_day DATE NOT NULL, last_day DATE NOT NULL,
          drops_at TIMESTAMPTZ)
        """,
    ];

    /// <summary>Progress follows from the ledger, which commits with the data: no kill can part them.</summary>
    public static IReadOnlyList<string> Views(SqlDialect dialect) =>
    [
        $"""
        CREATE OR REPLACE VIEW backfill_days AS
        SELECT d.job_id, d.chunk_id, d.feed, d.day,
          coalesce(l.outcome IN (1, 2) AND (l.is_complete OR l.why = ''), false) AS is_there, l.day IS NOT NULL AS is_tried,
          coalesce(l.rows_stored, 0) AS rows_stored
        FROM (
          SELECT job_id, chunk_id, feed, CAST({dialect.Days("first_day", "last_day")} AS DATE) AS day
          FROM backfill_chunks) d
        LEFT JOIN ledger l ON l.feed = d.feed AND l.day = d.day
        """,
        $"""
        CREATE OR REPLACE VIEW backfill_chunk_progress AS
        SELECT c.job_id, c.chunk_id, c.feed, c.first_day, c.last_day, c.drops_at,
          CASE WHEN d.days_there = d.days THEN 'done' WHEN d.days_there + d.days_missing = d.days THEN 'missing'
            WHEN d.days_there + d.days_missing > 0 THEN 'begun' ELSE 'waiting' END AS state,
          d.days, d.days_there, d.days_missing, d.rows_stored, d.through_day
        FROM backfill_chunks c
        JOIN (SELECT job_id, chunk_id, {Sums} FROM backfill_days GROUP BY job_id, chunk_id) d
          ON d.job_id = c.job_id AND d.chunk_id = c.chunk_id
        """,
        $"""
        CREATE OR REPLACE VIEW backfill_feed_progress AS
        SELECT job_id, feed, min(day) AS first_day, max(day) AS last_day, {Sums}
        FROM backfill_days GROUP BY job_id, feed
        """,
        """
        CREATE OR REPLACE VIEW backfill_progress AS
        SELECT j.job_id, j.state, j.priority, j.feeds, j.first_day, j.last_day, coalesce(d.days, 0) AS days,
          coalesce(d.days_there, 0) AS days_there, coalesce(d.days_missing, 0) AS days_missing,
          coalesce(d.rows_stored, 0) AS rows_stored, j.requests, j.minutes, j.bytes, j.created_at, j.changed_at, j.why
        FROM backfill_jobs j
        LEFT JOIN (
          SELECT job_id, CAST(sum(days) AS BIGINT) AS days, CAST(sum(days_there) AS BIGINT) AS days_there,
            CAST(sum(days_missing) AS BIGINT) AS days_missing, CAST(sum(rows_stored) AS BIGINT) AS rows_stored
          FROM backfill_feed_progress GROUP BY job_id) d
          ON d.job_id = j.job_id
        """,
    ];

    /// <summary>Whoever opens the store is alone: what ran ran in a process that is gone.</summary>
    public const string Requeue =
        "UPDATE backfill_jobs SET state = 'queued', why = 'the process that ran it ended' WHERE state = 'running'";

    /// <summary>Where several processes have the store: what runs has a lease, which ends with the process that has it.</summary>
    public const string RequeueDead = Requeue + """
         AND NOT EXISTS (SELECT 1 FROM work_leases l WHERE l.feed = 'job/' || job_id AND l.leased_until > now())
        """;

    public const string Jobs = """
        SELECT job_id, state, why, priority, feeds, first_day, last_day, requests, minutes, bytes, warnings, created_at, changed_at,
          started_at, ended_at
        FROM backfill_jobs WHERE (CAST($1 AS VARCHAR) IS NULL OR job_id = $1) ORDER BY created_at, job_id
        """;

    public const string Insert = """
        INSERT INTO backfill_jobs (state, why, priority, feeds, first_day, last_day, requests, minutes, bytes, warnings, created_at,
          changed_at, started_at, ended_at, job_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """;

    public const string Delete = "DELETE FROM backfill_jobs WHERE job_id = $1";

    public const string DeleteChunks = "DELETE FROM backfill_chunks WHERE job_id = $1";

    public const string InsertChunk = "INSERT INTO backfill_chunks VALUES ($1, $2, $3, $4, $5, $6)";

    /// <summary>$1 new state, $2 why, $3 now, $4 job, $5 states that it may come from, with a comma after each.</summary>
    public const string Move = """
        UPDATE backfill_jobs
        SET state = $1, why = $2, changed_at = $3, started_at = CASE WHEN $1 = 'running' THEN $3 ELSE started_at END,
          ended_at = CASE WHEN $1 IN ('queued', 'running', 'paused') THEN NULL ELSE $3 END
        WHERE job_id = $4 AND strpos($5, state || ',') > 0
        """;

    public const string Prioritise = "UPDATE backfill_jobs SET priority = $1 WHERE job_id = $2";

    public const string Totals = """
        SELECT days, days_there, days_missing, rows_stored, CAST(NULL AS DATE) FROM backfill_progress WHERE job_id = $1
        """;

    public const string FeedProgress = """
        SELECT days, days_there, days_missing, rows_stored, through_day, feed, first_day, last_day
        FROM backfill_feed_progress WHERE job_id = $1 ORDER BY feed
        """;

    public const string ChunkProgress = """
        SELECT days, days_there, days_missing, rows_stored, through_day, feed, first_day, last_day, chunk_id, drops_at, state
        FROM backfill_chunk_progress WHERE job_id = $1 ORDER BY feed, first_day
        """;

    private const string Sums = """
        count(*) AS days, count(*) FILTER (WHERE is_there) AS days_there,
          count(*) FILTER (WHERE is_tried AND NOT is_there) AS days_missing, CAST(sum(rows_stored) AS BIGINT) AS rows_stored,
          CASE WHEN min(day) FILTER (WHERE NOT is_there) = min(day) THEN NULL
            ELSE coalesce(min(day) FILTER (WHERE NOT is_there) - 1, max(day)) END AS through_day
        """;
}
