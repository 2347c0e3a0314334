namespace Aurum.Store.Sql;

/// <summary>Tables, views and statements of power purchase agreements and their valuations. Rows are only ever added.</summary>
internal static class PpaSql
{
    public static readonly IReadOnlyList<string> Tables =
    [
        """
        CREATE TABLE IF NOT EXISTS ppa_contract_versions (
          tenant_id VARCHAR NOT NULL, ppa_contract_id VARCHAR NOT NULL, version INTEGER NOT NULL, instrument_id VARCHAR,
          terms VARCHAR NOT NULL, terms_sha256 VARCHAR NOT NULL, is_deleted BOOLEAN NOT NULL, created_at TIMESTAMPTZ NOT NULL,
          updated_at TIMESTAMPTZ NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS ppa_valuation_runs (
          tenant_id VARCHAR NOT NULL, valuation_id VARCHAR NOT NULL, ppa_contract_id VARCHAR NOT NULL, contract_version INTEGER NOT NULL,
          asof_date DATE NOT NULL, known_at TIMESTAMPTZ NOT NULL, scenario_id VARCHAR, run_id VARCHAR, curve_key VARCHAR NOT NULL,
          currency VARCHAR NOT NULL, npv DOUBLE NOT NULL, irr DOUBLE, input_sha256 VARCHAR NOT NULL, manifest_sha256 VARCHAR NOT NULL,
          version_hash VARCHAR NOT NULL, manifest VARCHAR NOT NULL, document VARCHAR NOT NULL, computed_at TIMESTAMPTZ NOT NULL,
          output_serial BIGINT NOT NULL, output_rows INTEGER NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS ppa_valuation_rows (
          tenant_id VARCHAR NOT NULL, valuation_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL, metric VARCHAR NOT NULL,
          period_start DATE NOT NULL, period_end DATE NOT NULL, value DOUBLE NOT NULL, unit VARCHAR NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS ppa_cashflow_rows (
          tenant_id VARCHAR NOT NULL, valuation_id VARCHAR NOT NULL, delivery_month DATE NOT NULL, volume_mwh DOUBLE NOT NULL,
          market_value DOUBLE NOT NULL, contract_payment DOUBLE NOT NULL, fees DOUBLE NOT NULL, clause_effects DOUBLE NOT NULL,
          net DOUBLE NOT NULL, discount_factor DOUBLE NOT NULL, present_value DOUBLE NOT NULL)
        """,
    ];

    public static readonly IReadOnlyList<string> Views =
    [
        """
        CREATE OR REPLACE VIEW ppa_contracts AS
        SELECT tenant_id, ppa_contract_id, version, instrument_id, terms, terms_sha256, created_at, updated_at FROM (
          SELECT *, row_number() OVER (PARTITION BY tenant_id, ppa_contract_id ORDER BY version DESC) AS place
          FROM ppa_contract_versions) v
        WHERE place = 1 AND NOT is_deleted
        """,
        """
        CREATE OR REPLACE VIEW ppa_valuations AS
        SELECT r.tenant_id, r.asof_date, r.ppa_contract_id, r.contract_version, r.valuation_id, r.scenario_id, r.run_id, r.curve_key,
          m.ordinal, m.period_start, m.period_end,
          CASE WHEN m.metric = 'cashflow' THEN CAST(m.value AS DECIMAL(18, 6)) END AS cashflow,
          CAST(r.npv AS DECIMAL(18, 6)) AS npv, r.irr, m.metric, CAST(m.value AS DECIMAL(18, 6)) AS value, m.unit, r.currency,
          r.known_at, r.input_sha256, r.manifest_sha256, r.version_hash, r.computed_at AS _ingest_ts, r.output_serial
        FROM ppa_valuation_runs r JOIN ppa_valuation_rows m ON m.tenant_id = r.tenant_id AND m.valuation_id = r.valuation_id
        """,
        """
        CREATE OR REPLACE VIEW ppa_cashflows AS
        SELECT c.tenant_id, r.ppa_contract_id, r.contract_version, c.valuation_id, r.asof_date, r.scenario_id, r.run_id, r.currency,
          c.delivery_month, c.volume_mwh, c.market_value, c.contract_payment, c.fees, c.clause_effects, c.net, c.discount_factor,
          c.present_value
        FROM ppa_cashflow_rows c
        JOIN ppa_valuation_runs r ON r.tenant_id = c.tenant_id AND r.valuation_id = c.valuation_id
        """,
    ];

    public static readonly string[] ValuationColumns =
    [
        "tenant_id", "valuation_id", "ppa_contract_id", "contract_version", "asof_date", "known_at", "scenario_id", "run_id", "curve_key",
        "currency", "npv", "irr", "input_sha256", "manifest_sha256", "version_hash", "manifest", "document", "computed_at", "output_serial",
        "output_rows",
    ];

