namespace Aurum.Store.Sql;

/// <summary>Lists of records. $1 feed, $2 first day, $3 last day, $4 id before the first, $5 id after the last, $6 known_at at
/// the latest, $7 limit; null leaves a filter out.</summary>
internal static class ReadingSql
{
    public static string Quarantine(bool descending) => List(
        "SELECT quarantine_id, table_name, feed, day, row_json, expectation, reason, file_id, line, known_at FROM quarantine",
        "quarantine_id",
        descending);

    public static string DeadLetters(bool descending) => List(
        "SELECT dead_letter_id, feed, day, file_id, place, expected, found, known_at FROM dead_letters", "dead_letter_id",
        descending);

    public static string Drift(bool descending) => List(
        "SELECT drift_id, feed, day, kind, subject, expected, found, file_id, known_at FROM drift", "drift_id", descending);

    public static string Findings(bool descending) => List(
        "SELECT warning_id, feed, day, expectation, place, at_utc, found, least, most, unit, reason, known_at FROM warnings", "warning_id",
        descending);

    public static string Residuals(bool descending) => List(
        "SELECT residual_id, balance, place, feed, day, interval_start_utc, left_value, right_value, allowed, unit, known_at, revision "
        + "FROM balance_rows",
        "residual_id",
        descending);

    public const string GateResults = """
        SELECT day, suite, overall, rows_checked, rows_quarantined, failed, known_at FROM gate_results
        WHERE feed = $1 ORDER BY delivery_id DESC LIMIT $2
        """;

    public static string Files(bool descending) => List(
        $"SELECT {FileColumns}, known_at, outcome, rows_new, rows_changed, rows_identical, rows_duplicate, rows_quarantined "
        + "FROM (SELECT f.*, d.known_at, d.outcome FROM files f JOIN deliveries d ON d.delivery_id = f.delivery_id) AS f",
        "file_id",
        descending);

    public static string Outbox(bool descending) => List(
        "SELECT outbox_id, feed, day, table_name, outcome, known_at, rows_new, rows_changed, rows_quarantined FROM outbox",
        "outbox_id",
        descending);

    public static string Deliveries => List(
        "SELECT delivery_id, feed, day, known_at, outcome, why, is_complete, next_due FROM deliveries", "delivery_id",
        descending: false);

    /// <summary>Files of the deliveries from $1 through $2.</summary>
    public static string FilesOfDeliveries => $"""
        SELECT {FileColumns}, delivery_id FROM files WHERE delivery_id BETWEEN $1 AND $2 ORDER BY delivery_id, file_id
        """;

    public const int FileColumnCount = 13;

    private const string FileColumns = """
        file_id, feed, day, site, path_and_query, file_name, status, request_headers, response_headers, sha256, size_bytes,
        received_at,
        scrubbed_secrets
        """;

    private static string List(string select, string id, bool descending) => $"""
        {select}
        WHERE (CAST($1 AS VARCHAR) IS NULL OR feed = $1) AND (CAST($2 AS DATE) IS NULL OR day >= $2)
          AND (CAST($3 AS DATE) IS NULL OR day <= $3) AND {id} > $4 AND (CAST($5 AS BIGINT) IS NULL OR {id} < $5)
          AND (CAST($6 AS TIMESTAMPTZ) IS NULL OR known_at <= $6)
        ORDER BY {id}{(descending ? " DESC" : "")} LIMIT $7
        """;
}
