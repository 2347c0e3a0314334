using System.Globalization;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Frames;

namespace Aurum.App.Ticks.Stages;

/// <summary>The last stage: latest prices and points of curves come out of ticks, and go out with the bars and dead letters as
/// lines.</summary>
internal sealed class ProjectFrames(TickPipeline pipeline, ResultLines lines) : IFrameStage
{
    private readonly Batch<LatestPrice> _prices = new();
    private readonly Batch<CurvePoint> _points = new();
    private TickCounters _counters;

    public string Summary => lines.Summary + string.Create(
        CultureInfo.InvariantCulture,
        $"; {_counters.Received} messages = {_counters.Accepted} accepted + {_counters.Duplicate} duplicate + "
        + $"{_counters.LateAmended} late + {_counters.DeadLettered} dead letters");

    public void OnFrame(TickFrame frame)
    {
        pipeline.AddNames(frame.Names);
        _prices.Clear();
        _points.Clear();
        pipeline.Curves.OnBatch(frame.Ticks, _points);
        pipeline.Project.OnBatch(frame.Ticks, _prices);
        _counters = frame.Counters;
        lines.Write(pipeline, frame.Bars, _prices.Items, _points.Items);
        foreach (var letter in frame.Letters)
        {
            lines.Write(letter.Letter, letter.Bytes.Span);
        }

        lines.Flush();
    }

    public void Dispose()
    {
        _prices.Dispose();
        _points.Dispose();
    }
}
