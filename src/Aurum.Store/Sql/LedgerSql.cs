namespace Aurum.Store.Sql;

/// <summary>Questions to the ledger. $1 feed, $2 first day, $3 last day; null leaves a filter out.</summary>
internal static class LedgerSql
{
    public const string Entries = """
        SELECT feed, day, outcome, why, is_complete, last_outcome, last_why, attempts, first_tried_at, last_tried_at,
        rows_stored, next_due
        FROM ledger
        WHERE (CAST($1 AS VARCHAR) IS NULL OR feed = $1) AND (CAST($2 AS DATE) IS NULL OR day >= $2)
          AND (CAST($3 AS DATE) IS NULL OR day <= $3)
        ORDER BY feed, day
        """;

    /// <summary>One entry. $1 feed, $2 day.</summary>
    public const string Entry = """
        SELECT feed, day, outcome, why, is_complete, last_outcome, last_why, attempts, first_tried_at, last_tried_at,
        rows_stored, next_due
        FROM ledger WHERE feed = $1 AND day = $2
        """;

    /// <summary>The entries of each feed's latest days. $1 feed, or null for all.</summary>
    public const string Latest = """
        SELECT l.feed, l.day, l.outcome, l.why, l.is_complete, l.last_outcome, l.last_why, l.attempts, l.first_tried_at, l.last_tried_at,
        l.rows_stored, l.next_due
        FROM ledger l JOIN (
          SELECT feed, max(day) - 9 AS since FROM ledger WHERE (CAST($1 AS VARCHAR) IS NULL OR feed = $1) GROUP BY feed) m
        ON m.feed = l.feed AND l.day >= m.since
        """;

    public const string History = """
        SELECT feed, day, attempt, tried_at, outcome, why, is_complete, rows_new, rows_changed, rows_identical, rows_duplicate,
          rows_quarantined
        FROM ledger_history WHERE feed = $1 AND day = $2 ORDER BY attempt
        """;

    /// <summary>$1 feed, $2 first day, $3 last day, $4 the first instant that counts.</summary>
    public const string Tries = """
        SELECT day, count(*), max(known_at) FROM deliveries
        WHERE feed = $1 AND day BETWEEN $2 AND $3 AND known_at >= $4 GROUP BY day
        """;

    public const string Watermarks = """
        SELECT feed, first_day, through_day FROM watermarks WHERE (CAST($1 AS VARCHAR) IS NULL OR feed = $1) ORDER BY feed
        """;

    /// <summary>First and last tried day of each feed.</summary>
    public const string Spans = """
        SELECT feed, min(day), max(day) FROM ledger WHERE (CAST($1 AS VARCHAR) IS NULL OR feed = $1) GROUP BY feed ORDER BY feed
        """;
}
