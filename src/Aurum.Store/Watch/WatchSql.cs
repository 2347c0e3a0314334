namespace Aurum.Store.Watch;

/// <summary>Tables, views and statements of what is noticed about rows after they are stored.</summary>
internal static class WatchSql
{
    public static readonly IReadOnlyList<string> Tables =
    [
        """
        CREATE TABLE IF NOT EXISTS balance_rows (
          residual_id BIGINT NOT NULL, delivery_id BIGINT NOT NULL, feed VARCHAR NOT NULL, day DATE NOT NULL, balance VARCHAR NOT NULL,
          place VARCHAR NOT NULL, interval_start_utc TIMESTAMPTZ NOT NULL, left_value DOUBLE NOT NULL, right_value DOUBLE NOT NULL,
          allowed DOUBLE NOT NULL, unit VARCHAR NOT NULL, known_at TIMESTAMPTZ NOT NULL, revision INTEGER NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS warnings (
          warning_id BIGINT NOT NULL, delivery_id BIGINT NOT NULL, feed VARCHAR NOT NULL, day DATE NOT NULL, expectation VARCHAR NOT NULL,
          place VARCHAR NOT NULL, at_utc TIMESTAMPTZ, found DOUBLE, least DOUBLE, most DOUBLE, unit VARCHAR NOT NULL,
          reason VARCHAR NOT NULL, known_at TIMESTAMPTZ NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS watched (
          feed VARCHAR NOT NULL, day DATE NOT NULL, delivery_id BIGINT NOT NULL, is_whole BOOLEAN NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS gate_results (
          delivery_id BIGINT NOT NULL, feed VARCHAR NOT NULL, day DATE NOT NULL, suite VARCHAR NOT NULL, overall VARCHAR NOT NULL,
          rows_checked BIGINT NOT NULL, rows_quarantined BIGINT NOT NULL, failed VARCHAR NOT NULL, known_at TIMESTAMPTZ NOT NULL)
        """,
    ];

    public static readonly IReadOnlyList<string> Views =
    [
        """
        CREATE OR REPLACE VIEW balances AS
        SELECT residual_id, balance, place, feed, day, interval_start_utc, interval_start_utc + INTERVAL '1 hour' AS interval_end_utc,
          left_value, right_value, left_value - right_value AS residual, allowed, abs(left_value - right_value) <= allowed AS is_within,
          unit, known_at, revision, delivery_id
        FROM balance_rows
        """,
        """
        CREATE OR REPLACE VIEW balances_current AS
        SELECT residual_id, balance, place, feed, day, interval_start_utc, interval_end_utc, left_value, right_value, residual, allowed,
          is_within, unit, known_at, revision, delivery_id
        FROM (
          SELECT *, row_number() OVER (PARTITION BY balance, place, interval_start_utc ORDER BY revision DESC) AS nth FROM balances) b
        WHERE nth = 1
        """,
    ];

    /// <summary>The latest residuals of balance $1 that start from $2 until $3.</summary>
    public const string LatestResiduals = """
        SELECT place, CAST(floor(extract(epoch FROM interval_start_utc)) AS BIGINT), left_value, right_value, known_at, revision FROM (
          SELECT *, row_number() OVER (PARTITION BY place, interval_start_utc ORDER BY revision DESC) AS nth FROM balance_rows
          WHERE balance = $1 AND interval_start_utc >= $2 AND interval_start_utc < $3) b
        WHERE nth = 1
        """;

    public const string Residuals = "balance_rows";

    public static readonly string[] ResidualColumns =
    [
        "residual_id", "delivery_id", "feed", "day", "balance", "place", "interval_start_utc", "left_value", "right_value", "allowed",
        "unit", "known_at", "revision",
    ];

    public const string DeleteWarnings = "DELETE FROM warnings WHERE feed = $1 AND day = $2 AND expectation = $3";

    public const string InsertWarning = """
        INSERT INTO warnings (warning_id, delivery_id, feed, day, expectation, place, at_utc, found, least, most, unit, reason,
          known_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """;

    public const string DeleteWatched = "DELETE FROM watched WHERE feed = $1 AND day = $2";

    public const string InsertWatched = "INSERT INTO watched (feed, day, delivery_id, is_whole) VALUES ($1, $2, $3, $4)";

    public const string FindWatched = "SELECT is_whole FROM watched WHERE feed = $1 AND day = $2";

    /// <summary>Days of which a delivery since $1 changed rows or made them whole, and that nobody has looked at: feed, day, delivery,
    /// known_at, whether whole.</summary>
    public const string Unwatched = """
        SELECT d.feed, d.day, max(d.delivery_id), max(d.known_at), bool_or(d.is_complete)
        FROM deliveries d LEFT JOIN watched w ON w.feed = d.feed AND w.day = d.day
        WHERE d.known_at >= $1 AND d.rows_new + d.rows_changed + d.rows_identical > 0
        GROUP BY d.feed, d.day
        HAVING coalesce(max(d.delivery_id) FILTER (WHERE d.rows_new + d.rows_changed > 0), 0) > coalesce(max(w.delivery_id), 0)
          OR (bool_or(d.is_complete) AND NOT coalesce(bool_or(w.is_whole), false))
        ORDER BY max(d.delivery_id)
        """;

    public const string GateResults = "gate_results";

    public static readonly string[] GateResultColumns =
    [
        "delivery_id", "feed", "day", "suite", "overall", "rows_checked", "rows_quarantined", "failed", "known_at",
    ];

    /// <summary>$1 feed, or null for all.</summary>
    public const string AllGateResults =
        "SELECT feed, delivery_id FROM gate_results WHERE (CAST($1 AS VARCHAR) IS NULL OR feed = $1) "
        + "ORDER BY feed, delivery_id";

    /// <summary>What a sink has not taken yet stays: it sends it on.</summary>
    public const string DeleteGateResults = """
        DELETE FROM gate_results WHERE feed = $1 AND delivery_id <= $2
          AND NOT EXISTS (SELECT 1 FROM sink_cursors c WHERE c.delivery_id < gate_results.delivery_id)
        """;
}
