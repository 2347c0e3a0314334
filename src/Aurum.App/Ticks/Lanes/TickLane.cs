using System.Buffers;
using Aurum.Cluster.Kafka;
using Aurum.Market.Ticks;
using Aurum.Store.Engines;
using Aurum.Store.Ticks;
using Aurum.Ticks.Frames;

namespace Aurum.App.Ticks.Lanes;

/// <summary>A lane while it is ours: its stage, how far that has come, and how far that is stored. What the stage remembers is stored now
/// and then; a holder that begins with it reads the messages behind it again and gives nothing for those that are stored.</summary>
/// <remarks>All but <see cref="Stop"/> is for who has <see cref="Gate"/>.</remarks>
internal sealed class TickLane : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly LaneWorld _world;
    private readonly LaneRecord _claimed;
    private readonly ILaneStage _stage;
    private readonly LaneOutput _output = new();
    private readonly CancellationTokenSource _stop = new();
    private long _commits;

    /// <summary>Offset of the next message that the stage takes; null: any.</summary>
    private long? _position;

    /// <summary>Offset behind the last message that is stored; null: none is.</summary>
    private long? _stored;

    /// <summary>The same of what the stage remembers.</summary>
    private long? _stateAt;
    private long _stateSince;
    private long _messageSince;
    private bool _isLive;

    private TickLane(LaneWorld world, LaneClaim claim)
    {
        _world = world;
        _claimed = claim.Record;
        _stage = LaneStages.Open(world.Options.Stage, world.Options.Pipeline, world.Book, claim.State, world.Time);
        _output.Names.Add(_stage.Names);
        (_commits, _stored, _stateAt, _position) = (_claimed.Commits, _claimed.Next, _claimed.StateAt, _claimed.StateAt ?? _claimed.Next);
        _stateSince = _messageSince = world.Time.GetTimestamp();
    }

    public object Gate { get; } = new();

    public LaneId Id => _claimed.Id;

    /// <summary>Whether it is no longer ours.</summary>
    public bool IsOver => _stop.IsCancellationRequested;

    /// <summary>Where reading begins.</summary>
    public long? Position => _position;

    public TickCounters Counters => _stage.Counters;

    public long WatermarkMicros => _stage.WatermarkMicros;

    public LaneOutput Output => _output;

    /// <summary>Whether a frame that cannot be read stands before all that follows: nothing more is taken. Who has the lane next looks
    /// again.</summary>
    public bool IsHeld { get; private set; }

    private bool IsDirty => _position != _stored;

    /// <summary>Claims a lane and opens its stage.</summary>
    public static TickLane Open(LaneWorld world, LaneId id) =>
        new(world, world.Store.Claim(id, world.Options.Holder, world.Now));

    /// <summary>Ends waits: the lane goes to somebody else, or the worker stops.</summary>
    public void Stop() => _stop.Cancel();

    public void OnMessage(in IncomingMessage message)
    {
        if (IsHeld || message.Offset < _position)
        {
            return;
        }

        var isAgain = message.Offset < _stored;
        if (!isAgain)
        {
            GoLive();
        }

        if (LaneStages.ReadsRaw(_world.Options.Stage))
        {
            Take(in message, null, message.Offset, -1);
        }
        else if (!TryTakeFrame(in message))
        {
            IsHeld = true;
            return;
        }

        if (isAgain)
        {
            _output.Clear();
        }

        _position = message.Offset + 1;
        _messageSince = _world.Time.GetTimestamp();
    }

    /// <summary>Closes bars by the clock, where no message has come for long and none waits.</summary>
    public void OnQuiet()
    {
        var options = _world.Options;
        if (options.QuietSeconds == 0 || IsHeld || IsDirty || _stage.WatermarkMicros == long.MinValue
            || _world.Time.GetElapsedTime(_messageSince).TotalSeconds < options.QuietSeconds)
        {
            return;
        }

        var now = _world.NowMicros;
        var watermark = BarIntervals.Floor(
            now - ((options.QuietSeconds + options.Pipeline.Aggregate.DelaySeconds) * BarIntervals.MicrosPerSecond),
            BarIntervals.MicrosPerMinute);
        if (now - _stage.WatermarkMicros < BarIntervals.MicrosPerHour && watermark > _stage.WatermarkMicros
            && _stage.OnWatermark(watermark, _output))
        {
            GoLive();
            Store(withState: true);
        }
    }

    /// <summary>Stores what came of the messages so far, with the position behind them.</summary>
    /// <exception cref="LaneLostException">It is another holder's.</exception>
    /// <exception cref="OperationCanceledException">The lane was stopped before it was stored.</exception>
    public void Commit()
    {
        if (IsDirty && _position >= (_stored ?? 0))
        {
            Store(_stage.IsSmall || _stateAt is null
                || _world.Time.GetElapsedTime(_stateSince).TotalSeconds >= _world.Options.StateSeconds);
        }
    }

    /// <summary>Stores what the stage remembers, so that whoever comes next has nothing to read again. Tried once.</summary>
    public void Leave()
    {
        if (!_isLive || IsDirty || _stored is null || _stateAt == _stored)
        {
            return;
        }

        try
        {
            _world.Store.Commit(Made(withState: true));
            _stateAt = _stored;
        }
        catch (Exception e) when (e is LaneLostException or EngineException)
        {
            _world.Told($"{Id}: {e.Message}");
        }
    }

    public void Dispose()
    {
        _stage.Dispose();
        _output.Dispose();
        _stop.Dispose();
    }

    /// <summary>Takes a frame. What no stage can have sent is left; a frame that cannot be read may be one that the next need.</summary>
    /// <returns>False where it is of another version, or not what was written.</returns>
    private bool TryTakeFrame(in IncomingMessage message)
    {
        if (!TickTopics.TryNumber(in message, TickTopics.SourceOffset, out var source)
            || !TickTopics.TryNumber(in message, TickTopics.SourceBefore, out var before)
            || !TickFrameReader.IsFrame(message.Value))
        {
            _world.Told($"{NameOf(in message)}: expected a frame of a stage, found another message: left");
            return true;
        }

        TickFrame frame;
        try
        {
            frame = TickFrameReader.Read(message.Value.ToArray());
        }
        catch (InvalidDataException unreadable)
        {
            _world.Told($"{NameOf(in message)}: {unreadable.Message}: this lane waits, for what follows needs it; others go on");
            return false;
        }

        Take(in message, frame, source, before);
        return true;
    }

    private void Take(in IncomingMessage message, TickFrame? frame, long source, long before) => _stage.OnMessage(
        new LaneMessage
        {
            Name = NameOf(in message),
            Source = source,
            SourceBefore = before,
            Form = TickTopics.FormOf(in message),
            Value = message.Value,
            Frame = frame,
            Trace = TickTopics.Text(in message, KafkaHeaders.Trace, ""),
        },
        _output);

    private static string NameOf(in IncomingMessage message) => FormattableString.Invariant($"{message.Partition}@{message.Offset}");

    private void GoLive()
    {
        if (_isLive)
        {
            return;
        }

        if (_claimed.Next is not null && _stage.Counters != _claimed.Counters)
        {
            throw new InvalidDataException(
                $"{Id}: expected to come to {_claimed.Counters} at offset {_claimed.Next}, found {_stage.Counters}: messages from offset "
                + $"{_claimed.StateAt} on, which have to be read again, are gone from the topic or others");
        }

        _isLive = true;
    }

    private void Store(bool withState)
    {
        var commit = Made(withState);
        for (var wait = FirstWait; ; wait = TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestWait.Ticks)))
        {
            _stop.Token.ThrowIfCancellationRequested();
            try
            {
                _world.Store.Commit(commit);
                break;
            }
            catch (EngineException e)
            {
                _world.Told(e.IsTransient
                    ? $"{Id}: not stored, tried again: {e.Message}"
                    : FormattableString.Invariant($"{Id}: not stored, and may never be: the store refuses what came of offsets ")
                        + FormattableString.Invariant($"{_stored ?? 0} to {_position - 1}; tried again: {e.Message}"));
                _stop.Token.WaitHandle.WaitOne(wait);
            }
        }

        _commits++;
        _stored = _position;
        if (withState)
        {
            (_stateAt, _stateSince) = (_stored, _world.Time.GetTimestamp());
        }

        _output.Clear();
    }

    private LaneCommit Made(bool withState)
    {
        ReadOnlyMemory<byte>? state = null;
        if (withState)
        {
            var bytes = new ArrayBufferWriter<byte>();
            _stage.Save(bytes);
            state = bytes.WrittenMemory;
        }

        return new LaneCommit(
            Id, _claimed.Epoch, _commits, _position, _world.Now, _stage.Counters, _output.Rows, _output.Names)
        {
            Brought = _output.Brought,
            WatermarkMicros = _stage.WatermarkMicros,
            State = state,
        };
    }
}
