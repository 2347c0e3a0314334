using System.Globalization;
using Aurum.Market.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Aggregate;
using Aurum.Ticks.Frames;
using NodaTime;

namespace Aurum.App.Ticks.Stages;

/// <summary>The first stage: messages become ticks and dead letters.</summary>
/// <remarks>A tick that the third stage would refuse as too late becomes a dead letter here, where its event id can be forgotten and its
/// bytes are.</remarks>
/// <param name="pipeline">Its first stage is used.</param>
/// <param name="late">Knows what is too late.</param>
/// <param name="output">Takes the frames.</param>
/// <param name="time">The clock of the frames' stamps.</param>
internal sealed class NormalizeBytes(TickPipeline pipeline, TooLateTicks late, FrameOutput output, TimeProvider time) : IByteStage
{
    private const int BatchMessages = 65_536;

    private readonly Batch<Tick> _ticks = new();
    private readonly Batch<DeadLetter> _letters = new();
    private long _deadLettered;

    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{pipeline.Normalize.Messages} messages = {Passed} ticks + {pipeline.Normalize.Duplicates} duplicates + "
        + $"{_deadLettered} dead letters");

    /// <summary>Dead letters so far; those before a stop where it goes on.</summary>
    public long DeadLettered
    {
        get => _deadLettered;
        init => _deadLettered = value;
    }

    /// <summary>What became of all messages so far.</summary>
    public TickCounters Counted => Counters();

    private long Passed => pipeline.Normalize.Messages - pipeline.Normalize.Duplicates - _deadLettered;

    public int OnBytes(StageInput input, ReadOnlySpan<byte> bytes, long position, bool isEnd)
    {
        _ticks.Clear();
        _letters.Clear();
        var used = 0;
        for (var taken = 1; taken > 0 && used < bytes.Length; used += taken)
        {
            var from = _ticks.Count;
            taken = pipeline.Normalize.OnBytes(input.Stream, bytes[used..], position + used, isEnd, BatchMessages, _ticks, _letters);
            Refuse(from);
        }

        _deadLettered += _letters.Count;
        if (used > 0)
        {
            Send(input, bytes[..used], position, isEnd && position == 0);
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

    /// <param name="input">Where the messages are from.</param>
    /// <param name="bytes">The messages.</param>
    /// <param name="position">Place of the first one.</param>
    /// <param name="isWhole">Whether they are all of the input.</param>
    private void Send(StageInput input, ReadOnlySpan<byte> bytes, long position, bool isWhole)
    {
        var tenant = input.Stream.Options.Tenant;
        var letters = _letters.Items;

        // Records that later ones are read with may stand in a piece without a dead letter.
        var forms = letters.IsEmpty && isWhole ? [] : input.Forms.Pass(bytes, position, letters);
        output.Frame.AddNames(pipeline.TakeNewNames());
        output.Frame.AddTicks(_ticks.Items);
        for (var i = 0; i < letters.Length; i++)
        {
            var message = bytes.Slice((int)(letters[i].Position - position), letters[i].Length);
            output.Frame.AddLetter(new TickFrameLetter(tenant, input.Name, letters[i], message.ToArray())
            {
                Form = forms.Length > 0 ? forms[i] : null,
            });
        }

        output.Finish(Counters(), Instant.FromDateTimeOffset(time.GetUtcNow()).ToUnixTimeTicks() / 10);
    }

    /// <summary>Takes what is too late out of the ticks of a batch. A batch has no event id twice, so the message may come again in the
    /// next one.</summary>
    private void Refuse(int from)
    {
        var ticks = _ticks.Items[from..];
        var kept = 0;
        foreach (ref readonly var tick in ticks)
        {
            if (late.IsTooLate(in tick))
            {
                _letters.Add(pipeline.LetterOf(in tick, DeadLetterReason.TooLate, late.WatermarkMicros));
                pipeline.Normalize.Forget(in tick);
            }
            else
            {
                ticks[kept++] = tick;
            }
        }

        _ticks.Truncate(from + kept);
    }

    private TickCounters Counters() => new(
        pipeline.Normalize.Messages, Passed, pipeline.Normalize.Duplicates, 0, _deadLettered);
}
