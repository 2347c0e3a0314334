using System.Globalization;

namespace Aurum.Cluster.Postgres;

/// <summary>A hypertable of TimescaleDB and its policies.</summary>
/// <param name="Name">Table.</param>
/// <param name="Time">Its column of time: an instant or a date.</param>
/// <param name="ChunkDays">Days of a chunk.</param>
/// <param name="CompressDays">Days after which a chunk is compressed.</param>
/// <param name="KeepDays">Days after which it is dropped.</param>
/// <param name="Segment">Columns that compressed rows are grouped by.</param>
internal sealed record TimescaleTable(string Name, string Time, int ChunkDays, int CompressDays, int KeepDays, string Segment)
{
    public IEnumerable<string> Statements =>
    [
        $"SELECT create_hypertable('{Name}', '{Time}', chunk_time_interval => {Days(ChunkDays)}, if_not_exists => TRUE, "
            + "migrate_data => TRUE)",
        $"ALTER TABLE {Name} SET (timescaledb.compress, timescaledb.compress_segmentby = '{Segment}', "
            + $"timescaledb.compress_orderby = '{Time} DESC')",
        $"SELECT add_compression_policy('{Name}', {Days(CompressDays)}, if_not_exists => TRUE)",
        $"SELECT add_retention_policy('{Name}', {Days(KeepDays)}, if_not_exists => TRUE)",
    ];

    /// <summary>An interval in SQL.</summary>
    public static string Days(int days) => string.Create(CultureInfo.InvariantCulture, $"INTERVAL '{days} days'");
}

/// <summary>A continuous aggregate of TimescaleDB and its policy.</summary>
/// <param name="Name">View.</param>
/// <param name="Table">Hypertable that it is of.</param>
/// <param name="Time">The table's column of time.</param>
/// <param name="Group">Columns that rows are grouped by beside the bucket.</param>
/// <param name="Measures">What is computed of each group.</param>
/// <param name="Bucket">Length of a bucket: <c>5 minutes</c>.</param>
/// <param name="Days">Days back that a refresh looks at.</param>
/// <param name="Every">How often it is refreshed.</param>
internal sealed record TimescaleAggregate(
    string Name, string Table, string Time, string Group, string Measures, string Bucket, int Days, string Every)
{
    /// <summary>Days after which buckets are dropped; null: never.</summary>
    public int? KeepDays { get; init; }

    public IEnumerable<string> Statements =>
    [
        $"""
        CREATE MATERIALIZED VIEW IF NOT EXISTS {Name} WITH (timescaledb.continuous) AS
        SELECT time_bucket(INTERVAL '{Bucket}', {Time}) AS bucket, {Group}, {Measures}, count(*) AS sample_count
        FROM {Table} GROUP BY bucket, {Group} WITH NO DATA
        """,
        $"SELECT add_continuous_aggregate_policy('{Name}', start_offset => {TimescaleTable.Days(Days)}, "
            + $"end_offset => INTERVAL '{Bucket}', schedule_interval => INTERVAL '{Every}', if_not_exists => TRUE)",
        .. KeepDays is { } keep
            ? (string[])[$"SELECT add_retention_policy('{Name}', {TimescaleTable.Days(keep)}, if_not_exists => TRUE)"]
            : [],
    ];

    /// <summary>Mean, least, largest and spread of a column.</summary>
    /// <param name="value">Column.</param>
    /// <param name="measure">What names of the results begin with.</param>
    public static string Spread(string value, string measure) =>
        $"{Range(value, measure)}, stddev_pop({value}) AS {measure}_stddev";

    /// <summary>Mean, least and largest of a column.</summary>
    public static string Range(string value, string measure) =>
        $"avg({value}) AS {measure}_avg, min({value}) AS {measure}_min, max({value}) AS {measure}_max";
}
