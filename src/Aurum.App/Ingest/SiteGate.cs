using Aurum.Market.Feeds;

namespace Aurum.App.Ingest;

/// <summary>Holds back requests to one site so that its limits are kept: requests per minute with a burst, requests in flight, rows
/// and bytes per hour. Shared fairly by live collection and backfill: live goes first when both wait.</summary>
/// <remarks>Rows and bytes are charged after an answer, so the next request waits until the hour's allowance has room again.</remarks>
internal sealed class SiteGate(Site site, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _inFlight = new(site.Limits.Concurrency, site.Limits.Concurrency);
    private readonly Lock _lock = new();
    private readonly TokenBucket _requests = new(site.Limits.RequestsPerMinute / 60, site.Limits.Burst, time.GetTimestamp());
    private readonly TokenBucket _rows = Hourly(site.Limits.RowsPerHour, time);
    private readonly TokenBucket _bytes = Hourly(site.Limits.BytesPerHour, time);
    private int _liveWaiting;

    public Site Site => site;

    /// <summary>Requests let through so far.</summary>
    public long Granted { get; private set; }

    /// <summary>Waits until a request may go out. Dispose the result when its answer has been read.</summary>
    public async Task<Permit> Enter(bool isLive, CancellationToken cancel)
    {
        await _inFlight.WaitAsync(cancel);
        try
        {
            if (isLive)
            {
                Interlocked.Increment(ref _liveWaiting);
            }

            while (WaitTime(isLive) is { } wait)
            {
                await Task.Delay(wait, time, cancel);
            }

            return new Permit(this);
        }
        catch
        {
            _inFlight.Release();
            throw;
        }
        finally
        {
            if (isLive)
            {
                Interlocked.Decrement(ref _liveWaiting);
            }
        }
    }

    /// <summary>Charges what an answer brought to the hourly allowances.</summary>
    public void Charge(long rows, long bytes)
    {
        lock (_lock)
        {
            _rows.Charge(rows);
            _bytes.Charge(bytes);
        }
    }

    public void Dispose() => _inFlight.Dispose();

    /// <summary>Takes a token; null when it was there, else how long to wait before asking again.</summary>
    private TimeSpan? WaitTime(bool isLive)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            Refill(now);
            var wait = Max(_requests.TimeFor(1), _rows.TimeFor(0), _bytes.TimeFor(0));
            if (wait is null && !isLive && Volatile.Read(ref _liveWaiting) > 0)
            {
                return _requests.TimeOfOne;
            }

            if (wait is null)
            {
                _requests.Charge(1);
                Granted++;
            }

            return wait;
        }
    }

    private void Refill(long now)
    {
        _requests.Refill(now, time);
        _rows.Refill(now, time);
        _bytes.Refill(now, time);
    }

    private static TokenBucket Hourly(long perHour, TimeProvider time) =>
        perHour == 0 ? TokenBucket.Unlimited : new TokenBucket(perHour / 3600.0, perHour, time.GetTimestamp());

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
        public void Dispose() => gate._inFlight.Release();
    }
}
