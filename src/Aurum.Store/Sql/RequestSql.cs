namespace Aurum.Store.Sql;

/// <summary>Requests of runs that come as messages: how far workers have come in partitions of topics, and what is still to be told of
/// runs.</summary>
internal static class RequestSql
{
    public static readonly IReadOnlyList<string> Tables =
    [
        """
        CREATE TABLE IF NOT EXISTS scenario_lanes (
          lane_group VARCHAR NOT NULL, topic VARCHAR NOT NULL, lane INTEGER NOT NULL, epoch BIGINT NOT NULL, holder VARCHAR NOT NULL,
          next_offset BIGINT, claimed_at TIMESTAMPTZ NOT NULL, known_at TIMESTAMPTZ)
        """,
        """
        CREATE TABLE IF NOT EXISTS scenario_outbox (
          run_id VARCHAR NOT NULL, tenant_id VARCHAR NOT NULL, news VARCHAR NOT NULL, holder VARCHAR NOT NULL, trace VARCHAR,
          created_at TIMESTAMPTZ NOT NULL)
        """,
    ];

    private const string Which = "lane_group = $1 AND topic = $2 AND lane = $3";

    /// <summary>Makes the row of a partition that nobody had yet. $1 group, $2 topic, $3 partition, $4 now.</summary>
    public const string InsertLane = $"""
        INSERT INTO scenario_lanes (lane_group, topic, lane, epoch, holder, claimed_at)
        SELECT $1, $2, $3, 0, '', $4 WHERE NOT EXISTS (SELECT 1 FROM scenario_lanes WHERE {Which})
        """;

    /// <summary>Gives a partition to another holder: the one before can move it no more. $4 holder, $5 now.</summary>
    public const string ClaimLane = $"UPDATE scenario_lanes SET epoch = epoch + 1, holder = $4, claimed_at = $5 WHERE {Which}";

    /// <summary>$1 group, $2 topic, $3 partition.</summary>
    public const string FindLane = $"SELECT lane_group, topic, lane, epoch, holder, next_offset FROM scenario_lanes WHERE {Which}";

    public const string Lanes =
        "SELECT lane_group, topic, lane, epoch, holder, next_offset FROM scenario_lanes ORDER BY lane_group, topic, lane";

    /// <summary>Moves a partition on, if it is still the holder's. $4 epoch, $5 position, $6 now.</summary>
    public const string MoveLane = $"""
        UPDATE scenario_lanes SET next_offset = $5, known_at = $6
        WHERE {Which} AND epoch = $4 AND (next_offset IS NULL OR next_offset < $5)
        """;

    /// <summary>$1 run, $2 news, $3 holder, $4 trace, $5 now.</summary>
    public const string InsertNews = """
        INSERT INTO scenario_outbox (run_id, tenant_id, news, holder, trace, created_at)
        SELECT run_id, tenant_id, CAST($2 AS VARCHAR), CAST($3 AS VARCHAR), CAST($4 AS VARCHAR), CAST($5 AS TIMESTAMPTZ)
        FROM scenario_run_rows WHERE run_id = $1
        """;

    /// <summary>All runs that wait and of which nothing is to be told. $1 holder, $2 now.</summary>
    public const string InsertWaiting = """
        INSERT INTO scenario_outbox (run_id, tenant_id, news, holder, trace, created_at)
        SELECT run_id, tenant_id, 'request', CAST($1 AS VARCHAR), NULL, CAST($2 AS TIMESTAMPTZ) FROM scenario_run_rows
        WHERE state = 'queued' AND run_id NOT IN (SELECT run_id FROM scenario_outbox)
        """;

    /// <summary>$1 holder, $2 instant up to which what others wrote is given too, $3 rows at most.</summary>
    public const string News = """
        SELECT run_id, tenant_id, news, holder, trace, created_at FROM scenario_outbox
        WHERE holder = $1 OR created_at <= $2 ORDER BY created_at, run_id, news LIMIT $3
        """;

    public const string CountNews = "SELECT count(*) FROM scenario_outbox";

    /// <summary>$1 run, $2 news, $3 written then.</summary>
    public const string DeleteNews = "DELETE FROM scenario_outbox WHERE run_id = $1 AND news = $2 AND created_at = $3";
}
