using System.Text.Json;
using Aurum.App.Output;
using Aurum.App.Ticks;
using Aurum.Market.Ticks;

namespace Aurum.App.Api.Ticks;

/// <summary>Events as JSON objects, with the names of <c>/v1/ticks</c>, <c>/v1/bars</c> and <c>/v1/latest</c>. Unknown numbers are
/// null.</summary>
internal static class TickEventJson
{
    /// <summary>Name of the event's kind on the wire.</summary>
    public static string NameOf(TickEventKind kind) => kind switch
    {
        TickEventKind.Tick => "tick",
        TickEventKind.Bar => "bar",
        TickEventKind.Price => "price",
        _ => "curve",
    };

    public static void Write(Utf8JsonWriter json, in TickEvent happened)
    {
        json.WriteStartObject();
        json.WriteString("tenant_id", happened.Instrument.Tenant);
        json.WriteString("instrument_id", happened.Instrument.Name);
        switch (happened.Kind)
        {
            case TickEventKind.Tick:
                WriteTick(json, in happened);
                break;
            case TickEventKind.Bar:
                WriteBar(json, happened.Bar);
                break;
            case TickEventKind.Price:
                WritePrice(json, in happened);
                break;
            default:
                WritePoint(json, in happened);
                break;
        }

        json.WriteEndObject();
    }

    private static void WriteTick(Utf8JsonWriter json, in TickEvent happened)
    {
        var tick = happened.Tick;
        json.WriteString("market", happened.Instrument.Market);
        json.WriteString("source", happened.Source);
        WriteTime(json, "event_time", tick.EventMicros);
        WriteTime(json, "ingested_at", tick.IngestedMicros);
        WriteSequence(json, tick.Sequence);
        WriteNumber(json, "price", tick.Price);
        WriteNumber(json, "volume", tick.Volume);
        WriteNumber(json, "bid", tick.Bid);
        WriteNumber(json, "ask", tick.Ask);
        WriteUnits(json, happened.Instrument);
        WriteFlags(json, tick.Flags);
    }

    private static void WriteBar(Utf8JsonWriter json, in Bar bar)
    {
        json.WriteString("interval", bar.Interval.Name());
        WriteTime(json, "start_utc", bar.StartMicros);
        WriteTime(json, "end_utc", bar.EndMicros);
        WriteNumber(json, "open", bar.Open);
        WriteNumber(json, "high", bar.High);
        WriteNumber(json, "low", bar.Low);
        WriteNumber(json, "close", bar.Close);
        WriteNumber(json, "volume", bar.Volume);
        WriteNumber(json, "vwap", bar.Vwap);
        WriteNumber(json, "twap", bar.Twap);
        json.WriteNumber("count", bar.Count);
        json.WriteNumber("revision", bar.Revision);
        json.WriteBoolean("partial_start", bar.Marks.HasFlag(BarMarks.PartialStart));
        json.WriteBoolean("partial_end", bar.Marks.HasFlag(BarMarks.PartialEnd));
    }

    private static void WritePrice(Utf8JsonWriter json, in TickEvent happened)
    {
        var price = happened.Price;
        json.WriteString("market", happened.Instrument.Market);
        json.WriteString("source", happened.Source);
        WriteTime(json, "event_time", price.EventMicros);
        WriteSequence(json, price.Sequence);
        WriteNumber(json, "price", price.Price);
        WriteNumber(json, "volume", price.Volume);
        WriteNumber(json, "bid", price.Bid);
        WriteNumber(json, "ask", price.Ask);
        WriteNumber(json, "spread", TickParameters.Rounded(price.BidAskSpread));
        WriteUnits(json, happened.Instrument);
        WriteFlags(json, price.Flags);
    }

    private static void WritePoint(Utf8JsonWriter json, in TickEvent happened)
    {
        var point = happened.Point;
        json.WriteString("curve_id", happened.Instrument.InstrumentId);
        json.WriteString("contract_month", TickInstrument.MonthText(point.ContractMonth));
        WriteTime(json, "event_time", point.EventMicros);
        WriteNumber(json, "price", point.Price);
        WriteNumber(json, "volume", point.Volume);
        WriteUnits(json, happened.Instrument);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, long micros)
    {
        Span<byte> text = stackalloc byte[UtcText.MaxBytes];
        json.WriteString(name, text[..UtcText.Write(text, micros)]);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteSequence(Utf8JsonWriter json, long sequence)
    {
        if (sequence < 0)
        {
            json.WriteNull("sequence");
        }
        else
        {
            json.WriteNumber("sequence", sequence);
        }
    }

    private static void WriteUnits(Utf8JsonWriter json, TickInstrument instrument)
    {
        json.WriteString("currency", instrument.Currency);
        json.WriteString("unit", instrument.Unit);
    }

    private static void WriteFlags(Utf8JsonWriter json, QualityFlags flags)
    {
        json.WriteStartArray("flags");
        foreach (var name in QualityFlagNames.Of(flags))
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }
}
