using NodaTime;

namespace Aurum.App.Simulation;

/// <summary>A clock that only moves when somebody waits on it: a delay of an hour takes no time and leaves the clock an hour later.
/// A time limit (a cancellation after some time) moves nothing: it strikes when waits carry the clock past it.</summary>
/// <remarks>Exact for one flow of work at a time, so that the same seed gives the same instants. Where several flows wait, each wait
/// still ends at its own instant, but one flow's wait may strike another's limit;
/// <paramref name="keepsLimits"/> turns limits off.</remarks>
/// <param name="start">Where the clock stands at first.</param>
/// <param name="keepsLimits">Whether time limits strike.</param>
internal sealed class VirtualTime(Instant start, bool keepsLimits = true) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Limit> _limits = [];
    private readonly bool _keepsLimits = keepsLimits;
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
        List<Limit> struck;
        lock (_lock)
        {
            _now = Instant.Max(_now, instant);
            struck = [.. _limits.Where(l => l.At <= _now)];
            _limits.RemoveAll(l => l.At <= _now);
        }

        foreach (var limit in struck)
        {
            limit.Strike();
        }
    }

    public void Advance(Duration duration) => AdvanceTo(Now + duration);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = state is CancellationTokenSource ? new Limit(this, () => callback(state)) : new Wait(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Goes off at once, with the clock moved to its due time. Never repeats.</summary>
    private sealed class Wait(VirtualTime time, Action callback) : ITimer
    {
        private int _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.Zero || Volatile.Read(ref _disposed) != 0)
            {
                return false;
            }

            ThreadPool.UnsafeQueueUserWorkItem(
                static work => work.Wait.GoOff(work.At), (Wait: this, At: time.Now + Duration.FromTimeSpan(dueTime)), false);
            return true;
        }

        public void Dispose() => Interlocked.Exchange(ref _disposed, 1);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void GoOff(Instant at)
        {
            if (Volatile.Read(ref _disposed) == 0)
            {
                time.AdvanceTo(at);
                callback();
            }
        }
    }

    /// <summary>Strikes when the clock passes it.</summary>
    private sealed class Limit(VirtualTime time, Action callback) : ITimer
    {
        public Instant At { get; private set; }

        public void Strike() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._limits.Remove(this);
                if (dueTime >= TimeSpan.Zero && time._keepsLimits)
                {
                    At = time._now + Duration.FromTimeSpan(dueTime);
                    time._limits.Add(this);
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
