namespace Aurum.Store.Sql;

/// <summary>What one commit writes beside its rows.</summary>
internal static class DeliverySql
{
    public const string Deliveries = "deliveries";

    public static readonly string[] DeliveryColumns =
    [
        "delivery_id", "feed", "day", "table_name", "known_at", "attempt", "outcome", "why", "is_complete", "next_due", "rows_new",
        "rows_changed", "rows_identical", "rows_duplicate", "rows_quarantined",
    ];

    /// <summary>Rows that the deliveries after $1 added, by table, and the last of them: numbers come in the order of commits.</summary>
    public const string RowsSince = """
        SELECT table_name, CAST(sum(rows_new + rows_changed) AS BIGINT), max(delivery_id) FROM deliveries
        WHERE delivery_id > $1 GROUP BY table_name
        """;

    public const string Files = "files";

    public static readonly string[] FileColumns =
    [
        "file_id", "delivery_id", "feed", "day", "site", "path_and_query", "file_name", "status", "request_headers",
        "response_headers", "sha256", "size_bytes", "received_at", "scrubbed_secrets", "rows_new", "rows_changed", "rows_identical",
        "rows_duplicate", "rows_quarantined",
    ];

    public const string InsertDeadLetter = """
        INSERT INTO dead_letters (dead_letter_id, delivery_id, feed, day, file_id, place, expected, found, known_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """;

    public const string InsertDrift = """
        INSERT INTO drift (drift_id, delivery_id, feed, day, file_id, kind, subject, expected, found, known_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    public const string DeleteShape = "DELETE FROM feed_shapes WHERE feed = $1 AND form = $2";

    public const string InsertShape =
        "INSERT INTO feed_shapes (feed, form, columns, is_whole, known_at) VALUES ($1, $2, $3, $4, $5)";

    public const string FindShapes = "SELECT feed, form, columns, is_whole FROM feed_shapes ORDER BY feed, form";

    public const string QuarantineStage = "stage_quarantine";

    public const string CreateQuarantineStage = """
        DROP TABLE IF EXISTS stage_quarantine; CREATE TEMPORARY TABLE stage_quarantine (
          row_json VARCHAR NOT NULL, expectation VARCHAR NOT NULL, reason VARCHAR NOT NULL, file_id BIGINT NOT NULL, line BIGINT,
          row_no BIGINT NOT NULL)
        """;

    public const string DropQuarantineStage = "DROP TABLE IF EXISTS stage_quarantine";

    /// <summary>$1 id before the first one, $2 delivery, $3 table, $4 feed, $5 day, $6 known_at.</summary>
    public const string InsertQuarantine = """
        INSERT INTO quarantine (quarantine_id, delivery_id, table_name, feed, day, row_json, expectation, reason, file_id, line,
        known_at)
        SELECT $1 + row_no, $2, $3, $4, $5, row_json, expectation, reason, file_id, line, $6 FROM stage_quarantine ORDER BY row_no
        """;

    public const string InsertLedger = """
        INSERT INTO ledger (outcome, why, is_complete, last_outcome, last_why, attempts, first_tried_at, last_tried_at,
        rows_stored, next_due,
          feed, day)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    public const string UpdateLedger = """
        UPDATE ledger SET outcome = $1, why = $2, is_complete = $3, last_outcome = $4, last_why = $5, attempts = $6,
        first_tried_at = $7,
          last_tried_at = $8, rows_stored = $9, next_due = $10
        WHERE feed = $11 AND day = $12
        """;

    public const string InsertWatermark = "INSERT INTO watermarks (first_day, through_day, feed) VALUES ($1, $2, $3)";

    public const string UpdateWatermark = "UPDATE watermarks SET first_day = $1, through_day = $2 WHERE feed = $3";

    /// <summary>Settled days from $2 on; 1 and 2 are the outcomes that a watermark moves over.</summary>
    public const string SettledDays = """
        SELECT day FROM ledger WHERE feed = $1 AND day >= $2 AND is_complete AND outcome IN (1, 2) ORDER BY day
        """;

    public const string DeleteHours = "DELETE FROM row_hours WHERE feed = $1";

    /// <summary>Columns in the order in which they are appended: feed, from_hour, through_hour.</summary>
    public const string Hours = "row_hours";

    /// <summary>$1 feed, or null for all.</summary>
    public const string AllHours =
        "SELECT feed, from_hour, through_hour FROM row_hours WHERE (CAST($1 AS VARCHAR) IS NULL OR feed = $1) "
        + "ORDER BY feed, from_hour";
}
