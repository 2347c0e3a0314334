using System.Globalization;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Frames;

namespace Aurum.App.Ticks.Stages;

/// <summary>The second stage: ticks get their taxonomy; all else goes on as it came.</summary>
internal sealed class EnrichFrames(TickPipeline pipeline, FrameOutput output) : IFrameStage
{
    private readonly Batch<Tick> _ticks = new();
    private long _count;
    private long _unsure;

    public string Summary => string.Create(
        CultureInfo.InvariantCulture, $"{_count} ticks, {_unsure} of instruments whose kind is guessed with little confidence");

    public void OnFrame(TickFrame frame)
    {
        pipeline.AddNames(frame.Names);
        _ticks.Clear();
        pipeline.Enrich.OnBatch(frame.Ticks, _ticks);
        foreach (ref readonly var tick in _ticks.Items)
        {
            _unsure += (tick.Flags & QualityFlags.LowConfidenceClassification) != 0 ? 1 : 0;
        }

        _count += _ticks.Count;
        output.Frame.AddNames(frame.Names with { Classifications = pipeline.TakeNewNames().Classifications });
        output.Frame.AddTicks(_ticks.Items);
        output.PassOn(frame);
        output.Finish(frame.Counters, frame.MadeMicros);
    }

    public void Dispose() => _ticks.Dispose();
}
