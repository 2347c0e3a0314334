using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Aurum.App.Output;

namespace Aurum.App.Ticks.Following;

/// <summary>Events as lines: JSON as the WebSocket has it, CSV with the columns of one kind, or aligned for a person.</summary>
/// <param name="format">Which.</param>
/// <param name="kind">The kind whose columns CSV has.</param>
internal sealed class EventLines(RowFormat format, string kind)
{
    private static readonly Dictionary<string, string[]> Columns = new()
    {
        ["tick"] =
        [
            "tenant_id", "instrument_id", "market", "source", "event_time", "ingested_at", "sequence", "price", "volume", "bid", "ask",
            "currency", "unit", "flags",
        ],
        ["price"] =
        [
            "tenant_id", "instrument_id", "market", "source", "event_time", "sequence", "price", "volume", "bid", "ask", "spread",
            "currency", "unit", "flags",
        ],
        ["bar"] =
        [
            "tenant_id", "instrument_id", "interval", "start_utc", "end_utc", "open", "high", "low", "close", "volume", "vwap", "twap",
            "count", "revision", "partial_start", "partial_end",
        ],
        ["curve"] =
        [
            "tenant_id", "instrument_id", "curve_id", "contract_month", "event_time", "price", "volume", "currency", "unit",
        ],
    };

    private bool _hasHeader;

    /// <summary>Kinds of events.</summary>
    public static IReadOnlyCollection<string> Kinds => Columns.Keys;

    /// <summary>Adds an event.</summary>
    public void Add(StringBuilder text, SseItem<string> happened)
    {
        if (format == RowFormat.Json)
        {
            text.Append("{\"event\":\"").Append(happened.EventType).Append("\",\"id\":").Append(CellText.Json(happened.EventId ?? ""))
                .Append(",\"data\":").Append(happened.Data).Append("}\n");
            return;
        }

        using var document = JsonDocument.Parse(happened.Data);
        if (format == RowFormat.Table)
        {
            AddForPerson(text, happened.EventType, document.RootElement);
            return;
        }

        var columns = Columns[kind];
        if (!_hasHeader)
        {
            _hasHeader = true;
            text.Append("id,").AppendJoin(',', columns).Append('\n');
        }

        text.Append(happened.EventId);
        foreach (var column in columns)
        {
            text.Append(',').Append(CellText.Csv(Cell(document.RootElement, column)));
        }

        text.Append('\n');
    }

    /// <summary><c>15:05:00.000  tick   CAISO.NP15.RT5   27.115  volume 12.5</c>.</summary>
    private static void AddForPerson(StringBuilder text, string kind, JsonElement data)
    {
        string Of(string name) => Cell(data, name);
        var (time, what) = kind switch
        {
            "bar" => (Of("start_utc"), $"{Of("interval"),-3} open {Of("open"),9}  high {Of("high"),9}  low {Of("low"),9}  "
                + $"close {Of("close"),9}  volume {Of("volume")}  {Of("count")} ticks"
                + (Of("revision") == "0" ? "" : $"  revision {Of("revision")}")
                + (Of("partial_start") == "true" || Of("partial_end") == "true" ? "  partial" : "")),
            "curve" => (Of("event_time"), $"{Of("price"),9} {Of("currency")}/{Of("unit")}"),
            _ => (Of("event_time"), $"{Of("price"),9} {Of("currency")}/{Of("unit")}"
                + (Of("volume").Length == 0 ? "" : $"  volume {Of("volume")}")
                + (Of("bid").Length == 0 ? "" : $"  bid {Of("bid")}") + (Of("ask").Length == 0 ? "" : $"  ask {Of("ask")}")
                + (Of("flags") is "" or "valid" ? "" : $"  {Of("flags")}")),
        };
        text.Append($"{time,-27}  {kind,-5}  {Of("instrument_id"),-28}  {what}".TrimEnd()).Append('\n');
    }

    private static string Cell(JsonElement data, string column) => !data.TryGetProperty(column, out var cell) ? "" : cell.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => cell.GetString()!,
        JsonValueKind.Array => string.Join(' ', cell.EnumerateArray().Select(c => c.ToString())),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => cell.GetRawText(),
    };
}
