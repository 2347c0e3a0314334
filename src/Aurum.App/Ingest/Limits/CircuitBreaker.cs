namespace Aurum.App.Ingest.Limits;

/// <summary>Leaves a site alone that fails: after so many errors within a time it is open, lets nothing through for a while, then one
/// request as a trial; the trial closes it or opens it again. Safe for several threads.</summary>
/// <param name="errors">Errors that open it.</param>
/// <param name="within">Time that they fall in.</param>
/// <param name="openFor">How long nothing goes through.</param>
/// <param name="time">The clock.</param>
internal sealed class CircuitBreaker(int errors, TimeSpan within, TimeSpan openFor, TimeProvider time)
{
    /// <summary>What others wait while a trial is under way.</summary>
    public static readonly TimeSpan TrialTime = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _failedAt = new();
    private DateTimeOffset? _openUntil;
    private bool _isTried;

    /// <summary>How things stand now.</summary>
    public BreakerStanding Standing
    {
        get
        {
            lock (_lock)
            {
                Forget();
                var state = _openUntil is not { } until ? BreakerState.Closed
                    : time.GetUtcNow() < until ? BreakerState.Open
                    : BreakerState.HalfOpen;
                return new BreakerStanding(state, _failedAt.Count, state == BreakerState.Open ? _openUntil : null);
            }
        }
    }

    /// <summary>Whether a request may go out; each that may must end in one of the three below.</summary>
    /// <param name="wait">How long to wait before asking again where it may not.</param>
    public bool TryEnter(out TimeSpan wait)
    {
        lock (_lock)
        {
            wait = TimeSpan.Zero;
            if (_openUntil is not { } until)
            {
                return true;
            }

            var left = until - time.GetUtcNow();
            if (left > TimeSpan.Zero || _isTried)
            {
                wait = left > TimeSpan.Zero ? left : TrialTime;
                return false;
            }

            _isTried = true;
            return true;
        }
    }

    public void Succeeded()
    {
        lock (_lock)
        {
            if (_isTried)
            {
                (_isTried, _openUntil) = (false, null);
                _failedAt.Clear();
            }
        }
    }

    public void Failed()
    {
        lock (_lock)
        {
            _failedAt.Enqueue(time.GetUtcNow());
            Forget();
            if (_isTried || (_openUntil is null && _failedAt.Count >= errors))
            {
                (_isTried, _openUntil) = (false, time.GetUtcNow() + openFor);
            }
        }
    }

    /// <summary>The request was given up before it said anything of the site.</summary>
    public void GivenUp()
    {
        lock (_lock)
        {
            _isTried = false;
        }
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        while (_failedAt.TryPeek(out var oldest) && now - oldest >= within)
        {
            _failedAt.Dequeue();
        }
    }
}

/// <summary>Whether a site is asked.</summary>
internal enum BreakerState
{
    /// <summary>It is asked.</summary>
    Closed,

    /// <summary>It failed too often and is left alone for a while.</summary>
    Open,

    /// <summary>The while is over: the next request is a trial.</summary>
    HalfOpen,
}

/// <summary>How a breaker stands.</summary>
/// <param name="State">Whether the site is asked.</param>
/// <param name="Errors">Errors within its time.</param>
/// <param name="OpenUntil">When a trial may go out; null where it is not open.</param>
internal readonly record struct BreakerStanding(BreakerState State, int Errors, DateTimeOffset? OpenUntil);
