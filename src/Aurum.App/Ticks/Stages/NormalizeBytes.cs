using System.Globalization;
using Aurum.Market.Ticks;
using Aurum.Ticks;

namespace Aurum.App.Ticks.Stages;

/// <summary>The first stage: messages become ticks and dead letters. With a tick that may come too late its bytes go along, for the
/// third stage to keep where it is.</summary>
/// <param name="pipeline">Its first stage is used.</param>
/// <param name="stream">How messages are written.</param>
/// <param name="name">What the stream is called in dead letters.</param>
/// <param name="lateSeconds">Seconds behind the newest event from which on a tick may be too late: delay and lateness of the third
/// stage.</param>
/// <param name="output">Takes the frames.</param>
internal sealed class NormalizeBytes(TickPipeline pipeline, TickStream stream, string name, int lateSeconds, FrameOutput output)
    : IByteStage
{
    private const int BatchMessages = 65_536;

    private readonly Batch<Tick> _ticks = new();
    private readonly Batch<DeadLetter> _letters = new();
    private long _newestMicros = long.MinValue;
    private long _deadLettered;

    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{pipeline.Normalize.Messages} messages = {Passed} ticks + {pipeline.Normalize.Duplicates} duplicates + "
        + $"{_deadLettered} dead letters");

    private long Passed => pipeline.Normalize.Messages - pipeline.Normalize.Duplicates - _deadLettered;

    public int OnBytes(ReadOnlySpan<byte> bytes, long position, bool isEnd)
    {
        var used = 0;
        while (used < bytes.Length)
        {
            _ticks.Clear();
            _letters.Clear();
            var taken = pipeline.Normalize.OnBytes(stream, bytes[used..], position + used, isEnd, BatchMessages, _ticks, _letters);
            if (taken == 0)
            {
                break;
            }

            _deadLettered += _letters.Count;
            used += taken;
            Send(bytes, position);
        }

        return used;
    }

    public void Complete()
    {
        output.Frame.AddComplete();
        output.Finish(Counters());
    }

    public void Dispose()
    {
        _ticks.Dispose();
        _letters.Dispose();
    }

    private void Send(ReadOnlySpan<byte> bytes, long position)
    {
        output.Frame.AddNames(pipeline.TakeNewNames());
        output.Frame.AddTicks(_ticks.Items);
        foreach (ref readonly var tick in _ticks.Items)
        {
            _newestMicros = Math.Max(_newestMicros, tick.EventMicros);
            if (tick.EventMicros < _newestMicros - (lateSeconds * BarIntervals.MicrosPerSecond))
            {
                output.Frame.AddOriginal(in tick, bytes.Slice((int)(tick.Position - position), tick.Length));
            }
        }

        foreach (var letter in _letters.Items)
        {
            output.Frame.AddLetter(name, letter, bytes.Slice((int)(letter.Position - position), letter.Length));
        }

        output.Finish(Counters());
    }

    private TickCounters Counters() => new(
        pipeline.Normalize.Messages, Passed, pipeline.Normalize.Duplicates, 0, _deadLettered);
}
