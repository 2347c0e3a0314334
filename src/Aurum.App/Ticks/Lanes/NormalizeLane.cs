using System.Buffers;
using Aurum.App.Ticks.Stages;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Aggregate;
using Aurum.Ticks.Enrich;

namespace Aurum.App.Ticks.Lanes;

/// <summary>The first stage: a raw message becomes a frame of ticks and dead letters.</summary>
internal sealed class NormalizeLane : ILaneStage
{
    private readonly TickPipeline _pipeline;
    private readonly TooLateTicks _late;
    private readonly FrameCatcher _catcher = new();
    private readonly FrameOutput _frames;
    private readonly NormalizeBytes _stage;
    private long _last;

    /// <param name="options">Limits.</param>
    /// <param name="state">What <see cref="Save"/> wrote; empty: it begins.</param>
    /// <param name="time">Stamps of frames.</param>
    public NormalizeLane(TickPipelineOptions options, ReadOnlySpan<byte> state, TimeProvider time)
    {
        _late = new TooLateTicks(options.Aggregate);
        var letters = 0L;
        if (state.IsEmpty)
        {
            (_pipeline, _last) = (new TickPipeline(options, InstrumentBook.Empty), -1);
        }
        else
        {
            var (numbers, parts) = LaneState.Read(state, 2, 2);
            (_last, letters) = (numbers[0], numbers[1]);
            _pipeline = TickPipeline.Load(options, InstrumentBook.Empty, parts[0], isPart: true);
            _late.Load(parts[1]);
        }

        _frames = new FrameOutput(_catcher);
        _stage = new NormalizeBytes(_pipeline, _late, _frames, time) { DeadLettered = letters };
    }

    public bool IsSmall => false;

    public TickNames Names => _pipeline.AllNames;

    public TickCounters Counters => _stage.Counted;

    public long WatermarkMicros => _late.WatermarkMicros;

    public void OnMessage(in LaneMessage message, LaneOutput output)
    {
        var input = new StageInput(message.Name, _pipeline.Open(message.Form), static () => Stream.Null);
        _ = _stage.OnBytes(input, message.Value, 0, isEnd: true);
        if (_catcher.Take() is { } frame)
        {
            output.Frames.Add(new LaneFrame(frame, message.Source, _last, message.Trace));
            _last = message.Source;
        }
    }

    /// <summary>What is too late is found by ticks alone here, so that frames that are made again are the same.</summary>
    public bool OnWatermark(long watermarkMicros, LaneOutput output) => false;

    public void Save(IBufferWriter<byte> to) => LaneState.Write(to, [_last, _stage.DeadLettered], _pipeline.Save, _late.Save);

    public void Dispose()
    {
        _stage.Dispose();
        _frames.Dispose();
        _catcher.Dispose();
        _pipeline.Dispose();
    }
}

/// <summary>Takes the frame that a stage writes.</summary>
internal sealed class FrameCatcher : MemoryStream
{
    /// <summary>What was written since the last time; null: nothing.</summary>
    public byte[]? Take()
    {
        if (Length == 0)
        {
            return null;
        }

        var frame = ToArray();
        SetLength(0);
        return frame;
    }
}
