using NodaTime;

namespace Aurum.App.Simulation;

/// <summary>A clock that only moves when somebody waits on it: a delay of an hour takes no time and leaves the clock an hour later.
/// Meant for one flow of work at a time, so that the same seed gives the same instants.</summary>
internal sealed class VirtualTime(Instant start) : TimeProvider
{
    private readonly Lock _lock = new();
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

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();

    public override long GetTimestamp() => Now.ToUnixTimeTicks();

    public void AdvanceTo(Instant instant)
    {
        lock (_lock)
        {
            _now = instant > _now ? instant : _now;
        }
    }

    public void Advance(Duration duration) => AdvanceTo(Now + duration);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, callback, state, dueTime);

    /// <summary>Goes off at once, with the clock moved to its due time. Never repeats.</summary>
    private sealed class Timer : ITimer
    {
        private readonly VirtualTime _time;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private int _disposed;

        public Timer(VirtualTime time, TimerCallback callback, object? state, TimeSpan dueTime)
        {
            _time = time;
            _callback = callback;
            _state = state;
            Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.Zero || Volatile.Read(ref _disposed) != 0)
            {
                return false;
            }

            ThreadPool.UnsafeQueueUserWorkItem(
                static work =>
                {
                    if (Volatile.Read(ref work.Timer._disposed) == 0)
                    {
                        work.Timer._time.Advance(Duration.FromTimeSpan(work.DueTime));
                        work.Timer._callback(work.Timer._state);
                    }
                },
                (Timer: this, DueTime: dueTime),
                preferLocal: false);
            return true;
        }

        public void Dispose() => Interlocked.Exchange(ref _disposed, 1);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
