namespace Aurum.Store.Sql;

/// <summary>The dimension of feeds.</summary>
internal static class FeedSql
{
    public const string Ids = "SELECT feed, feed_id FROM feeds";

    public const string Delete = "DELETE FROM feeds WHERE feed_id = $1";

    /// <summary>The facts, in the order in which they are read and written.</summary>
    private static readonly IReadOnlyList<string> Columns =
    [
        "feed", "publisher", "dataset", "title", "table_name", "iso_code", "iso_market", "iso_product", "iso_timezone",
        "iso_interval_minutes", "iso_unit", "iso_subject", "iso_curve_role", "zone", "interval_minutes", "suite", "fact_source",
        "fact_shape", "fact_units", "fact_time", "fact_revisions",
    ];

    /// <summary>Number of the feed, then its facts as text.</summary>
    public static readonly string Facts =
        $"SELECT feed_id, {string.Join(", ", Columns.Select(c => $"CAST({c} AS VARCHAR)"))} FROM feeds";

    /// <summary>Facts are given as text: numbers are read from it.</summary>
    public static readonly string Insert = $"""
        INSERT INTO feeds (feed_id, {string.Join(", ", Columns)})
        VALUES ($1, {string.Join(", ", Columns.Select((c, i) => c.EndsWith("_minutes", StringComparison.Ordinal)
            ? $"CAST(${i + 2} AS INTEGER)" : $"${i + 2}"))})
        """;
}
