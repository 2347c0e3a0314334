namespace Aurum.Cluster.ClickHouse.Schema;

/// <summary>The tables of how the platform runs: logs, events, queries, deliveries. Each row has the batch that it came with and its index
/// there, so that a batch that is sent again adds nothing.</summary>
internal static class OperationsTables
{
    private const string Stamp = "timestamp";

    public static readonly ClickHouseTable Logs = Of(
        "logs",
        "timestamp:seconds level:name service:name host:name trace_id:text span_id:text message:text fields:fields",
        Stamp,
        ["service", "level"],
        keptDays: 30);

    public static readonly ClickHouseTable Events = Of(
        "events",
        "timestamp:seconds event_type:name source:name severity:name payload:text tenant:name",
        Stamp,
        ["event_type"],
        keptDays: 90);

    public static readonly ClickHouseTable QueryMetrics = Of(
        "query_metrics_raw",
        """
        recorded_at:seconds catalog:name schema:name query_name:name tenant:name status:name wall_time_ms:unsigned queued_time_ms:unsigned
        cpu_time_ms:unsigned bytes_scanned:unsigned rows_read:unsigned rows_written:unsigned spill_bytes:unsigned source:name
        """,
        "recorded_at",
        ["catalog", "query_name", "tenant"],
        keptDays: 180);

    /// <summary>What each batch adds to an hour. A batch is one block, so its sums come out the same when it is sent again.</summary>
    public static readonly ClickHouseTable QueryMetricParts = new(
        "query_metrics_hourly_rows",
        ClickHouseColumn.Parse("""
            hour:seconds catalog:name schema:name tenant:name status:name source:name batch_id:text queries_sum:unsigned
            wall_time_ms_sum:unsigned wall_time_ms_max:unsigned queued_time_ms_sum:unsigned cpu_time_ms_sum:unsigned
            bytes_scanned_sum:unsigned rows_read_sum:unsigned rows_written_sum:unsigned spill_bytes_sum:unsigned
            """),
        ["hour", "catalog", "schema", "tenant", "status", "source", "batch_id"])
    {
        IsOperations = true,
        Partition = PartitionBy.Day,
        PartitionColumn = "hour",
        KeptDays = 365,
    };

    /// <summary>One row a delivery; its number is the batch.</summary>
    public static readonly ClickHouseTable IngestActivity = Of(
        "ingest_activity",
        """
        event_time:seconds pipeline:name dataset:name tenant:name records:unsigned status:name error_code:name latency_ms:unsigned
        metadata:text
        """,
        "event_time",
        ["pipeline", "dataset"],
        keptDays: 120);

    public static readonly IReadOnlyList<ClickHouseTable> All = [Logs, Events, QueryMetrics, QueryMetricParts, IngestActivity];

    public static readonly IReadOnlyList<ClickHouseFeed> Feeds =
    [
        new(
            "query_metrics_hourly_feed",
            QueryMetrics,
            QueryMetricParts,
            static _ => """
                toStartOfHour(recorded_at) AS hour, catalog, schema, tenant, status, source, batch_id, count() AS queries_sum,
                sum(wall_time_ms) AS wall_time_ms_sum, max(wall_time_ms) AS wall_time_ms_max, sum(queued_time_ms) AS queued_time_ms_sum,
                sum(cpu_time_ms) AS cpu_time_ms_sum, sum(bytes_scanned) AS bytes_scanned_sum, sum(rows_read) AS rows_read_sum,
                sum(rows_written) AS rows_written_sum, sum(spill_bytes) AS spill_bytes_sum
                """,
            "hour, catalog, schema, tenant, status, source, batch_id"),
    ];

    public static readonly IReadOnlyList<ClickHouseView> Views =
    [
        new("query_metrics_hourly", true, static (_, at) => $"""
            SELECT hour, catalog, schema, tenant, status, source, sum(queries_sum) AS queries, sum(wall_time_ms_sum) AS wall_time_ms,
                max(wall_time_ms_max) AS max_wall_time_ms, sum(queued_time_ms_sum) AS queued_time_ms,
                sum(cpu_time_ms_sum) AS cpu_time_ms, sum(bytes_scanned_sum) AS bytes_scanned, sum(rows_read_sum) AS rows_read,
                sum(rows_written_sum) AS rows_written, sum(spill_bytes_sum) AS spill_bytes
            FROM {at("query_metrics_hourly_rows")} FINAL
            GROUP BY hour, catalog, schema, tenant, status, source
            """),
    ];

    private static ClickHouseTable Of(string name, string columns, string time, string[] key, int keptDays) => new(
        name,
        ClickHouseColumn.Parse(columns + " batch_id:text row_index:small"),
        [time, .. key, "batch_id", "row_index"])
    {
        IsOperations = true,
        Partition = PartitionBy.Day,
        PartitionColumn = time,
        KeptDays = keptDays,
    };
}
