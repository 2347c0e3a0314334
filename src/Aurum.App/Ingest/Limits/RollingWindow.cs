namespace Aurum.App.Ingest.Limits;

/// <summary>How much happened in any stretch of a given length, and an allowance for it: requests, rows or bytes.</summary>
/// <remarks>Counts by slots and forgets a slot when all of it is as old as the window, so that no stretch of that length holds more than
/// the allowance. What is charged afterwards may overdraw it; then nothing goes out until enough of it is old. Not safe for several
/// threads by itself; <see cref="SiteGate"/> locks.</remarks>
/// <param name="limit">Requests, rows or bytes; 0 is no limit.</param>
/// <param name="window">Length of the stretch.</param>
/// <param name="slots">Slots that it is counted by: one slot in so many of the allowance may go unused.</param>
/// <param name="time">The clock.</param>
internal sealed class RollingWindow(long limit, TimeSpan window, int slots, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly TimeSpan _slot = window / slots;
    private readonly long[] _taken = new long[slots + 1];
    private long _newest = slots;
    private long _sum;

    public long Limit => limit;

    public TimeSpan Length => window;

    /// <summary>What was taken in the window until now.</summary>
    public long Used
    {
        get
        {
            Forget();
            return _sum;
        }
    }

    public void Charge(long amount)
    {
        Forget();
        _taken[_newest % _taken.Length] += amount;
        _sum += amount;
    }

    /// <summary>Charges what happened before, such as in an earlier process.</summary>
    public void ChargeEarlier(long amount, TimeSpan age)
    {
        var slot = (long)((Elapsed - age) / _slot);
        Forget();
        if (age <= window && slot >= 0 && slot > _newest - _taken.Length)
        {
            _taken[Math.Min(slot, _newest) % _taken.Length] += amount;
            _sum += amount;
        }
    }

    /// <summary>How long until so much may be taken; null when it may. Where nothing was taken, anything may: it will never fit
    /// better.</summary>
    public TimeSpan? Wait(long amount)
    {
        if (limit == 0)
        {
            return null;
        }

        Forget();
        if (_sum == 0 || _sum + amount <= limit)
        {
            return null;
        }

        var left = _sum;
        var slot = Math.Max(0, _newest - _taken.Length + 1);
        while (left > 0 && left + amount > limit)
        {
            left -= _taken[slot % _taken.Length];
            slot++;
        }

        // The slot before is the last one that has to go: it is forgotten when a whole window has passed since its end.
        var wait = (_slot * (slot - 1 + _taken.Length)) - Elapsed;
        return wait > TimeSpan.FromMilliseconds(1) ? wait : TimeSpan.FromMilliseconds(1);
    }

    /// <summary>Time since one window before the start, so that what happened before the start has slots too.</summary>
    private TimeSpan Elapsed => window + time.GetElapsedTime(_start);

    private void Forget()
    {
        var now = (long)(Elapsed / _slot);
        for (var passed = Math.Min(now - _newest, _taken.Length); passed > 0; passed--)
        {
            _newest = now - passed + 1;
            _sum -= _taken[_newest % _taken.Length];
            _taken[_newest % _taken.Length] = 0;
        }
    }
}
