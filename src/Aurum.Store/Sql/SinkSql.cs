namespace Aurum.Store.Sql;

/// <summary>How far sinks have followed the outbox, and what one delivery brought.</summary>
internal static class SinkSql
{
    public static readonly IReadOnlyList<string> Tables =
    [
        """
        CREATE TABLE IF NOT EXISTS sink_cursors (
          sink VARCHAR NOT NULL, delivery_id BIGINT NOT NULL, updated_at TIMESTAMPTZ NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS follow_positions (
          follower VARCHAR NOT NULL, position BIGINT NOT NULL, updated_at TIMESTAMPTZ NOT NULL)
        """,
    ];

    public const string FindPosition = "SELECT position FROM follow_positions WHERE follower = $1";

    public const string DeletePosition = "DELETE FROM follow_positions WHERE follower = $1";

    public const string InsertPosition = "INSERT INTO follow_positions (follower, position, updated_at) VALUES ($1, $2, $3)";

    public const string All = "SELECT sink, delivery_id, updated_at FROM sink_cursors ORDER BY sink";

    public const string Find = "SELECT delivery_id FROM sink_cursors WHERE sink = $1";

    public const string Delete = "DELETE FROM sink_cursors WHERE sink = $1";

    public const string Insert = "INSERT INTO sink_cursors (sink, delivery_id, updated_at) VALUES ($1, $2, $3)";

    /// <summary>Deliveries after $1, and when the first of them was known.</summary>
    public const string Lag = "SELECT count(*), min(known_at) FROM deliveries WHERE delivery_id > $1";

    /// <summary>Rows that a delivery brought, as a condition on <c>t</c>: those of its files. $1 delivery.</summary>
    public const string OfDelivery = """
        t.file_id IN (SELECT file_id FROM files WHERE delivery_id = $1)
          AND t.file_id BETWEEN (SELECT min(file_id) FROM files WHERE delivery_id = $1)
          AND (SELECT max(file_id) FROM files WHERE delivery_id = $1)
        """;

    public const string QuarantineOf = """
        SELECT quarantine_id, table_name, feed, day, row_json, expectation, reason, file_id, line, known_at FROM quarantine
        WHERE delivery_id = $1 ORDER BY quarantine_id
        """;

    public const string WhyOf = "SELECT why FROM deliveries WHERE delivery_id = $1";

    public const string GateOf = """
        SELECT day, suite, overall, rows_checked, rows_quarantined, failed, known_at FROM gate_results
        WHERE feed = $1 AND delivery_id = $2
        """;

    public const string DeadLettersOf = """
        SELECT dead_letter_id, feed, day, file_id, place, expected, found, known_at FROM dead_letters
        WHERE delivery_id = $1 ORDER BY dead_letter_id
        """;
}
