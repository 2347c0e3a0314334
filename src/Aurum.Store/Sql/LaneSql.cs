namespace Aurum.Store.Sql;

/// <summary>How far stages have come in partitions of topics, who has them, and what they remember. What a stage made of a partition is
/// committed together with its row here.</summary>
internal static class LaneSql
{
    public const string States = "tick_lane_states";

    public static readonly string[] StateColumns = ["lane_group", "topic", "lane", "state_offset", "state", "known_at"];

    public static readonly IReadOnlyList<string> Tables =
    [
        """
        CREATE TABLE IF NOT EXISTS tick_lanes (
          lane_group VARCHAR NOT NULL, topic VARCHAR NOT NULL, lane INTEGER NOT NULL, epoch BIGINT NOT NULL, holder VARCHAR NOT NULL,
          commits BIGINT NOT NULL, next_offset BIGINT, state_offset BIGINT, watermark TIMESTAMPTZ, received BIGINT NOT NULL,
          accepted BIGINT NOT NULL, duplicate BIGINT NOT NULL, late_amended BIGINT NOT NULL, dead_lettered BIGINT NOT NULL,
          claimed_at TIMESTAMPTZ NOT NULL,
          known_at TIMESTAMPTZ)
        """,
        """
        CREATE TABLE IF NOT EXISTS tick_lane_states (
          lane_group VARCHAR NOT NULL, topic VARCHAR NOT NULL, lane INTEGER NOT NULL, state_offset BIGINT NOT NULL, state BLOB NOT NULL,
          known_at TIMESTAMPTZ NOT NULL)
        """,
    ];

    private const string Which = "lane_group = $1 AND topic = $2 AND lane = $3";

    /// <summary>Makes the row of a partition that nobody had yet. $1 group, $2 topic, $3 partition, $4 now.</summary>
    public const string Insert = $"""
        INSERT INTO tick_lanes (lane_group, topic, lane, epoch, holder, commits, received, accepted, duplicate, late_amended, dead_lettered,
          claimed_at)
        SELECT $1, $2, $3, 0, '', 0, 0, 0, 0, 0, 0, $4 WHERE NOT EXISTS (SELECT 1 FROM tick_lanes WHERE {Which})
        """;

    /// <summary>Gives a partition to another holder: the one before can commit no more. $4 holder, $5 now.</summary>
    public const string Claim =
        $"UPDATE tick_lanes SET epoch = epoch + 1, holder = $4, claimed_at = $5 WHERE {Which}";

    /// <summary>$1 group, $2 topic, $3 partition.</summary>
    public const string Find = $"""
        SELECT epoch, holder, next_offset, state_offset, watermark, received, accepted, duplicate, late_amended, dead_lettered,
          claimed_at, known_at, lane_group, topic, lane, commits
        FROM tick_lanes WHERE {Which}
        """;

    public const string Any = "SELECT lane FROM tick_lanes LIMIT 1";

    public const string All = """
        SELECT epoch, holder, next_offset, state_offset, watermark, received, accepted, duplicate, late_amended, dead_lettered,
          claimed_at, known_at, lane_group, topic, lane, commits
        FROM tick_lanes ORDER BY lane_group, topic, lane
        """;

    /// <summary>Moves a partition on, if it is still the holder's and as the holder left it. $4 epoch, $5 commits before, $6 position, $7
    /// watermark, $8 to $12 counters, $13 now.</summary>
    public const string Move = $"""
        UPDATE tick_lanes SET commits = commits + 1, next_offset = $6, watermark = $7, received = $8, accepted = $9, duplicate = $10,
          late_amended = $11, dead_lettered = $12, known_at = $13
        WHERE {Which} AND epoch = $4 AND commits = $5
        """;

    /// <summary>$4 position of the state.</summary>
    public const string NoteState = $"UPDATE tick_lanes SET state_offset = $4 WHERE {Which}";

    /// <summary>$1 group, $2 topic, $3 partition.</summary>
    public const string FindState = $"SELECT state FROM tick_lane_states WHERE {Which}";

    public const string DeleteState = $"DELETE FROM tick_lane_states WHERE {Which}";

    public const string InstrumentsFrom = """
        SELECT number, tenant_id, instrument_id, market, symbol, contract_month, currency, unit FROM tick_instrument_rows
        WHERE number >= $1 ORDER BY number
        """;

    public const string SourcesFrom = "SELECT number, name FROM tick_source_rows WHERE number >= $1 ORDER BY number";

    public const string ClassificationsFrom = """
        SELECT number, commodity, region, product_tier, confidence, method FROM tick_classification_rows WHERE number >= $1
        ORDER BY number
        """;

    public const string CurvesFrom = "SELECT number, tenant_id, curve_id FROM tick_curve_rows WHERE number >= $1 ORDER BY number";
}
