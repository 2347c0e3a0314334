using Aurum.Market.Feeds;

namespace Aurum.App.Ingest;

/// <summary>Holds back requests to one site so that its limits are kept: requests per minute with a burst, requests in flight, rows
/// and bytes per hour, and the pause that the site itself asks for. Live collection goes before backfill, each in its order.</summary>
/// <remarks>Rows and bytes are charged after an answer, so the next request waits until the hour's allowance has room again.</remarks>
internal sealed class SiteGate(Site site, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly TokenBucket _requests = new(site.Limits.RequestsPerMinute / 60, site.Limits.Burst, time.GetTimestamp());
    private readonly HourlyAllowance _rows = new(site.Limits.RowsPerHour, time.GetTimestamp());
    private readonly HourlyAllowance _bytes = new(site.Limits.BytesPerHour, time.GetTimestamp());
    private readonly LinkedList<bool> _live = [];
    private readonly LinkedList<bool> _backfill = [];
    private TaskCompletionSource _changed = NewSignal();
    private int _inFlight;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;

    public Site Site => site;

    /// <summary>Requests let through so far.</summary>
    public long Granted { get; private set; }

    /// <summary>Waits until a request may go out. Dispose the result when its answer has been read.</summary>
    public async Task<Permit> Enter(bool isLive, CancellationToken cancel)
    {
        var queue = isLive ? _live : _backfill;
        LinkedListNode<bool> place;
        lock (_lock)
        {
            place = queue.AddLast(isLive);
        }

        try
        {
            while (TryTake(place, cancel) is { } wait)
            {
                await wait;
            }

            return new Permit(this);
        }
        finally
        {
            lock (_lock)
            {
                queue.Remove(place);
                Wake();
            }
        }
    }

    /// <summary>Charges what an answer brought to the hourly allowances.</summary>
    public void Charge(long rows, long bytes)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _rows.Charge(rows, now, time);
            _bytes.Charge(bytes, now, time);
        }
    }

    /// <summary>Charges a request that goes out under a permit that is held already: a redirect that is followed.</summary>
    public void ChargeRequest()
    {
        lock (_lock)
        {
            _requests.Refill(time.GetTimestamp(), time);
            _requests.Charge(1);
            Granted++;
        }
    }

    /// <summary>Lets nothing out for a while: the site asked for it.</summary>
    public void Pause(TimeSpan pause)
    {
        lock (_lock)
        {
            var until = time.GetUtcNow() + pause;
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }
    }

    /// <summary>Takes a request's place; null when it was there, else what to wait for before trying again.</summary>
    private Task? TryTake(LinkedListNode<bool> place, CancellationToken cancel)
    {
        lock (_lock)
        {
            var isNext = ReferenceEquals(place, _live.First ?? _backfill.First);
            if (!isNext || _inFlight == site.Limits.Concurrency)
            {
                return _changed.Task.WaitAsync(cancel);
            }

            if (WaitTime() is { } wait)
            {
                return Task.Delay(wait, time, cancel);
            }

            _requests.Charge(1);
            _inFlight++;
            Granted++;
            return null;
        }
    }

    private TimeSpan? WaitTime()
    {
        var now = time.GetTimestamp();
        _requests.Refill(now, time);
        var pause = _pausedUntil - time.GetUtcNow();
        return Max(_requests.TimeFor(1), _rows.Wait(now, time), _bytes.Wait(now, time), pause > TimeSpan.Zero ? pause : null);
    }

    private void Leave()
    {
        lock (_lock)
        {
            _inFlight--;
            Wake();
        }
    }

    /// <summary>Lets everybody who waits look again.</summary>
    private void Wake()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TimeSpan? Max(params ReadOnlySpan<TimeSpan?> waits)
    {
        TimeSpan? longest = null;
        foreach (var wait in waits)
        {
            longest = longest is null || wait > longest ? wait ?? longest : longest;
        }

        return longest;
    }

    /// <summary>The right to have one request in flight.</summary>
    internal sealed class Permit(SiteGate gate) : IDisposable
    {
        private SiteGate? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
    }
}
