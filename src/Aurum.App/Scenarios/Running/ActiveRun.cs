namespace Aurum.App.Scenarios.Running;

/// <summary>A run that is computed now: how far it is, and what ends it early.</summary>
internal sealed class ActiveRun : IProgress<double>, IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _cancelled = new();
    private readonly CancellationTokenSource _any;
    private readonly Lock _lock = new();
    private double _percent;
    private bool _isOver;

    /// <param name="limit">Longest time.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="stop">The service is stopped.</param>
    public ActiveRun(TimeSpan limit, TimeProvider time, CancellationToken stop)
    {
        _timeout = new CancellationTokenSource(limit, time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, _cancelled.Token, stop);
    }

    /// <summary>0 to 100.</summary>
    public double Percent => Volatile.Read(ref _percent);

    public CancellationToken Token => _any.Token;

    public bool IsTooLong => _timeout.IsCancellationRequested;

    public bool IsCancelled => _cancelled.IsCancellationRequested;

    /// <param name="value">Share of the work, 0 to 1; goes up only.</param>
    public void Report(double value)
    {
        var percent = Math.Clamp(value, 0, 1) * 100;
        if (percent > Percent)
        {
            Volatile.Write(ref _percent, percent);
        }
    }

    /// <summary>Tells whoever computes it to stop; nothing where it is over.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                _cancelled.Cancel();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        _any.Dispose();
        _cancelled.Dispose();
        _timeout.Dispose();
    }
}
