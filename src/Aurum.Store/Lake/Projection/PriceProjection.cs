using Aurum.Store.Lake.Metadata;

namespace Aurum.Store.Lake.Projection;

/// <summary><c>market.iso_lmp</c>: the latest price of each place and interval, in daily partitions.</summary>
/// <remarks>Columns are those of the contract <c>external.iso_lmp</c> as far as the store has them, with the greenhouse-gas component
/// and the number of the revision. Times are instants. Names of places are those of the commit that wrote the row.</remarks>
internal static class PriceProjection
{
    private static readonly string[] Keys =
        ["dt", "iso", "dataset", "location_id", "location_type", "interval_start", "interval_end"];

    /// <summary>The lake's columns; r: rows, f: feeds, l: places, t: days.</summary>
    private const string Columns = """
        lower(f.iso_code) AS iso, f.dataset, t.dt, f.iso_code,
        f.iso_market AS market, t.dt AS delivery_date,
        r.interval_start_utc AS interval_start, r.interval_end_utc AS interval_end,
        CAST((epoch_us(r.interval_end_utc) - epoch_us(r.interval_start_utc)) // 60000000 AS INTEGER) AS interval_minutes,
        r.location_id, coalesce(l.name, r.location_id) AS location_name, r.location_type, l.zone, l.hub, f.iso_timezone AS timezone,
        r.lmp AS price_total, r.energy AS price_energy, r.congestion AS price_congestion, r.loss AS price_loss, r.ghg AS price_ghg,
        coalesce(nullif(split_part(f.iso_unit, '/', 1), ''), 'USD') AS currency,
        coalesce(nullif(split_part(f.iso_unit, '/', 2), ''), 'MWh') AS uom, r.location_id AS settlement_point,
        CAST(r.file_id AS VARCHAR) AS source_run_id,
        r.known_at AS ingest_ts, r.revision, r.revision > 1 AS is_revised, false AS is_gone
        """;

    private const string Places = """
        JOIN feeds f ON f.feed_id = r.feed_id
        LEFT JOIN locations_current l
          ON l.iso_code = f.iso_code AND l.location_id = r.location_id AND l.location_type = r.location_type
        """;

    public static readonly LakeProjection Table = new(
        new LakeTableShape(
            new LakeName("market", "iso_lmp"),
            LakeColumns.Of(
                Keys,
                ("iso", LakeType.String, "ISO in small letters"),
                ("dataset", LakeType.String, "the publisher's dataset"),
                ("dt", LakeType.Date, "day of delivery in the ISO's time zone: the partition"),
                ("iso_code", LakeType.String, "ISO"),
                ("market", LakeType.String, "DAY_AHEAD, REAL_TIME, FIFTEEN_MINUTE, HOUR_AHEAD"),
                ("delivery_date", LakeType.Date, "day of delivery in the ISO's time zone"),
                ("interval_start", LakeType.TimestampTz, "start of delivery"),
                ("interval_end", LakeType.TimestampTz, "end of delivery"),
                ("interval_minutes", LakeType.Int, "length of delivery, minutes"),
                ("location_id", LakeType.String, "the publisher's name of the place"),
                ("location_name", LakeType.String, "name of the place"),
                ("location_type", LakeType.String, "NODE, ZONE, HUB, ..."),
                ("zone", LakeType.String, "zone that the place lies in"),
                ("hub", LakeType.String, "hub that the place belongs to"),
                ("timezone", LakeType.String, "the ISO's time zone"),
                ("price_total", LakeType.Double, "locational marginal price, in currency per uom"),
                ("price_energy", LakeType.Double, "energy component"),
                ("price_congestion", LakeType.Double, "congestion component"),
                ("price_loss", LakeType.Double, "loss component"),
                ("price_ghg", LakeType.Double, "greenhouse-gas component"),
                ("currency", LakeType.String, "USD or CAD"),
                ("uom", LakeType.String, "MWh"),
                ("settlement_point", LakeType.String, "the publisher's name of the place"),
                ("source_run_id", LakeType.String, "file_id in the store"),
                ("ingest_ts", LakeType.TimestampTz, "when the price was known"),
                ("revision", LakeType.Int, "1, and one more for each change")),
            Keys,
            [("dt", Transform.Day)],
            ["iso", "dataset", "location_id", "interval_start"]),
        ["iso_lmp"],
        "rows_new + rows_changed > 0",
        $"""
        WITH b AS ({DeliveredRows.Of("iso_lmp_rows")}),
        n AS (
          SELECT feed_id, location_id, location_type, interval_start_utc, interval_end_utc, max(revision) AS newest
          FROM b WHERE revision > 1 GROUP BY ALL)
        SELECT {Columns} FROM b r LEFT JOIN n
          ON n.feed_id = r.feed_id AND n.location_id = r.location_id AND n.location_type = r.location_type
          AND n.interval_start_utc = r.interval_start_utc AND n.interval_end_utc = r.interval_end_utc
        {Places} {Days("b")}
        WHERE n.newest IS NULL OR r.revision = n.newest
        """)
    {
        Whole = $"""
            SELECT {Columns} FROM (SELECT c.* EXCLUDE (iso_code), g.feed_id FROM iso_lmp_current c JOIN feeds g ON g.feed = c.feed) r
            {Places} {Days("iso_lmp_rows")}
            """,
        Inputs =
        [
            .. LakeInput.Rows("iso_lmp"), LakeInput.All("locations_current"),
            new("iso_lmp_rows", null, "SELECT DISTINCT feed_id, interval_start_utc FROM iso_lmp_rows"),
        ],
        Compared =
        [
            .. Keys, "price_total", "price_energy", "price_congestion", "price_loss", "price_ghg", "source_run_id", "ingest_ts",
            "revision",
        ],
    };
    /// <summary>Days of delivery, worked out once for each start of an interval: a conversion of time zones costs more than the rest of
    /// a row.</summary>
    private static string Days(string rows) => $"""
        JOIN (
          SELECT d.feed_id, d.interval_start_utc, CAST(d.interval_start_utc AT TIME ZONE z.iso_timezone AS DATE) AS dt
          FROM (SELECT DISTINCT feed_id, interval_start_utc FROM {rows}) d JOIN feeds z ON z.feed_id = d.feed_id) t
          ON t.feed_id = r.feed_id AND t.interval_start_utc = r.interval_start_utc
        """;
}
