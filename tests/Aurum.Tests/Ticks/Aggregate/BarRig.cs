using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Aggregate;
using Aurum.Ticks.Normalize;

namespace Aurum.Tests.Ticks.Aggregate;

/// <summary>An aggregation of its own for a test.</summary>
internal sealed class BarRig
{
    private readonly List<Bar> _bars = [];

    /// <param name="options">Delays; the usual ones where null.</param>
    /// <param name="markets">The market of each instrument, from number 0.</param>
    public BarRig(AggregateOptions? options = null, params string[] markets)
    {
        Instruments = Named(markets.Length == 0 ? ["ICE"] : markets);
        Stage = new AggregateStage(Instruments, options ?? new AggregateOptions());
    }

    public TickInstruments Instruments { get; }

    public AggregateStage Stage { get; }

    /// <summary>All bars so far, in the order in which they came.</summary>
    public IReadOnlyList<Bar> Bars => _bars.ToArray();

    public static Tick TickOf(
        string utc, double price, double volume = 1, int instrument = 0, long sequence = -1, int source = 0, long ingestedAfter = 0) =>
        TickAt(TickMessages.Micros(utc), price, volume, instrument, sequence, source, ingestedAfter);

    public static Tick TickAt(
        long micros, double price, double volume = 1, int instrument = 0, long sequence = -1, int source = 0, long ingestedAfter = 0) =>
        new()
        {
            Instrument = instrument,
            Source = source,
            EventMicros = micros,
            IngestedMicros = micros + ingestedAfter,
            Sequence = sequence,
            Key = (ulong)(micros ^ (sequence << 20)) + (ulong)(price * 1000),
            Price = price,
            Volume = volume,
            Bid = double.NaN,
            Ask = double.NaN,
            Flags = QualityFlags.None,
        };

    public BarRig Take(params ReadOnlySpan<Tick> ticks)
    {
        using var output = new Batch<Bar>();
        Stage.OnBatch(ticks, output);
        return Keep(output);
    }

    public BarRig TakeInBatches(ReadOnlySpan<Tick> ticks, int size)
    {
        for (var from = 0; from < ticks.Length; from += size)
        {
            Take(ticks.Slice(from, Math.Min(size, ticks.Length - from)));
        }

        return this;
    }

    public BarRig Watermark(string utc)
    {
        using var output = new Batch<Bar>();
        Stage.OnWatermark(TickMessages.Micros(utc), output);
        return Keep(output);
    }

    public BarRig Complete()
    {
        using var output = new Batch<Bar>();
        Stage.Complete(output);
        return Keep(output);
    }

    /// <summary>The bars of an interval, in the order in which they came.</summary>
    public Bar[] Of(BarInterval interval) => [.. Bars.Where(b => b.Interval == interval)];

    /// <summary>The last revision of each bar.</summary>
    public Dictionary<(int, BarInterval, long), Bar> Latest() =>
        Bars.GroupBy(b => (b.Instrument, b.Interval, b.StartMicros)).ToDictionary(g => g.Key, g => g.MaxBy(b => b.Revision));

    private BarRig Keep(Batch<Bar> output)
    {
        _bars.AddRange(output.Items);
        return this;
    }

    private static TickInstruments Named(string[] markets)
    {
        var lines = TickMessages.Lines(markets.Select((m, i) =>
            TickMessages.B($"e{i}").With("payload.market", m).With("payload.metadata.instrument_id", $"{m}.{i:D4}")));
        return TickMessages.Normalize(lines).Stage.Instruments;
    }
}
