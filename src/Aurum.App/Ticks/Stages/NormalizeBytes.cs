using System.Globalization;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using NodaTime;

namespace Aurum.App.Ticks.Stages;

/// <summary>The first stage: messages become ticks and dead letters.</summary>
/// <remarks>Whether a tick is too late only the third stage knows. The bytes of one that may be go along as a letter of that reason: the
/// third stage drops it, or finds it to be true.</remarks>
/// <param name="pipeline">Its first stage is used.</param>
/// <param name="lateSeconds">Seconds behind the newest event from which on a tick may be too late: delay and lateness of the third
/// stage.</param>
/// <param name="output">Takes the frames.</param>
/// <param name="time">The clock of the frames' stamps.</param>
internal sealed class NormalizeBytes(TickPipeline pipeline, int lateSeconds, FrameOutput output, TimeProvider time) : IByteStage
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

    public int OnBytes(StageInput input, ReadOnlySpan<byte> bytes, long position, bool isEnd)
    {
        _ticks.Clear();
        _letters.Clear();
        var used = 0;
        for (var taken = 1; taken > 0 && used < bytes.Length; used += taken)
        {
            taken = pipeline.Normalize.OnBytes(input.Stream, bytes[used..], position + used, isEnd, BatchMessages, _ticks, _letters);
        }

        _deadLettered += _letters.Count;
        if (used > 0)
        {
            Send(input, bytes, position);
        }

        return used;
    }

    public void Complete()
    {
        output.Frame.AddComplete();
        output.Finish(Counters(), Instant.FromDateTimeOffset(time.GetUtcNow()).ToUnixTimeTicks() / 10);
    }

    public void Dispose()
    {
        _ticks.Dispose();
        _letters.Dispose();
    }

    private void Send(StageInput input, ReadOnlySpan<byte> bytes, long position)
    {
        var tenant = input.Stream.Options.Tenant;
        output.Frame.AddNames(pipeline.TakeNewNames());
        output.Frame.AddTicks(_ticks.Items);
        foreach (ref readonly var tick in _ticks.Items)
        {
            _newestMicros = Math.Max(_newestMicros, tick.EventMicros);
            if (tick.EventMicros < _newestMicros - (lateSeconds * BarIntervals.MicrosPerSecond))
            {
                output.Frame.AddLetter(tenant, input.Name, MayBeLate(in tick), bytes.Slice((int)(tick.Position - position), tick.Length));
            }
        }

        foreach (var letter in _letters.Items)
        {
            output.Frame.AddLetter(tenant, input.Name, letter, bytes.Slice((int)(letter.Position - position), letter.Length));
        }

        output.Finish(Counters(), Instant.FromDateTimeOffset(time.GetUtcNow()).ToUnixTimeTicks() / 10);
    }

    private static DeadLetter MayBeLate(in Tick tick) =>
        new(DeadLetterReason.TooLate, "occurred_at", "a time within the allowed lateness", "", tick.Position, tick.Length);

    private TickCounters Counters() => new(
        pipeline.Normalize.Messages, Passed, pipeline.Normalize.Duplicates, 0, _deadLettered);
}
