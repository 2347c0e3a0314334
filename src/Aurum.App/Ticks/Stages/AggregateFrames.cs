using System.Globalization;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Frames;

namespace Aurum.App.Ticks.Stages;

/// <summary>The third stage: bars come out of ticks. What it refuses becomes a dead letter without its bytes: there are too many
/// windows, or the first stage has another delay or lateness.</summary>
internal sealed class AggregateFrames(TickPipeline pipeline, FrameOutput output) : IFrameStage
{
    private readonly Batch<Tick> _ticks = new();
    private readonly Batch<Bar> _bars = new();
    private long _refused;
    private long _barCount;

    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{pipeline.Aggregate.Accepted + pipeline.Aggregate.LateAmended} ticks, {pipeline.Aggregate.LateAmended} of them late; "
        + $"{_refused} refused; {_barCount} bars and revisions");

    /// <summary>Ticks that it refused so far; those before a stop where it goes on.</summary>
    public long Refused
    {
        get => _refused;
        init => _refused = value;
    }

    public void OnFrame(TickFrame frame)
    {
        pipeline.AddNames(frame.Names);
        _ticks.Clear();
        _bars.Clear();
        pipeline.Aggregate.OnBatch(frame.Ticks, _bars);
        Keep(frame);
        if (frame.WatermarkMicros is { } watermark)
        {
            pipeline.Aggregate.OnWatermark(watermark, _bars);
        }

        if (frame.IsComplete)
        {
            pipeline.Aggregate.Complete(_bars);
        }

        _barCount += _bars.Count;
        output.Frame.AddNames(frame.Names);
        output.Frame.AddTicks(_ticks.Items);
        output.Frame.AddBars(_bars.Items);
        output.PassOn(frame);
        output.Finish(CountersBehind(frame), frame.MadeMicros);
    }

    public void Dispose()
    {
        _ticks.Dispose();
        _bars.Dispose();
    }

    /// <summary>Keeps the ticks that were not refused; of the others makes dead letters.</summary>
    private void Keep(TickFrame frame)
    {
        var refused = pipeline.Aggregate.Refused.Items;
        var ticks = frame.Ticks;
        var from = 0;
        foreach (var (index, reason, watermark) in refused)
        {
            _ticks.Add(ticks[from..index]);
            from = index + 1;
            ref readonly var tick = ref ticks[index];
            output.Frame.AddLetter(
                pipeline.Instruments[tick.Instrument].Tenant, "", pipeline.LetterOf(in tick, reason, watermark), default);
        }

        _ticks.Add(ticks[from..]);
        _refused += refused.Length;
    }

    /// <summary>The first stage counts what it gave on as accepted: here it turns out what was late, and what was too late.</summary>
    private TickCounters CountersBehind(TickFrame frame)
    {
        var counters = new TickCounters(
            frame.Counters.Received,
            pipeline.Aggregate.Accepted,
            frame.Counters.Duplicate,
            pipeline.Aggregate.LateAmended,
            frame.Counters.DeadLettered + _refused);
        return counters.IsBalanced ? counters : throw new InvalidDataException($"messages in and out differ: {counters}");
    }
}
