using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aurum.App.Commands;
using Aurum.App.Output;
using Aurum.Market.Ticks;

namespace Aurum.App.Ticks;

/// <summary>Prints bars: CSV and table with the columns of the contract, JSON with tenant, TWAP and partial marks too.</summary>
internal static class BarPrinter
{
    private const int FlushBytes = 1 << 20;

    private static readonly (string Name, bool IsNumber)[] Columns =
    [
        ("instrument_id", false), ("interval", false), ("start_utc", false), ("open", true), ("high", true), ("low", true), ("close", true),
        ("volume", true), ("vwap", true), ("count", true), ("revision", true),
    ];

    public static void Print(IReadOnlyList<Bar> bars, Func<int, TickInstrument> instrumentOf, RowFormat format, CommandConsole console)
    {
        switch (format)
        {
            case RowFormat.Table:
                var table = new TextTable(Columns);
                foreach (var bar in bars)
                {
                    table.Add(Cells(bar, instrumentOf(bar.Instrument).Name));
                }

                console.Write(table.ToString());
                break;
            case RowFormat.Csv:
                PrintCsv(bars, instrumentOf, console);
                break;
            default:
                PrintJson(bars, instrumentOf, console);
                break;
        }
    }

    private static void PrintCsv(IReadOnlyList<Bar> bars, Func<int, TickInstrument> instrumentOf, CommandConsole console)
    {
        var text = new StringBuilder().AppendJoin(',', Columns.Select(c => c.Name)).Append('\n');
        foreach (var bar in bars)
        {
            text.AppendJoin(',', Cells(bar, CellText.Csv(instrumentOf(bar.Instrument).Name))).Append('\n');
            if (text.Length >= FlushBytes)
            {
                console.Write(text.ToString());
                text.Clear();
            }
        }

        console.Write(text.ToString());
    }

    private static void PrintJson(IReadOnlyList<Bar> bars, Func<int, TickInstrument> instrumentOf, CommandConsole console)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, CellText.JsonOptions);
        json.WriteStartArray();
        foreach (var bar in bars)
        {
            WriteJson(json, bar, instrumentOf(bar.Instrument));
            if (bytes.WrittenCount >= FlushBytes)
            {
                console.Out.Write(bytes.WrittenSpan);
                bytes.ResetWrittenCount();
            }
        }

        json.WriteEndArray();
        json.Flush();
        console.Out.Write(bytes.WrittenSpan);
        console.WriteLine("");
    }

    private static void WriteJson(Utf8JsonWriter json, in Bar bar, TickInstrument instrument)
    {
        json.WriteStartObject();
        json.WriteString("instrument_id", instrument.Name);
        json.WriteString("interval", bar.Interval.Name());
        json.WriteString("start_utc", UtcText.Of(bar.StartMicros));
        json.WriteNumber("open", bar.Open);
        json.WriteNumber("high", bar.High);
        json.WriteNumber("low", bar.Low);
        json.WriteNumber("close", bar.Close);
        json.WriteNumber("volume", bar.Volume);
        if (double.IsNaN(bar.Vwap))
        {
            json.WriteNull("vwap");
        }
        else
        {
            json.WriteNumber("vwap", bar.Vwap);
        }

        json.WriteNumber("count", bar.Count);
        json.WriteNumber("revision", bar.Revision);
        json.WriteString("tenant_id", instrument.Tenant);
        json.WriteString("end_utc", UtcText.Of(bar.EndMicros));
        json.WriteNumber("twap", bar.Twap);
        json.WriteBoolean("partial_start", bar.Marks.HasFlag(BarMarks.PartialStart));
        json.WriteBoolean("partial_end", bar.Marks.HasFlag(BarMarks.PartialEnd));
        json.WriteEndObject();
        json.Flush();
    }

    private static string[] Cells(in Bar bar, string name) =>
    [
        name, bar.Interval.Name(), UtcText.Of(bar.StartMicros), Text(bar.Open), Text(bar.High), Text(bar.Low), Text(bar.Close),
        Text(bar.Volume), Text(bar.Vwap), bar.Count.ToString(CultureInfo.InvariantCulture),
        bar.Revision.ToString(CultureInfo.InvariantCulture),
    ];

    private static string Text(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
