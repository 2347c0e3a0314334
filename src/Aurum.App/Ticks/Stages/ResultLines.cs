using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Aurum.App.Output;
using Aurum.Market.Ticks;
using Aurum.Ticks;

namespace Aurum.App.Ticks.Stages;

/// <summary>What comes out of the last stage as JSON lines: <c>bar</c>, <c>price</c>, <c>curve_point</c> and <c>dead_letter</c>. Of prices
/// and points that change several times in one piece of input, the last.</summary>
/// <param name="output">Where lines go.</param>
internal sealed class ResultLines(Stream output) : IDisposable
{
    private const int FlushBytes = 1 << 20;

    private readonly ArrayBufferWriter<byte> _bytes = new(FlushBytes);
    private readonly HashSet<int> _told = [];
    private Utf8JsonWriter? _json;
    private long _bars;
    private long _prices;
    private long _letters;

    public string Summary => string.Create(
        CultureInfo.InvariantCulture, $"{_bars} bars and revisions, {_prices} prices, {_letters} dead letters");

    private Utf8JsonWriter Json => _json ??= new Utf8JsonWriter(_bytes, CellText.JsonOptions);

    /// <summary>Writes bars, prices and points of curves.</summary>
    public void Write(TickPipeline names, ReadOnlySpan<Bar> bars, ReadOnlySpan<LatestPrice> prices, ReadOnlySpan<CurvePoint> points)
    {
        foreach (ref readonly var bar in bars)
        {
            BarPrinter.WriteJson(Json, in bar, names.Instruments[bar.Instrument], "bar");
            EndLine();
        }

        _bars += bars.Length;
        _told.Clear();
        for (var i = prices.Length - 1; i >= 0; i--)
        {
            if (_told.Add(prices[i].Instrument))
            {
                Write(in prices[i], names.Instruments[prices[i].Instrument], names.Normalize.Sources[prices[i].Source]);
                _prices++;
            }
        }

        _told.Clear();
        for (var i = points.Length - 1; i >= 0; i--)
        {
            if (_told.Add(points[i].Instrument))
            {
                Write(in points[i], names.Instruments[points[i].Instrument]);
            }
        }
    }

    /// <summary>Writes a dead letter with its bytes.</summary>
    public void Write(DeadLetter letter, ReadOnlySpan<byte> bytes)
    {
        Json.WriteStartObject();
        Json.WriteString("kind", "dead_letter");
        Json.WriteString("reason", letter.Reason.ToString());
        Json.WriteString("error_code", letter.ErrorCode);
        Json.WriteString("stage", letter.Stage);
        Json.WriteString("field", letter.Field);
        Json.WriteString("expected", letter.Expected);
        Json.WriteString("found", letter.Found);
        Json.WriteNumber("position", letter.Position);
        Json.WriteNumber("length", letter.Length);
        Json.WriteBase64String("bytes_base64", bytes);
        Json.WriteEndObject();
        EndLine();
        _letters++;
    }

    /// <summary>Sends what is written on its way.</summary>
    public void Flush()
    {
        output.Write(_bytes.WrittenSpan);
        output.Flush();
        _bytes.ResetWrittenCount();
    }

    public void Dispose() => _json?.Dispose();

    private void Write(in LatestPrice price, TickInstrument instrument, string source)
    {
        Begin("price", instrument);
        Json.WriteString("market", instrument.Market);
        Json.WriteString("source", source);
        Json.WriteString("event_time", UtcText.Of(price.EventMicros));
        WriteOrNull("sequence", price.Sequence < 0 ? double.NaN : price.Sequence);
        Json.WriteNumber("price", price.Price);
        WriteOrNull("volume", price.Volume);
        WriteOrNull("bid", price.Bid);
        WriteOrNull("ask", price.Ask);
        Json.WriteString("currency", instrument.Currency);
        Json.WriteString("unit", instrument.Unit);
        Json.WriteStartArray("flags");
        foreach (var flag in QualityFlagNames.Of(price.Flags))
        {
            Json.WriteStringValue(flag);
        }

        Json.WriteEndArray();
        Json.WriteEndObject();
        EndLine();
    }

    private void Write(in CurvePoint point, TickInstrument instrument)
    {
        Begin("curve_point", instrument);
        Json.WriteString("curve_id", instrument.InstrumentId);
        Json.WriteString("contract_month", TickInstrument.MonthText(point.ContractMonth));
        Json.WriteString("event_time", UtcText.Of(point.EventMicros));
        Json.WriteNumber("price", point.Price);
        WriteOrNull("volume", point.Volume);
        Json.WriteEndObject();
        EndLine();
    }

    private void Begin(string kind, TickInstrument instrument)
    {
        Json.WriteStartObject();
        Json.WriteString("kind", kind);
        Json.WriteString("tenant_id", instrument.Tenant);
        Json.WriteString("instrument_id", instrument.Name);
    }

    private void WriteOrNull(string name, double value)
    {
        if (double.IsNaN(value))
        {
            Json.WriteNull(name);
        }
        else
        {
            Json.WriteNumber(name, value);
        }
    }

    private void EndLine()
    {
        Json.Flush();
        Json.Reset();
        _bytes.Write("\n"u8);
        if (_bytes.WrittenCount >= FlushBytes)
        {
            Flush();
        }
    }
}