    public static readonly string[] MetricColumns =
        ["tenant_id", "valuation_id", "ordinal", "metric", "period_start", "period_end", "value", "unit"];

    public static readonly string[] CashflowColumns =
    [
        "tenant_id", "valuation_id", "delivery_month", "volume_mwh", "market_value", "contract_payment", "fees", "clause_effects", "net",
        "discount_factor", "present_value",
    ];

    private const string ContractColumns =
        "tenant_id, ppa_contract_id, version, instrument_id, terms, terms_sha256, created_at, updated_at";

    private const string RunColumns = """
        tenant_id, valuation_id, ppa_contract_id, contract_version, asof_date, known_at, scenario_id, run_id, curve_key, currency, npv,
        irr, input_sha256, manifest_sha256, version_hash, manifest, document, computed_at
        """;

    /// <summary>$1 tenant, $2 contract, $3 version, $4 instrument, $5 terms, $6 their hash, $7 deleted, $8 created, $9 updated.</summary>
    public const string InsertVersion = "INSERT INTO ppa_contract_versions VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    /// <summary>$1 tenant, $2 contract.</summary>
    public const string HasContract =
        "SELECT count(*) FROM ppa_contract_versions WHERE tenant_id = $1 AND ppa_contract_id = $2";

    /// <summary>$1 tenant, $2 contract.</summary>
    public const string FindContract = $"SELECT {ContractColumns} FROM ppa_contracts WHERE tenant_id = $1 AND ppa_contract_id = $2";

    /// <summary>$1 tenant, $2 contract; oldest first.</summary>
    public const string Versions = $"""
        SELECT {ContractColumns} FROM ppa_contract_versions
        WHERE tenant_id = $1 AND ppa_contract_id = $2 AND NOT is_deleted ORDER BY version
        """;

    /// <summary>$1 tenant, $2 after this one or null, $3 rows at most.</summary>
    public const string Contracts = $"""
        SELECT {ContractColumns} FROM ppa_contracts
        WHERE tenant_id = $1 AND ppa_contract_id > coalesce($2, '') ORDER BY ppa_contract_id LIMIT $3
        """;

    /// <summary>$1 tenant, $2 valuation.</summary>
    public const string FindRun = $"SELECT {RunColumns} FROM ppa_valuation_runs WHERE tenant_id = $1 AND valuation_id = $2";

    public const string LastSerial = "SELECT coalesce(max(output_serial), 0) FROM ppa_valuation_runs";

    /// <summary>$1 tenant, $2 contract, $3 version, $4 manifest, $5 version hash.</summary>
    public const string FindSame = """
        SELECT valuation_id FROM ppa_valuation_runs
        WHERE tenant_id = $1 AND ppa_contract_id = $2 AND contract_version = $3 AND manifest_sha256 = $4 AND version_hash = $5
        ORDER BY valuation_id LIMIT 1
        """;

    /// <summary>$1 tenant, $2 contract, $3 rows at most; newest first.</summary>
    public const string Runs = $"""
        SELECT {RunColumns} FROM ppa_valuation_runs WHERE tenant_id = $1 AND ppa_contract_id = $2
        ORDER BY valuation_id DESC LIMIT $3
        """;

    /// <summary>$1 tenant, $2 contract, $3 scenario or null, $4 metric or null, $5 and $6 the row before (valuation, ordinal) or null,
    /// $7 rows at most. Newest valuation first, its metrics in their order.</summary>
    public const string Metrics = """
        SELECT valuation_id, ordinal, asof_date, scenario_id, run_id, period_start, period_end, metric, CAST(value AS DOUBLE PRECISION), unit,
          CAST(npv AS DOUBLE PRECISION), irr, curve_key, currency, version_hash, _ingest_ts
        FROM ppa_valuations
        WHERE tenant_id = $1 AND ppa_contract_id = $2 AND (CAST($3 AS VARCHAR) IS NULL OR scenario_id = $3)
          AND (CAST($4 AS VARCHAR) IS NULL OR metric = $4)
          AND (CAST($5 AS VARCHAR) IS NULL OR valuation_id < $5 OR (valuation_id = $5 AND ordinal > CAST($6 AS INTEGER)))
        ORDER BY valuation_id DESC, ordinal LIMIT $7
        """;

    /// <summary>$1 tenant, $2 valuation.</summary>
    public const string Cashflows = """
        SELECT delivery_month, volume_mwh, market_value, contract_payment, fees, clause_effects, net, discount_factor, present_value
        FROM ppa_cashflow_rows WHERE tenant_id = $1 AND valuation_id = $2 ORDER BY delivery_month
        """;
}
