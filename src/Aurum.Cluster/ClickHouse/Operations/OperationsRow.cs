using System.Text;
using Aurum.Cluster.ClickHouse.Schema;
using Aurum.Cluster.ClickHouse.Wire;

namespace Aurum.Cluster.ClickHouse.Operations;

/// <summary>A line of how the platform runs: a log, an event, a query.</summary>
public abstract record OperationsRow
{
    private protected OperationsRow()
    {
    }

    /// <summary>Where it goes.</summary>
    internal abstract ClickHouseTable Table { get; }

    /// <summary>Adds its cells, all but those of the batch.</summary>
    internal abstract void AddTo(NativeBlock block);

    /// <summary>Adds cells of text: few are long, and they come one a second rather than a million.</summary>
    private protected static void Texts(NativeBlock block, params ReadOnlySpan<(string Column, string Text)> cells)
    {
        foreach (var (column, text) in cells)
        {
            block[column].Add(Encoding.UTF8.GetBytes(text));
        }
    }
}

/// <summary>A line of the log: <c>ops.logs</c>.</summary>
/// <param name="UnixSeconds">When, seconds since 1970.</param>
/// <param name="Level">Information, Warning, Error, Critical.</param>
/// <param name="Service">What wrote it.</param>
/// <param name="Host">Machine.</param>
/// <param name="TraceId">Trace that it is part of; empty: none.</param>
/// <param name="SpanId">Piece of the trace; empty: none.</param>
/// <param name="Message">In words. Never a secret.</param>
/// <param name="Fields">What the message was made of.</param>
public sealed record LogRow(
    long UnixSeconds,
    string Level,
    string Service,
    string Host,
    string TraceId,
    string SpanId,
    string Message,
    IReadOnlyList<KeyValuePair<string, string>> Fields) : OperationsRow
{
    internal override ClickHouseTable Table => OperationsTables.Logs;

    internal override void AddTo(NativeBlock block)
    {
        block["timestamp"].Add(UnixSeconds);
        Texts(
            block,
            ("level", Level), ("service", Service), ("host", Host), ("trace_id", TraceId), ("span_id", SpanId),
            ("message", Message));
        var map = block.Find("fields");
        var (keys, values) = map is null ? (block["fields.key"].Items, block["fields.value"].Items) : (map.Items, map.Values);
        foreach (var (name, value) in Fields)
        {
            keys.Add(Encoding.UTF8.GetBytes(name));
            values.Add(Encoding.UTF8.GetBytes(value));
        }

        if (map is null)
        {
            block["fields.key"].EndList();
            block["fields.value"].EndList();
        }
        else
        {
            map.EndList();
        }
    }
}

/// <summary>Something that happened: <c>ops.events</c>.</summary>
/// <param name="UnixSeconds">When, seconds since 1970.</param>
/// <param name="EventType">What: <c>server.started</c>.</param>
/// <param name="Source">What tells it.</param>
/// <param name="Severity">info, warning, error.</param>
/// <param name="Payload">Further facts as JSON.</param>
/// <param name="Tenant">Whose it is; empty: nobody's.</param>
public sealed record EventRow(
    long UnixSeconds, string EventType, string Source, string Severity, string Payload, string Tenant = "") : OperationsRow
{
    internal override ClickHouseTable Table => OperationsTables.Events;

    internal override void AddTo(NativeBlock block)
    {
        block["timestamp"].Add(UnixSeconds);
        Texts(block, ("event_type", EventType), ("source", Source), ("severity", Severity), ("payload", Payload), ("tenant", Tenant));
    }
}

/// <summary>A question and what it took: <c>ops.query_metrics_raw</c>.</summary>
/// <param name="UnixSeconds">When it ended, seconds since 1970.</param>
/// <param name="Catalog">Engine that was asked: <c>aurum</c>.</param>
/// <param name="Schema">Kind of question: <c>api</c>.</param>
/// <param name="QueryName">Name of the question: method and route.</param>
/// <param name="Tenant">Who asked; empty: nobody in particular.</param>
/// <param name="Status">Status of the answer: <c>200</c>.</param>
/// <param name="WallTimeMs">How long it took, milliseconds.</param>
public sealed record QueryRow(
    long UnixSeconds, string Catalog, string Schema, string QueryName, string Tenant, string Status, long WallTimeMs) : OperationsRow
{
    /// <summary>Waited before it began, milliseconds.</summary>
    public long QueuedTimeMs { get; init; }

    /// <summary>Time of processors, milliseconds.</summary>
    public long CpuTimeMs { get; init; }

    public long BytesScanned { get; init; }

    public long RowsRead { get; init; }

    public long RowsWritten { get; init; }

    public long SpillBytes { get; init; }

    /// <summary>What measured it.</summary>
    public string Source { get; init; } = "aurum";

    internal override ClickHouseTable Table => OperationsTables.QueryMetrics;

    internal override void AddTo(NativeBlock block)
    {
        block["recorded_at"].Add(UnixSeconds);
        Texts(block, ("catalog", Catalog), ("schema", Schema), ("query_name", QueryName), ("tenant", Tenant), ("status", Status));
        block["wall_time_ms"].Add(WallTimeMs);
        block["queued_time_ms"].Add(QueuedTimeMs);
        block["cpu_time_ms"].Add(CpuTimeMs);
        block["bytes_scanned"].Add(BytesScanned);
        block["rows_read"].Add(RowsRead);
        block["rows_written"].Add(RowsWritten);
        block["spill_bytes"].Add(SpillBytes);
        Texts(block, ("source", Source));
    }
}
