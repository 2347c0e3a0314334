using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake.Projection;

/// <summary><c>market.ppa_valuation</c>: numbers of valuations of stored contracts. Rows are only ever added, those of a valuation in one
/// commit.</summary>
/// <remarks>Columns are those of the platform's contract, then whose valuation it is, its id, the number of the row, unit and currency,
/// run of the scenario and version of the contract. It follows valuations in the order in which they were stored, not
/// deliveries.</remarks>
internal static class ValuationProjection
{
    private const int Digits = 18;
    private const int Decimals = 6;

    /// <summary>The view with the numbers as they are stored: engines do not round to decimals alike, so one does it for all.</summary>
    private const string Stored = """
        SELECT r.asof_date, r.ppa_contract_id, r.scenario_id, r.curve_key, m.period_start, m.period_end,
          CASE WHEN m.metric = 'cashflow' THEN m.value END AS cashflow, r.npv, r.irr, m.metric, m.value, r.version_hash,
          r.computed_at AS _ingest_ts, r.tenant_id, r.valuation_id, m.ordinal, m.unit, r.currency, r.run_id, r.contract_version,
          r.output_serial
        FROM ppa_valuation_runs r JOIN ppa_valuation_rows m ON m.tenant_id = r.tenant_id AND m.valuation_id = r.valuation_id
        """;

    private const string Columns = """
        asof_date, ppa_contract_id, scenario_id, curve_key, period_start, period_end, CAST(cashflow AS DECIMAL(18, 6)) AS cashflow,
        CAST(npv AS DECIMAL(18, 6)) AS npv, irr, metric, CAST(value AS DECIMAL(18, 6)) AS value, version_hash, _ingest_ts, tenant_id, valuation_id, ordinal, unit, currency, run_id, contract_version
        """;

    private static readonly string[] Keys = ["ppa_contract_id", "asof_date", "valuation_id", "ordinal"];

    public static readonly LakeProjection Table = new(
        new LakeTableShape(
            new LakeName("market", "ppa_valuation"),
            LakeColumns.Of(
                Keys,
                ("asof_date", LakeType.Date, "day that the curves describe"),
                ("ppa_contract_id", LakeType.String, "contract"),
                ("scenario_id", LakeType.String, "scenario whose prices it has; null: the curves as they are"),
                ("curve_key", LakeType.String, "keys of its curves, with commas"),
                ("period_start", LakeType.Date, "first day that the number is of"),
                ("period_end", LakeType.Date, "last day that the number is of"),
                ("cashflow", LakeType.Decimal(Digits, Decimals), "the number, where it is the money of a month"),
                ("npv", LakeType.Decimal(Digits, Decimals), "net present value of the valuation"),
                ("irr", LakeType.Double, "rate of return a year as a share; null where there is none"),
                ("metric", LakeType.String, "name of the number: npv, cashflow, break_even_price"),
                ("value", LakeType.Decimal(Digits, Decimals), "the number, in unit"),
                ("version_hash", LakeType.String, "SHA-256 of the whole result"),
                ("_ingest_ts", LakeType.TimestampTz, "when it was computed"),
                ("tenant_id", LakeType.String, "whose contract it is"),
                ("valuation_id", LakeType.String, "valuation that came to it"),
                ("ordinal", LakeType.Int, "number among the valuation's rows"),
                ("unit", LakeType.String, "unit of the number"),
                ("currency", LakeType.String, "currency of the valuation"),
                ("run_id", LakeType.String, "run of the scenario"),
                ("contract_version", LakeType.Int, "version of the contract that was valued")),
            Keys,
            [("ppa_contract_id", Transform.Identity), ("asof_date", Transform.Day)],
            ["metric", "period_start"]),
        [],
        "false",
        $"""
        SELECT {Columns}, false AS is_revised, false AS is_gone FROM ppa_valuations
        WHERE output_serial > $1 AND output_serial <= $2
        """)
    {
        Followed = """
            SELECT output_serial AS delivery_id, output_rows AS rows, computed_at AS known_at FROM ppa_valuation_runs
            WHERE output_serial > $1
            """,
        Whole = $"SELECT {Columns}, false AS is_revised, false AS is_gone FROM ppa_valuations",
        Inputs =
        [
            new("ppa_valuations", $"{Stored} WHERE r.output_serial > $1 AND r.output_serial <= $2", Stored),
        ],
        Compared =
            [.. Keys, "tenant_id", "curve_key", "period_start", "metric", "value", "version_hash", "_ingest_ts"],
    };
}
