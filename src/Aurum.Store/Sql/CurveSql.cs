namespace Aurum.Store.Sql;

/// <summary>Statements about branches and loads of curves.</summary>
internal static class CurveSql
{
    /// <summary>$1 branch, $2 as-of date, $3 open, $4 instant.</summary>
    public const string OpenBranch = """
        INSERT INTO curve_branches (branch, asof_date, state, opened_at, merged_at, tag, why)
        SELECT $1, CAST($2 AS DATE), $3, CAST($4 AS TIMESTAMPTZ), NULL, '', ''
        WHERE NOT EXISTS (SELECT 1 FROM curve_branches WHERE branch = $1 AND state = $3)
        """;

    /// <summary>$1 state, $2 tag, $3 why, $4 merged at, $5 branch.</summary>
    public const string SetBranch = """
        UPDATE curve_branches SET state = $1, tag = $2, why = $3, merged_at = $4 WHERE branch = $5 AND state = 'open'
        """;

    public const string InsertLoad = """
        INSERT INTO curve_loads (load_id, branch, vendor, file, sha256, asof_date, state, tag, rows_read, rows_new, rows_changed,
          rows_identical, rows_withdrawn, quarantined, gate, gate_results, why, messages, loaded_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
        """;

    /// <summary>$1 state, $2 tag, $3 branch, $4 vendor, $5 state before.</summary>
    public const string MoveLoads = """
        UPDATE curve_loads SET state = $1, tag = $2 WHERE branch = $3 AND vendor = $4 AND state = $5
        """;

    /// <summary>$1 state, $2 tag, $3 new, $4 changed, $5 identical, $6 withdrawn, $7 load.</summary>
    public const string SetLoad = """
        UPDATE curve_loads SET state = $1, tag = $2, rows_new = $3, rows_changed = $4, rows_identical = $5, rows_withdrawn = $6
        WHERE load_id = $7
        """;

    public const string Branches = """
        SELECT branch, asof_date, state, opened_at, merged_at, tag, why FROM curve_branches ORDER BY opened_at, branch
        """;

    public const string Loads = """
        SELECT load_id, branch, vendor, file, sha256, asof_date, state, tag, rows_read, rows_new, rows_changed, rows_identical,
          rows_withdrawn, quarantined, gate, gate_results, why, messages, loaded_at
        FROM curve_loads WHERE CAST($1 AS VARCHAR) IS NULL OR branch = $1 ORDER BY load_id
        """;

    public const string LastLoad = "SELECT coalesce(max(load_id), 0) FROM curve_loads";

    /// <summary>The newest days before $2 of which a feed $1 has merged rows, $3 of them; 1 is data.</summary>
    public const string DaysBefore = """
        SELECT DISTINCT day FROM deliveries WHERE feed = $1 AND day < $2 AND outcome = 1 AND rows_new + rows_changed > 0
        ORDER BY day DESC LIMIT $3
        """;
}
