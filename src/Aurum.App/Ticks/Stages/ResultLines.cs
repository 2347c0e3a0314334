using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Aurum.App.Api.Ticks;
using Aurum.App.Output;
using Aurum.Market.Ticks;
using Aurum.Ticks;

namespace Aurum.App.Ticks.Stages;

/// <summary>What comes out of the last stage as JSON lines <c>{"event", "data"}</c>: <c>bar</c>, <c>price</c> and <c>curve</c> as the
/// event stream has them, and <c>dead_letter</c>. Of prices and curves that change several times in one piece of input, the last.</summary>
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
            Write(new TickEvent(default, TickEventKind.Bar, names.Instruments[bar.Instrument], "", default, bar, default, default));
        }

        _bars += bars.Length;
        _told.Clear();
        for (var i = points.Length - 1; i >= 0; i--)
        {
            if (_told.Add(points[i].Instrument))
            {
                Write(new TickEvent(
                    default, TickEventKind.CurvePoint, names.Instruments[points[i].Instrument], "", default, default, default, points[i]));
            }
        }

        _told.Clear();
        for (var i = prices.Length - 1; i >= 0; i--)
        {
            ref readonly var price = ref prices[i];
            if (_told.Add(price.Instrument))
            {
                var source = names.Normalize.Sources[price.Source];
                Write(new TickEvent(
                    default, TickEventKind.Price, names.Instruments[price.Instrument], source, default, default, price, default));
                _prices++;
            }
        }
    }

    /// <summary>Writes a dead letter with its bytes.</summary>
    public void Write(DeadLetter letter, ReadOnlySpan<byte> bytes)
    {
        Begin("dead_letter");
        Json.WriteStartObject();
        Json.WriteString("reason", letter.Reason.ToString());
        Json.WriteString("error_code", letter.ErrorCode);
        Json.WriteString("stage", letter.Stage);
        Json.WriteString("field", letter.Field);
        Json.WriteString("expected", letter.Expected);
        Json.WriteString("found", letter.Found);
        Json.WriteNumber("position", letter.Position);
        Json.WriteNumber("length", letter.Length);
        Json.WriteBase64String("base64", bytes);
        Json.WriteEndObject();
        End();
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

    private void Write(in TickEvent happened)
    {
        Begin(TickEventJson.NameOf(happened.Kind));
        TickEventJson.Write(Json, in happened);
        End();
    }

    private void Begin(string kind)
    {
        Json.WriteStartObject();
        Json.WriteString("event", kind);
        Json.WritePropertyName("data");
    }

    private void End()
    {
        Json.WriteEndObject();
        Json.Flush();
        Json.Reset();
        _bytes.Write("\n"u8);
        if (_bytes.WrittenCount >= FlushBytes)
        {
            Flush();
        }
    }
}
