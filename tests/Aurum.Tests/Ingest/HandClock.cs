using NodaTime;

namespace Aurum.Tests.Ingest;

/// <summary>A time provider that stands still until it is moved by hand; timers go off when the
/// clock passes them, in their order.</summary>
internal sealed class HandClock(Instant start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Alarm> _alarms = [];
    private Instant _now = start;

    public Instant Now
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    /// <summary>When the next timer goes off; null where none runs.</summary>
    public Instant? NextAlarm
    {
        get
        {
            lock (_lock)
            {
                return _alarms.Count == 0 ? null : _alarms.Min(a => a.At);
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();

    public override long GetTimestamp() => Now.ToUnixTimeTicks();

    public void AdvanceTo(Instant instant)
    {
        while (true)
        {
            Alarm? first;
            lock (_lock)
            {
                first = _alarms.Where(a => a.At <= instant).MinBy(a => a.At);
                if (first is null)
                {
                    _now = Instant.Max(_now, instant);
                    return;
                }

                _alarms.Remove(first);
                _now = Instant.Max(_now, first.At);
                first.Again();
            }

            first.GoOff();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    private sealed class Alarm(HandClock clock, Action callback) : ITimer
    {
        private Duration _period;

        public Instant At { get; private set; }

        public void GoOff() => callback();

        /// <summary>One that goes off again and again is set for the next time.</summary>
        public void Again()
        {
            if (_period > Duration.Zero)
            {
                At += _period;
                clock._alarms.Add(this);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._alarms.Remove(this);
                _period = period > TimeSpan.Zero ? Duration.FromTimeSpan(period) : Duration.Zero;
                if (dueTime >= TimeSpan.Zero)
                {
                    At = clock._now + Duration.FromTimeSpan(dueTime);
                    clock._alarms.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
