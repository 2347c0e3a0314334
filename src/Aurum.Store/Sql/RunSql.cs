namespace Aurum.Store.Sql;

/// <summary>Tables, views and statements of runs of scenarios and of what came of them.</summary>
internal static class RunSql
{
    public static readonly IReadOnlyList<string> Tables =
    [
        """
        CREATE TABLE IF NOT EXISTS scenario_run_rows (
          run_id VARCHAR NOT NULL, tenant_id VARCHAR NOT NULL, scenario_id VARCHAR NOT NULL, scenario_version INTEGER NOT NULL,
          state VARCHAR NOT NULL, priority VARCHAR NOT NULL, input_hash VARCHAR NOT NULL, inputs VARCHAR NOT NULL,
          idempotency_key VARCHAR, options VARCHAR NOT NULL, timeout_minutes INTEGER NOT NULL, max_memory_mib INTEGER NOT NULL,
          max_retries INTEGER NOT NULL, max_attempts INTEGER NOT NULL, retry_count INTEGER NOT NULL, not_before TIMESTAMPTZ,
          error VARCHAR, manifest VARCHAR, output_hash VARCHAR, explanation VARCHAR NOT NULL, output_rows INTEGER NOT NULL,
          output_serial BIGINT, created_at TIMESTAMPTZ NOT NULL, queued_at TIMESTAMPTZ NOT NULL, started_at TIMESTAMPTZ,
          completed_at TIMESTAMPTZ)
        """,
        """
        CREATE TABLE IF NOT EXISTS scenario_output_rows (
          run_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL, curve_key VARCHAR NOT NULL, curve_name VARCHAR NOT NULL,
          asof_date DATE NOT NULL, tenor_type VARCHAR NOT NULL, contract_month DATE NOT NULL, tenor_label VARCHAR NOT NULL,
          metric VARCHAR NOT NULL, unit VARCHAR NOT NULL, base DOUBLE NOT NULL, value DOUBLE NOT NULL, band_lower DOUBLE NOT NULL,
          band_upper DOUBLE NOT NULL, attribution VARCHAR NOT NULL, version_hash VARCHAR NOT NULL)
        """,
    ];

    public static readonly IReadOnlyList<string> Views =
    [
        """
        CREATE OR REPLACE VIEW scenario_runs AS
        SELECT tenant_id, scenario_id, scenario_version, run_id, state, priority, retry_count, max_retries, error, output_rows,
          created_at, queued_at, started_at, completed_at,
          CAST(extract(epoch FROM (completed_at - started_at)) AS DOUBLE PRECISION) AS duration_seconds, not_before, timeout_minutes, max_memory_mib,
          idempotency_key, scenario_id || ':' || input_hash AS run_key, input_hash, output_hash, manifest, options, inputs
        FROM scenario_run_rows
        """,
        """
        CREATE OR REPLACE VIEW scenario_outputs AS
        SELECT r.tenant_id, r.scenario_id, r.scenario_version, o.run_id, o.ordinal, o.asof_date, o.curve_key, o.curve_name,
          o.tenor_type, o.contract_month, o.tenor_label, o.metric, o.unit, o.base, o.value, o.band_lower, o.band_upper, o.attribution,
          o.version_hash, r.completed_at AS computed_ts, r.output_serial
        FROM scenario_output_rows o JOIN scenario_run_rows r ON r.run_id = o.run_id
        """,
        """
        CREATE OR REPLACE VIEW scenario_outputs_latest AS
        SELECT tenant_id, scenario_id, scenario_version, run_id, ordinal, asof_date, curve_key, curve_name, tenor_type, contract_month,
          tenor_label, metric, unit, base, value, band_lower, band_upper, attribution, version_hash, computed_ts, output_serial
        FROM (
          SELECT *, row_number() OVER (
            PARTITION BY tenant_id, scenario_id, curve_key, metric, tenor_label
            ORDER BY asof_date DESC, computed_ts DESC NULLS LAST, output_serial DESC NULLS LAST) AS place
          FROM scenario_outputs) o
        WHERE place = 1
        """,
    ];

    public static readonly string[] OutputColumns =
    [
        "run_id", "ordinal", "curve_key", "curve_name", "asof_date", "tenor_type", "contract_month", "tenor_label", "metric", "unit",
        "base", "value", "band_lower", "band_upper", "attribution", "version_hash",
    ];

    private const string Columns = """
        run_id, tenant_id, scenario_id, scenario_version, state, priority, input_hash, inputs, idempotency_key, options, timeout_minutes,
        max_memory_mib, max_retries, retry_count, not_before, error, manifest, output_hash, explanation, output_rows, created_at,
        queued_at, started_at, completed_at
        """;

    /// <summary>Whoever opens the store is alone: what ran ran in a process that is gone. That was an attempt, and one that was the last
    /// is not tried again. $1 now.</summary>
    public const string Requeue = """
        UPDATE scenario_run_rows
        SET state = CASE WHEN retry_count + 1 >= max_attempts THEN 'failed' ELSE 'queued' END, retry_count = retry_count + 1,
          error = 'the process that ran it ended', not_before = NULL, queued_at = CAST($1 AS TIMESTAMPTZ),
          completed_at = CASE WHEN retry_count + 1 >= max_attempts THEN CAST($1 AS TIMESTAMPTZ) END
        WHERE state = 'running'
        """;

