using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Aurum.Market.Ticks;

namespace Aurum.Cluster.Redis.Prices;

/// <summary>Prices and points of curves as they lie in Redis: JSON whose first member is its order, digits of a fixed length, so that a
/// script compares two of them without reading JSON: a price never gives way to an older one. One thread.</summary>
internal sealed class PriceText : IDisposable
{
    /// <summary>Bytes from the beginning through the order: <c>{"order":"0001772460000000000-0000000000000000043</c>.</summary>
    public const int OrderBytes = 10 + (2 * OrderDigits) + 1;

    private const int OrderDigits = 19;

    private readonly ArrayBufferWriter<byte> _bytes = new(1_024);
    private readonly Utf8JsonWriter _json;

    public PriceText() => _json = new Utf8JsonWriter(_bytes);

    public byte[] Of(TickInstrument instrument, in LatestPrice price, string source)
    {
        Begin(price.EventMicros, price.Sequence, "latest_price"u8);
        _json.WriteString("tenant_id"u8, instrument.Tenant);
        _json.WriteString("instrument_id"u8, instrument.Name);
        _json.WriteString("market"u8, instrument.Market);
        _json.WriteString("source"u8, source);
        Time(price.EventMicros);
        Number("sequence"u8, price.Sequence < 0 ? double.NaN : price.Sequence);
        Number("price"u8, price.Price);
        Number("volume"u8, price.Volume);
        Number("bid"u8, price.Bid);
        Number("ask"u8, price.Ask);
        _json.WriteString("currency"u8, instrument.Currency);
        _json.WriteString("unit"u8, instrument.Unit);
        _json.WriteStartArray("flags"u8);
        foreach (var flag in QualityFlagNames.Of(price.Flags))
        {
            _json.WriteStringValue(flag);
        }

        _json.WriteEndArray();
        return End();
    }

    public byte[] Of(TickInstrument instrument, in CurvePoint point)
    {
        Begin(point.EventMicros, -1, "curve_snapshot"u8);
        _json.WriteString("tenant_id"u8, instrument.Tenant);
        _json.WriteString("curve_id"u8, instrument.InstrumentId);
        _json.WriteString("contract_month"u8, TickInstrument.MonthText(instrument.ContractMonth));
        Time(point.EventMicros);
        Number("price"u8, point.Price);
        Number("volume"u8, point.Volume);
        _json.WriteString("currency"u8, instrument.Currency);
        _json.WriteString("unit"u8, instrument.Unit);
        return End();
    }

    /// <summary>What an instrument is.</summary>
    public byte[] Of(TickInstrument instrument)
    {
        _json.WriteStartObject();
        _json.WriteString("tenant_id"u8, instrument.Tenant);
        _json.WriteString("instrument_id"u8, instrument.Name);
        _json.WriteString("market"u8, instrument.Market);
        _json.WriteString("symbol"u8, instrument.Symbol);
        _json.WriteString("contract_month"u8, instrument.IsCurve ? TickInstrument.MonthText(instrument.ContractMonth) : null);
        _json.WriteString("currency"u8, instrument.Currency);
        _json.WriteString("unit"u8, instrument.Unit);
        return End();
    }

    public void Dispose() => _json.Dispose();

    private void Begin(long micros, long sequence, ReadOnlySpan<byte> projection)
    {
        Span<byte> order = stackalloc byte[2 * OrderDigits + 1];
        Utf8Formatter.TryFormat(Math.Max(0, micros), order, out _, new StandardFormat('D', OrderDigits));
        order[OrderDigits] = (byte)'-';
        Utf8Formatter.TryFormat(Math.Max(0, sequence + 1), order[(OrderDigits + 1)..], out _, new StandardFormat('D', OrderDigits));
        _json.WriteStartObject();
        _json.WriteString("order"u8, order);
        _json.WriteString("projection_type"u8, projection);
    }

    private byte[] End()
    {
        _json.WriteEndObject();
        _json.Flush();
        var bytes = _bytes.WrittenSpan.ToArray();
        _bytes.ResetWrittenCount();
        _json.Reset();
        return bytes;
    }

    private void Time(long micros)
    {
        Span<char> text = stackalloc char[32];
        DateTime.UnixEpoch.AddTicks(micros * 10)
            .TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        _json.WriteString("event_time"u8, text[..length]);
    }

    /// <summary>Unknown is null.</summary>
    private void Number(ReadOnlySpan<byte> name, double number)
    {
        if (double.IsFinite(number))
        {
            _json.WriteNumber(name, number);
        }
        else
        {
            _json.WriteNull(name);
        }
    }
}
