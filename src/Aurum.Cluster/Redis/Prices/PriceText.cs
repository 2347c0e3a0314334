using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Aurum.Market.Ticks;

namespace Aurum.Cluster.Redis.Prices;

/// <summary>Prices and points of curves as they lie in Redis: JSON whose first member is its order, digits of a fixed length, so that a
/// script compares two of them without reading JSON: a price never gives way to an older one.</summary>
internal static class PriceText
{
    /// <summary>Bytes from the beginning through the order: <c>{"order":"0001772460000000000-0000000000000000043</c>.</summary>
    public const int OrderBytes = 49;

    public static byte[] Of(TickInstrument instrument, in LatestPrice price, string source)
    {
        var (micros, sequence, number) = (price.EventMicros, price.Sequence, price.Price);
        var (volume, bid, ask, flags) = (price.Volume, price.Bid, price.Ask, price.Flags);
        return Written(json =>
        {
            json.WriteString("order", Order(micros, sequence));
            json.WriteString("projection_type", "latest_price");
            json.WriteString("tenant_id", instrument.Tenant);
            json.WriteString("instrument_id", instrument.Name);
            json.WriteString("market", instrument.Market);
            json.WriteString("source", source);
            json.WriteString("event_time", Time(micros));
            Number(json, "sequence", sequence < 0 ? double.NaN : sequence);
            Number(json, "price", number);
            Number(json, "volume", volume);
            Number(json, "bid", bid);
            Number(json, "ask", ask);
            json.WriteString("currency", instrument.Currency);
            json.WriteString("unit", instrument.Unit);
            json.WriteStartArray("flags");
            foreach (var flag in QualityFlagNames.Of(flags))
            {
                json.WriteStringValue(flag);
            }

            json.WriteEndArray();
        });
    }

    public static byte[] Of(TickInstrument instrument, in CurvePoint point)
    {
        var (micros, price, volume) = (point.EventMicros, point.Price, point.Volume);
        return Written(json =>
        {
            json.WriteString("order", Order(micros, -1));
            json.WriteString("projection_type", "curve_snapshot");
            json.WriteString("tenant_id", instrument.Tenant);
            json.WriteString("curve_id", instrument.InstrumentId);
            json.WriteString("contract_month", TickInstrument.MonthText(instrument.ContractMonth));
            json.WriteString("event_time", Time(micros));
            Number(json, "price", price);
            Number(json, "volume", volume);
            json.WriteString("currency", instrument.Currency);
            json.WriteString("unit", instrument.Unit);
        });
    }

    /// <summary>What an instrument is.</summary>
    public static byte[] Of(TickInstrument instrument) => Written(json =>
    {
        json.WriteString("tenant_id", instrument.Tenant);
        json.WriteString("instrument_id", instrument.Name);
        json.WriteString("market", instrument.Market);
        json.WriteString("symbol", instrument.Symbol);
        json.WriteString("contract_month", instrument.IsCurve ? TickInstrument.MonthText(instrument.ContractMonth) : null);
        json.WriteString("currency", instrument.Currency);
        json.WriteString("unit", instrument.Unit);
    });

    private static byte[] Written(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static byte[] Order(long micros, long sequence) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, micros):D19}-{Math.Max(0, sequence + 1):D19}"));

    private static string Time(long micros) =>
        DateTime.UnixEpoch.AddTicks(micros * 10).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Unknown is null.</summary>
    private static void Number(Utf8JsonWriter json, string name, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
