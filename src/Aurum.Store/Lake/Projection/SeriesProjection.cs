using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake.Projection;

/// <summary><c>external.timeseries_observation</c>: the latest value of each series, period and issue.</summary>
/// <remarks>The contract partitions by day, of which decades of monthly values would make thousands of files with a row each: here hours
/// are filed by month, days and longer periods by decade (column <c>dt</c>), each by provider. Columns are those of the contract as far as
/// the store has them, with what the feed's ISO contract says; what the provider's catalog says of a series is that of the commit that
/// wrote the row.</remarks>
internal static class SeriesProjection
{
    private static readonly string[] Keys = ["provider", "dt", "dataset", "series_id", "ts", "ts_end", "issue"];

    /// <summary>A day that is short for its clock has 23 hours. r: rows, f: feeds, c: catalog.</summary>
    private const string Columns = """
        f.publisher AS provider,
        CAST(CASE WHEN r.interval_end_utc - r.interval_start_utc < INTERVAL 23 HOUR
          THEN date_trunc('month', r.interval_start_utc AT TIME ZONE 'UTC')
          ELSE date_trunc('decade', r.interval_start_utc AT TIME ZONE 'UTC') END AS DATE) AS dt,
        f.dataset, r.series_id, r.interval_start_utc AS ts, r.interval_end_utc AS ts_end,
        coalesce(strftime(r.issued_at_utc AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ'), '') AS issue, r.issued_at_utc AS issued_at,
        CAST(coalesce(r.issued_at_utc, r.known_at) AT TIME ZONE 'UTC' AS DATE) AS asof_date,
        r.value, r.unit, c.unit_code, c.unit_factor, c.geo_id, c.dataset_code, c.frequency_code, c.status,
        nullif(r.flags, '') AS quality_flag,
        f.iso_code, f.iso_market, f.iso_product, f.iso_timezone, f.iso_interval_minutes, f.iso_unit, f.iso_subject, f.iso_curve_role,
        r.known_at AS ingest_ts, CAST(r.file_id AS VARCHAR) AS source_event_id, r.revision,
        r.revision > 1 AS is_revised, false AS is_gone
        """;

    /// <summary>An entry that two feeds of a provider have is the one that was known last.</summary>
    private const string Catalog = """
        JOIN feeds f ON f.feed_id = r.feed_id
        LEFT JOIN (
          SELECT provider, series_id, unnest(arg_max({
            unit_code: nullif(unit_code, ''), unit_factor: unit_factor, geo_id: nullif(geo_id, ''),
            dataset_code: nullif(dataset_code, ''), frequency_code: nullif(frequency_code, ''), status: nullif(status, '')}, known_at))
          FROM series_catalog_current GROUP BY provider, series_id) c
          ON c.provider = f.publisher AND c.series_id = r.series_id
        """;

    public static readonly LakeProjection Table = new(
        new LakeTableShape(
            new LakeName("external", "timeseries_observation"),
            LakeColumns.Of(
                Keys,
                ("provider", LakeType.String, "who publishes the series"),
                ("dt", LakeType.Date, "what the row is filed under: the month of ts for hours, its decade for days and longer; UTC"),
                ("dataset", LakeType.String, "the provider's dataset: the feed"),
                ("series_id", LakeType.String, "id within the provider"),
                ("ts", LakeType.TimestampTz, "start of what the value is for"),
                ("ts_end", LakeType.TimestampTz, "end of what the value is for"),
                ("issue", LakeType.String, "issued_at as text; empty where the provider replaces values in place"),
                ("issued_at", LakeType.TimestampTz, "when the provider put this issue or vintage out"),
                ("asof_date", LakeType.Date, "day of the issue, else the day that the value was known; UTC"),
                ("value", LakeType.Double, "in unit"),
                ("unit", LakeType.String, "unit as the provider writes it"),
                ("unit_code", LakeType.String, "unit under one name for all providers"),
                ("unit_factor", LakeType.Double, "unit in terms of unit_code"),
                ("geo_id", LakeType.String, "what place it is about"),
                ("dataset_code", LakeType.String, "the provider's code of the dataset"),
                ("frequency_code", LakeType.String, "how often there is a value"),
                ("status", LakeType.String, "whether the series goes on"),
                ("quality_flag", LakeType.String, "what the provider says of the value, in its own codes"),
                ("iso_code", LakeType.String, "ISO, where one publishes it under a contract"),
                ("iso_market", LakeType.String, "its market"),
                ("iso_product", LakeType.String, "its product"),
                ("iso_timezone", LakeType.String, "its time zone"),
                ("iso_interval_minutes", LakeType.Int, "length of its intervals, minutes"),
                ("iso_unit", LakeType.String, "its unit"),
                ("iso_subject", LakeType.String, "its subject"),
                ("iso_curve_role", LakeType.String, "its role in a curve"),
                ("ingest_ts", LakeType.TimestampTz, "when the value was known"),
                ("source_event_id", LakeType.String, "file_id in the store"),
                ("revision", LakeType.Int, "1, and one more for each change")),
            Keys,
            [("provider", Transform.Identity), ("dt", Transform.Day)],
            ["provider", "series_id", "ts", "issue"]),
        ["timeseries_observation"],
        "rows_new + rows_changed > 0",
        $"""
        WITH b AS ({DeliveredRows.Of("timeseries_observation_rows")}),
        n AS (
          SELECT feed_id, series_id, interval_start_utc, interval_end_utc, issued_at_utc, max(revision) AS newest
          FROM b WHERE revision > 1 GROUP BY ALL)
        SELECT {Columns} FROM b r LEFT JOIN n
          ON n.feed_id = r.feed_id AND n.series_id = r.series_id AND n.interval_start_utc = r.interval_start_utc
          AND n.interval_end_utc = r.interval_end_utc AND n.issued_at_utc IS NOT DISTINCT FROM r.issued_at_utc
        {Catalog}
        WHERE n.newest IS NULL OR r.revision = n.newest
        """)
    {
        Whole = $"""
            SELECT {Columns}
            FROM (SELECT o.* EXCLUDE (provider), g.feed_id FROM timeseries_observation_current o JOIN feeds g ON g.feed = o.feed) r
            {Catalog}
            """,
        Inputs = [.. LakeInput.Rows("timeseries_observation"), LakeInput.All("series_catalog_current")],
        Compared = [.. Keys, "value", "unit", "quality_flag", "source_event_id", "ingest_ts", "revision"],
    };
}
