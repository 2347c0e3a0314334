using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake.Projection;

/// <summary><c>market.scenario_output</c>: what runs of scenarios came to. Rows are only ever added, those of a run in one
/// commit.</summary>
/// <remarks>Columns are those of the platform's contract, then number of the row, unit, price of the curve as it was, its name, and
/// version of the scenario. It follows runs in the order in which they succeeded, not deliveries.</remarks>
internal static class ScenarioProjection
{
    private const string Columns = """
        asof_date, scenario_id, tenant_id, run_id, curve_key, tenor_type, contract_month, tenor_label, metric, value, band_lower,
        band_upper, attribution, version_hash, computed_ts, computed_ts AS _ingest_ts, ordinal, unit, base, curve_name, scenario_version
        """;

    private static readonly string[] Keys = ["scenario_id", "metric", "asof_date", "run_id", "ordinal"];

    public static readonly LakeProjection Table = new(
        new LakeTableShape(
            new LakeName("market", "scenario_output"),
            LakeColumns.Of(
                Keys,
                ("asof_date", LakeType.Date, "day that the curve describes"),
                ("scenario_id", LakeType.String, "scenario"),
                ("tenant_id", LakeType.String, "whose scenario it is"),
                ("run_id", LakeType.String, "run that came to it"),
                ("curve_key", LakeType.String, "SHA-256 of the curve's identity"),
                ("tenor_type", LakeType.String, "MONTHLY, QUARTER, SEASON, CALENDAR"),
                ("contract_month", LakeType.Date, "first day of delivery"),
                ("tenor_label", LakeType.String, "period of delivery"),
                ("metric", LakeType.String, "mid, ensemble_median"),
                ("value", LakeType.Double, "price under the scenario, in unit"),
                ("band_lower", LakeType.Double, "lower end of the band"),
                ("band_upper", LakeType.Double, "upper end of the band"),
                ("attribution", LakeType.String, "JSON list of components and deltas: base plus all of them is the value"),
                ("version_hash", LakeType.String, "hash of input, curve, tenor, metric and value"),
                ("computed_ts", LakeType.TimestampTz, "when the run succeeded"),
                ("_ingest_ts", LakeType.TimestampTz, "the same"),
                ("ordinal", LakeType.Int, "number among the run's rows"),
                ("unit", LakeType.String, "unit of the prices"),
                ("base", LakeType.Double, "price of the curve as it was"),
                ("curve_name", LakeType.String, "the curve, for people"),
                ("scenario_version", LakeType.Int, "version of the scenario that was run")),
            Keys,
            [("scenario_id", Transform.Identity), ("metric", Transform.Identity), ("asof_date", Transform.Day)],
            ["curve_key", "tenor_type", "contract_month"]),
        [],
        "false",
        $"""
        SELECT {Columns}, false AS is_revised, false AS is_gone FROM scenario_outputs
        WHERE output_serial > $1 AND output_serial <= $2
        """)
    {
        Followed = """
            SELECT output_serial AS delivery_id, output_rows AS rows, completed_at AS known_at FROM scenario_run_rows
            WHERE output_serial > $1
            """,
        Whole = $"SELECT {Columns}, false AS is_revised, false AS is_gone FROM scenario_outputs",
        Inputs =
        [
            new("scenario_outputs", "SELECT * FROM scenario_outputs WHERE output_serial > $1 AND output_serial <= $2",
                "SELECT * FROM scenario_outputs"),
        ],
        Compared =
        [
            .. Keys, "tenant_id", "curve_key", "tenor_label", "value", "band_lower", "band_upper", "attribution", "version_hash",
            "computed_ts",
        ],
    };
}