    /// <summary>$1 run, $2 tenant, $3 scenario, $4 version, $5 priority, $6 input hash, $7 inputs, $8 idempotency key, $9 options, $10
    /// minutes, $11 MiB, $12 retries, $13 attempts, $14 now.</summary>
    public const string Insert = """
        INSERT INTO scenario_run_rows (run_id, tenant_id, scenario_id, scenario_version, state, priority, input_hash, inputs,
          idempotency_key, options, timeout_minutes, max_memory_mib, max_retries, max_attempts, retry_count, explanation, output_rows,
          created_at, queued_at)
        VALUES ($1, $2, $3, $4, 'queued', $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, '', 0, $14, $14)
        """;

    /// <summary>$1 run.</summary>
    public const string Has = "SELECT count(*) FROM scenario_run_rows WHERE run_id = $1";

    /// <summary>$1 tenant, $2 run.</summary>
    public const string Find = $"SELECT {Columns} FROM scenario_run_rows WHERE tenant_id = $1 AND run_id = $2";

    /// <summary>$1 tenant, $2 key.</summary>
    public const string FindKey = $"SELECT {Columns} FROM scenario_run_rows WHERE tenant_id = $1 AND idempotency_key = $2";

    /// <summary>$1 tenant, $2 scenario, $3 input hash: a run that has outputs or may come to them.</summary>
    public const string FindSame = $"""
        SELECT {Columns} FROM scenario_run_rows
        WHERE tenant_id = $1 AND scenario_id = $2 AND input_hash = $3 AND state IN ('queued', 'running', 'succeeded')
        ORDER BY run_id LIMIT 1
        """;

    /// <summary>$1 tenant, $2 scenario, $3 state, $4 created from, $5 created before, $6 after, each null for any, $7 rows at most. Newest
    /// first.</summary>
    public const string List = $"""
        SELECT {Columns} FROM scenario_run_rows
        WHERE tenant_id = $1 AND (CAST($2 AS VARCHAR) IS NULL OR scenario_id = $2) AND (CAST($3 AS VARCHAR) IS NULL OR state = $3)
          AND (CAST($4 AS TIMESTAMPTZ) IS NULL OR created_at >= $4) AND (CAST($5 AS TIMESTAMPTZ) IS NULL OR created_at < $5)
          AND (CAST($6 AS VARCHAR) IS NULL OR run_id < $6)
        ORDER BY run_id DESC LIMIT $7
        """;

    /// <summary>$1 tenant, $2 scenario, $3 instant.</summary>
    public const string Latest = $"""
        SELECT {Columns} FROM scenario_run_rows
        WHERE tenant_id = $1 AND scenario_id = $2 AND state = 'succeeded' AND completed_at <= $3
        ORDER BY output_serial DESC LIMIT 1
        """;

    public const string Waiting = $"SELECT {Columns} FROM scenario_run_rows WHERE state = 'queued' ORDER BY queued_at, run_id";

    public const string Running = $"SELECT {Columns} FROM scenario_run_rows WHERE state = 'running' ORDER BY started_at, run_id";

    public const string CountWaiting = "SELECT count(*) FROM scenario_run_rows WHERE state = 'queued'";

    public const string Counts = "SELECT state, count(*) FROM scenario_run_rows GROUP BY state";

    /// <summary>$1 run, $2 now.</summary>
    public const string Start = """
        UPDATE scenario_run_rows SET state = 'running', started_at = $2, not_before = NULL, error = NULL
        WHERE run_id = $1 AND state = 'queued'
        """;

    /// <summary>$1 run, $2 now, $3 error, $4 not before, $5 attempts that count.</summary>
    public const string RequeueOne = """
        UPDATE scenario_run_rows
        SET state = 'queued', queued_at = $2, error = $3, not_before = $4, retry_count = retry_count + $5
        WHERE run_id = $1 AND state = 'running'
        """;

    /// <summary>$1 run, $2 now, $3 state, $4 error.</summary>
    public const string End = """
        UPDATE scenario_run_rows SET state = $3, error = $4, completed_at = $2, not_before = NULL
        WHERE run_id = $1 AND state IN ('queued', 'running')
        """;

    /// <summary>$1 run, $2 now, $3 manifest, $4 hash, $5 explanation, $6 rows. The serial is the order of successes: followers of outputs
    /// count by it.</summary>
    public const string Succeed = """
        UPDATE scenario_run_rows
        SET state = 'succeeded', completed_at = $2, manifest = $3, output_hash = $4, explanation = $5, output_rows = $6, error = NULL,
          output_serial = (SELECT coalesce(max(output_serial), 0) + 1 FROM scenario_run_rows)
        WHERE run_id = $1 AND state = 'running'
        """;

    /// <summary>$1 run, $2 metric, $3 tenor type, $4 curve, each null for any, $5 after, $6 rows at most.</summary>
    public const string Outputs = """
        SELECT ordinal, curve_key, curve_name, asof_date, tenor_type, contract_month, tenor_label, metric, unit, base, value, band_lower,
          band_upper, attribution, version_hash
        FROM scenario_output_rows
        WHERE run_id = $1 AND (CAST($2 AS VARCHAR) IS NULL OR metric = $2) AND (CAST($3 AS VARCHAR) IS NULL OR tenor_type = $3)
          AND (CAST($4 AS VARCHAR) IS NULL OR curve_key = $4) AND ordinal > $5
        ORDER BY ordinal LIMIT $6
        """;
}
