using System.Buffers;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;

namespace Aurum.App.Ticks.Lanes;

/// <summary>The last stage: latest prices and points of forward curves come out of ticks.</summary>
internal sealed class ProjectLane : ILaneStage
{
    private readonly TickPipeline _pipeline;
    private readonly Batch<LatestPrice> _prices = new();
    private readonly Batch<CurvePoint> _points = new();
    private SourceChain _chain;

    public ProjectLane(TickPipelineOptions options, ReadOnlySpan<byte> state)
    {
        if (state.IsEmpty)
        {
            (_pipeline, _chain) = (new TickPipeline(options, InstrumentBook.Empty), new SourceChain(-1));
            return;
        }

        var (numbers, parts) = LaneState.Read(state, 6, 1);
        _chain = new SourceChain(numbers[0]);
        Counters = new TickCounters(numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
        _pipeline = TickPipeline.Load(options, InstrumentBook.Empty, parts[0], isPart: true);
    }

    public bool IsSmall => true;

    public TickNames Names => _pipeline.AllNames;

    public TickCounters Counters { get; private set; }

    public long WatermarkMicros => long.MinValue;

    public void OnMessage(in LaneMessage message, LaneOutput output)
    {
        var before = _chain.Last;
        if (!_chain.Takes(in message) || message.Source == before)
        {
            return;
        }

        var frame = message.Frame!;
        _pipeline.AddNames(frame.Names);
        _prices.Clear();
        _points.Clear();
        _pipeline.Curves.OnBatch(frame.Ticks, _points);
        _pipeline.Project.OnBatch(frame.Ticks, _prices);
        output.Names.Add(frame.Names);
        output.Names.Add(_pipeline.TakeNewNames());
        output.Rows.Add(_points.Items);
        output.Rows.Add(_prices.Items);
        Counters = frame.Counters;
    }

    public bool OnWatermark(long watermarkMicros, LaneOutput output) => false;

    public void Save(IBufferWriter<byte> to) => LaneState.Write(
        to,
        [
            _chain.Last, Counters.Received, Counters.Accepted, Counters.Duplicate, Counters.LateAmended, Counters.DeadLettered,
        ],
        _pipeline.Save);

    public void Dispose()
    {
        _prices.Dispose();
        _points.Dispose();
        _pipeline.Dispose();
    }
}
