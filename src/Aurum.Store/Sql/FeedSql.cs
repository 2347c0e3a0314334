namespace Aurum.Store.Sql;

/// <summary>The dimension of feeds.</summary>
internal static class FeedSql
{
    public const string Ids = "SELECT feed, feed_id FROM feeds";

    public const string Delete = "DELETE FROM feeds WHERE feed_id = $1";

    public const string Insert = """
        INSERT INTO feeds (feed_id, feed, publisher, dataset, title, table_name, iso_code, iso_market, iso_product, iso_timezone,
          iso_interval_minutes, iso_unit, iso_subject, iso_curve_role, zone, interval_minutes, suite, fact_source, fact_shape,
          fact_units,
          fact_time, fact_revisions)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
        """;
}
