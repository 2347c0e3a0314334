using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake.Projection;

/// <summary>The lake's tables of curves: what was read by branch, what was merged, what was held back, what could not be read.</summary>
/// <remarks>Columns are those of the platform's contract, then cell, vendor and revision of the store. Texts that a workbook has not are
/// null.</remarks>
internal static class CurveProjections
{
    private const string Day = "asof_date";
    private const string ReasonColumn = "quarantine_reason";

    /// <summary>What identifies a quote of a vendor.</summary>
    private static readonly string[] Keys =
        [Day, "vendor", "curve_key", "price_type", "units_raw", "tenor_type", "tenor_label"];

    private static readonly string[] Prices = ["value", "bid", "ask", "mid"];

    private static readonly (string Name, LakeType Type, string Doc)[] Canonical =
    [
        (Day, LakeType.Date, "day that the curve describes"),
        ("source_file", LakeType.String, "workbook"),
        ("sheet_name", LakeType.String, "sheet"),
        ("asset_class", LakeType.String, "power, gas, ..."),
        ("region", LakeType.String, "region"),
        ("iso", LakeType.String, "market operator"),
        ("location", LakeType.String, "place"),
        ("market", LakeType.String, "market"),
        ("product", LakeType.String, "product"),
        ("block", LakeType.String, "hours of delivery"),
        ("spark_location", LakeType.String, "where the gas of a spread is priced"),
        ("price_type", LakeType.String, "MID, ..."),
        ("units_raw", LakeType.String, "unit as the workbook writes it"),
        ("currency", LakeType.String, "currency"),
        ("per_unit", LakeType.String, "unit that the price is per"),
        ("tenor_type", LakeType.String, "MONTHLY, QUARTER, SEASON, CALENDAR, ..."),
        ("contract_month", LakeType.Date, "first day of delivery"),
        ("tenor_label", LakeType.String, "period of delivery"),
        ("value", LakeType.Double, "price in units_raw"),
        ("bid", LakeType.Double, "bid in units_raw"),
        ("ask", LakeType.Double, "ask in units_raw"),
        ("mid", LakeType.Double, "mid in units_raw"),
        ("curve_key", LakeType.String, "SHA-256 of the curve's identity"),
        ("version_hash", LakeType.String, "SHA-256 of file, sheet and day"),
        ("_ingest_ts", LakeType.TimestampTz, "when the quote was known"),
    ];

    private static readonly (string Name, LakeType Type, string Doc)[] Own =
    [
        ("sheet_cell", LakeType.String, "cell"),
        ("vendor", LakeType.String, "whose workbook"),
        ("revision", LakeType.Int, "1, and one more for each change"),
    ];

    private static readonly (string Name, LakeType Type, string Doc) Reason = (ReasonColumn, LakeType.String, "why it is held back");

    private static readonly (string Name, LakeType Type, string Doc) Branch = ("branch", LakeType.String, "branch that it was read for");

    /// <summary><c>raw.curve_landing</c>: everything that was read; each branch of a load is a branch of the table.</summary>
    public static readonly LakeProjection Landing = Of(
        new LakeName("raw", "curve_landing"), "curve_landing", [.. Canonical, Reason, Branch, .. Own], [.. Keys, "branch"], "false")
        with { BranchColumn = "branch" };

    /// <summary><c>market.curve_observation</c>: merged quotes, without those that were withdrawn.</summary>
    public static readonly LakeProjection Observation = Of(
        new LakeName("market", "curve_observation"),
        "curve_observation",
        [.. Canonical, ("lineage_tags", LakeType.String, "where it comes from"), .. Own],
        Keys,
        "coalesce(r.value, r.bid, r.ask, r.mid) IS NULL");

    /// <summary><c>market.curve_observation_quarantine</c>: quotes that are held back, by branch.</summary>
    public static readonly LakeProjection Quarantine = Of(
        new LakeName("market", "curve_observation_quarantine"),
        "curve_landing",
        [.. Canonical, Reason, Branch, .. Own],
        [.. Keys, "branch"],
        "coalesce(r.quarantine_reason, '') = ''");

    private static LakeProjection Of(
        LakeName name, string storeTable, (string Name, LakeType Type, string Doc)[] columns, string[] keys, string gone)
    {
        var storeKeys = keys.Where(k => k != "vendor").ToList();
        var cells = string.Join(", ", columns.Select(c => $"{Cell(c.Name, keys)} AS {Sql.SqlText.Name(c.Name)}"));
        var select = $"SELECT {cells}, r.revision > 1 AS is_revised, {gone} AS is_gone";
        return new LakeProjection(
            new LakeTableShape(
                name, LakeColumns.Of(keys, columns), keys, [(Day, Transform.Day)], [Day, "asset_class", "iso", "tenor_label"]),
            [storeTable],
            "rows_new + rows_changed > 0",
            $"""
            WITH b AS ({DeliveredRows.Of($"{storeTable}_rows")})
            {select} FROM b r JOIN feeds f ON f.feed_id = r.feed_id
            QUALIFY row_number() OVER (
              PARTITION BY r.feed_id, {string.Join(", ", storeKeys.Select(k => "r." + k))} ORDER BY r.revision DESC) = 1
            """)
        {
            Whole = $"{select} FROM {storeTable}_current r JOIN feeds f ON f.feed = r.feed",
            Inputs = LakeInput.Rows(storeTable),
            Compared = [.. keys, .. Prices, "revision", "source_file", "sheet_name"],
        };
    }

    private static string Cell(string column, string[] keys) => column switch
    {
        Day or "contract_month" => $"CAST(nullif(r.{column}, '') AS DATE)",
        "vendor" => "f.publisher",
        "_ingest_ts" => "coalesce(r._ingest_ts, r.known_at)",
        "lineage_tags" => "'source=iceberg.raw.curve_landing;feed=' || f.feed || ';file_id=' || r.file_id",
        "revision" or "value" or "bid" or "ask" or "mid" => $"r.{column}",
        _ => keys.Contains(column) ? $"r.{column}" : $"nullif(r.{column}, '')",
    };
}
