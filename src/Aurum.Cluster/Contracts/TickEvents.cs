using System.Globalization;
using System.Text;
using Aurum.Market.Ticks;
using Aurum.Store.Avro;
using NodaTime;

namespace Aurum.Cluster.Contracts;

/// <summary>Ticks, bars, latest prices, points of curves and dead letters of ticks as events; keys are tenant and instrument, so that what
/// is of one instrument stays in order.</summary>
/// <remarks>Fields and rules follow the normalised tick of the platform, in one flat record. Unknown numbers are null. Contracts are
/// ours.</remarks>
/// <param name="ids">Ids of the schemas.</param>
/// <param name="producer">What makes the events: <c>aurum@0.1.0</c>.</param>
public sealed class TickEvents(EventSchemaIds ids, string producer)
{
    private const string SchemaVersion = "1.0.0";
    private const string Fallback = "fallback";
    private const string Canonical = "canonical";
    private const int MonthsFactor = 100;

    /// <summary>Where its events go.</summary>
    public static IReadOnlyList<EventTopic> Topics { get; } =
    [
        .. new[]
        {
            EventTopics.TickTopic, EventTopics.BarTopic, EventTopics.LatestPriceTopic, EventTopics.CurvePointTopic,
            EventTopics.TickLetterTopic,
        }.Select(EventTopics.Find),
    ];

    private readonly EventTopic _ticks = EventTopics.Find(EventTopics.TickTopic);
    private readonly EventTopic _bars = EventTopics.Find(EventTopics.BarTopic);
    private readonly EventTopic _prices = EventTopics.Find(EventTopics.LatestPriceTopic);
    private readonly EventTopic _points = EventTopics.Find(EventTopics.CurvePointTopic);
    private readonly EventTopic _letters = EventTopics.Find(EventTopics.TickLetterTopic);

    /// <param name="tick">Tick.</param>
    /// <param name="instrument">What its instrument stands for.</param>
    /// <param name="source">What its source stands for.</param>
    /// <param name="taxonomy">What its classification stands for.</param>
    /// <param name="normalizedMicros">When it was normalised.</param>
    /// <param name="output">Takes the event.</param>
    public void WriteTick(
        in Tick tick, TickInstrument instrument, string source, Taxonomy taxonomy, long normalizedMicros, EventBatch output)
    {
        var value = Begin(_ticks, instrument.Tenant, instrument.Name, tick.EventMicros, output);
        value.WriteText(tick.KeyHigh == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{tick.Key:x16}")
            : string.Create(CultureInfo.InvariantCulture, $"{tick.KeyHigh:x16}{tick.Key:x16}"));
        value.Null();
        value.WriteText(instrument.Tenant);
        value.WriteText(SchemaVersion);
        value.WriteText(producer);
        value.WriteLong(tick.EventMicros);
        value.WriteLong(tick.IngestedMicros);
        value.WriteText(TickId.Of(instrument.Symbol, tick.EventMicros, source));
        value.Null();
        value.WriteText(instrument.Symbol);
        value.WriteText(instrument.Market);
        value.WriteText(instrument.InstrumentId);
        value.OptionalLong(instrument.IsCurve ? FirstDay(instrument.ContractMonth) : null);
        value.WriteDouble(tick.Price);
        value.OptionalNumber(tick.Volume);
        value.OptionalNumber(tick.Bid);
        value.OptionalNumber(tick.Ask);
        value.WriteText(instrument.Currency);
        value.WriteText(instrument.Unit);
        value.WriteLong(normalizedMicros);
        value.OptionalLong(Math.Max(0, (normalizedMicros - tick.IngestedMicros) / 1000));
        value.WriteText(source);
        value.OptionalLong(tick.Sequence < 0 ? null : tick.Sequence);
        value.WriteText(tick.Flags.HasFlag(QualityFlags.PriceBackfilled) ? Fallback : Canonical);
        WriteIssues(value, tick.Flags);
        var isKnown = tick.Classification != 0;
        value.OptionalText(isKnown ? taxonomy.Commodity : null);
        value.OptionalText(isKnown ? taxonomy.Region : null);
        value.OptionalText(isKnown ? taxonomy.ProductTier : null);
        value.OptionalNumber(isKnown ? taxonomy.Confidence : double.NaN);
        value.Texts([]);
        value.Null();
        output.End();
    }

