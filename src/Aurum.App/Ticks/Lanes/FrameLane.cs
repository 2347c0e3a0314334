using System.Buffers;
using Aurum.App.Ticks.Stages;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Enrich;
using Aurum.Ticks.Frames;

namespace Aurum.App.Ticks.Lanes;

/// <summary>The second or the third stage: frames in, frames out. The third stores ticks, bars and dead letters too.</summary>
internal sealed class FrameLane : ILaneStage
{
    private readonly TickPipeline _pipeline;
    private readonly FrameCatcher _catcher = new();
    private readonly FrameOutput _frames;
    private readonly IFrameStage _stage;
    private readonly AggregateFrames? _aggregate;
    private SourceChain _chain;
    private TickCounters _counters;

    private FrameLane(TickPipelineOptions options, InstrumentBook book, bool aggregates, ReadOnlySpan<byte> state)
    {
        var refused = 0L;
        if (state.IsEmpty)
        {
            (_pipeline, _chain) = (new TickPipeline(options, book), new SourceChain(-1));
        }
        else
        {
            var (numbers, parts) = LaneState.Read(state, 7, 1);
            (_chain, refused) = (new SourceChain(numbers[0]), numbers[1]);
            _counters = new TickCounters(numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
            _pipeline = TickPipeline.Load(options, book, parts[0], isPart: true);
        }

        _frames = new FrameOutput(_catcher);
        _stage = aggregates
            ? _aggregate = new AggregateFrames(_pipeline, _frames) { Refused = refused }
            : new EnrichFrames(_pipeline, _frames);
    }

    public bool IsSmall => _aggregate is null;

    public TickNames Names => _pipeline.AllNames;

    public TickCounters Counters => _counters;

    public long WatermarkMicros => _aggregate is null ? long.MinValue : _pipeline.Aggregate.WatermarkMicros;

    public static FrameLane Enriching(TickPipelineOptions options, InstrumentBook book, ReadOnlySpan<byte> state) =>
        new(options, book, aggregates: false, state);

    public static FrameLane Aggregating(TickPipelineOptions options, ReadOnlySpan<byte> state) =>
        new(options, InstrumentBook.Empty, aggregates: true, state);

    public void OnMessage(in LaneMessage message, LaneOutput output)
    {
        var before = _chain.Last;
        if (_chain.Takes(in message) && message.Source != before)
        {
            _stage.OnFrame(message.Frame!);
            Move(output, message.Source, before, message.Trace);
        }
    }

    public bool OnWatermark(long watermarkMicros, LaneOutput output)
    {
        if (_aggregate is null)
        {
            return false;
        }

        using var writer = new TickFrameWriter();
        writer.AddWatermark(watermarkMicros);
        _stage.OnFrame(TickFrameReader.Read(writer.Finish(Given(), 0)));
        Move(output, _chain.Last, _chain.Last, "");
        return true;
    }

    public void Save(IBufferWriter<byte> to) => LaneState.Write(
        to,
        [
            _chain.Last, _aggregate?.Refused ?? 0, _counters.Received, _counters.Accepted, _counters.Duplicate, _counters.LateAmended,
            _counters.DeadLettered,
        ],
        _pipeline.Save);

    public void Dispose()
    {
        _stage.Dispose();
        _frames.Dispose();
        _catcher.Dispose();
        _pipeline.Dispose();
    }

    /// <summary>Counters as the stage before gives them: what is refused here it does not know.</summary>
    private TickCounters Given() => _counters with
    {
        Accepted = _counters.Accepted + _counters.LateAmended + _aggregate!.Refused,
        LateAmended = 0,
        DeadLettered = _counters.DeadLettered - _aggregate.Refused,
    };

    private void Move(LaneOutput output, long source, long before, string trace)
    {
        if (_catcher.Take() is not { } bytes)
        {
            return;
        }

        output.Frames.Add(new LaneFrame(bytes, source, before, trace));
        var frame = TickFrameReader.Read(bytes);
        output.Names.Add(frame.Names);
        if (_aggregate is not null)
        {
            output.Brought = output.Brought.Plus(frame.Counters.Less(_counters));
            output.Rows.Add(frame.Ticks);
            output.Rows.Add(frame.Bars);
            foreach (var letter in frame.Letters)
            {
                output.Rows.Add(letter.Letter, letter.Tenant, letter.Stream, letter.Bytes.Span, letter.Form);
            }
        }

        _counters = frame.Counters;
    }
}