    public void WriteBar(in Bar bar, TickInstrument instrument, EventBatch output)
    {
        var value = Begin(_bars, instrument.Tenant, instrument.Name, bar.EndMicros, output);
        value.WriteText(instrument.Tenant);
        value.WriteText(instrument.Name);
        value.WriteText(instrument.Symbol);
        value.WriteText(instrument.Market);
        value.WriteText(bar.Interval.Name());
        value.WriteLong(bar.StartMicros);
        value.WriteLong(bar.EndMicros);
        value.WriteDouble(bar.Open);
        value.WriteDouble(bar.High);
        value.WriteDouble(bar.Low);
        value.WriteDouble(bar.Close);
        value.WriteDouble(bar.Volume);
        value.OptionalNumber(bar.Vwap);
        value.OptionalNumber(bar.Twap);
        value.WriteLong(bar.Count);
        value.WriteText(instrument.Currency);
        value.WriteText(instrument.Unit);
        value.WriteLong(bar.Revision);
        value.WriteByte(bar.Marks == BarMarks.None ? (byte)1 : (byte)0);
        value.Null();
        output.End();
    }

    public void WritePrice(in LatestPrice price, TickInstrument instrument, string source, EventBatch output)
    {
        var value = Begin(_prices, instrument.Tenant, instrument.Name, price.EventMicros, output);
        value.WriteText(instrument.Tenant);
        value.WriteText(instrument.Name);
        value.WriteText(instrument.Symbol);
        value.WriteText(instrument.Market);
        value.WriteLong(price.EventMicros);
        value.OptionalLong(price.Sequence < 0 ? null : price.Sequence);
        value.WriteDouble(price.Price);
        value.OptionalNumber(price.Volume);
        value.OptionalNumber(price.Bid);
        value.OptionalNumber(price.Ask);
        value.WriteText(instrument.Currency);
        value.WriteText(instrument.Unit);
        value.WriteText(source);
        WriteIssues(value, price.Flags);
        value.Null();
        output.End();
    }

    public void WritePoint(in CurvePoint point, TickCurve curve, TickInstrument instrument, EventBatch output)
    {
        var value = Begin(_points, curve.Tenant, curve.CurveId, point.EventMicros, output);
        value.WriteText(curve.Tenant);
        value.WriteText(curve.CurveId);
        value.WriteText(instrument.Name);
        value.WriteText(instrument.Market);
        value.WriteLong(EventCells.UtcDay(point.EventMicros));
        value.WriteLong(FirstDay(point.ContractMonth));
        value.WriteLong(point.EventMicros);
        value.WriteDouble(point.Price);
        value.OptionalNumber(point.Volume);
        value.WriteText(instrument.Currency);
        value.WriteText(instrument.Unit);
        value.Null();
        output.End();
    }

    /// <param name="letter">What is wrong.</param>
    /// <param name="eventId">Id of this letter: the same for the same message.</param>
    /// <param name="origin">Where the message came by; nulls: not by a topic.</param>
    /// <param name="message">Its bytes.</param>
    /// <param name="atMicros">When it was refused.</param>
    /// <param name="output">Takes the event.</param>
    public void WriteLetter(
        DeadLetter letter, string eventId, (string? Topic, int? Partition, long? Offset) origin, ReadOnlySpan<byte> message,
        long atMicros, EventBatch output)
    {
        output.BeginKey(_letters, atMicros).WriteRaw(Encoding.UTF8.GetBytes(eventId));
        output.BeginValue(ids(_letters));
        var value = output.Open;
        value.WriteText(eventId);
        value.Null();
        value.Null();
        value.WriteText(SchemaVersion);
        value.WriteText(producer);
        value.WriteLong(atMicros);
        value.Null();
        value.OptionalText(origin.Topic);
        value.OptionalLong(origin.Partition);
        value.OptionalLong(origin.Offset);
        value.WriteText(letter.Stage);
        value.WriteText(letter.ErrorCode);
        value.WriteText(letter.Reason.ToString());
        value.WriteText(letter.Message);
        value.WriteLong(0);
        value.WriteBytes(message);
        value.Null();
        output.End();
    }

    private static int FirstDay(int contractMonth) =>
        new LocalDate(contractMonth / MonthsFactor, contractMonth % MonthsFactor, 1).ToDays();

    private static void WriteIssues(AvroBuffer value, QualityFlags flags) =>
        value.Texts(flags == QualityFlags.None ? [] : QualityFlagNames.Of(flags));

    private AvroBuffer Begin(EventTopic topic, string tenant, string instrument, long micros, EventBatch output)
    {
        var key = output.BeginKey(topic, micros);
        WriteUtf8(key, tenant);
        key.WriteByte((byte)'|');
        WriteUtf8(key, instrument);
        output.BeginValue(ids(topic));
        return output.Open;
    }

    private static void WriteUtf8(AvroBuffer output, string text) =>
        output.Advance(Encoding.UTF8.GetBytes(text, output.Room(Encoding.UTF8.GetMaxByteCount(text.Length))));
}
