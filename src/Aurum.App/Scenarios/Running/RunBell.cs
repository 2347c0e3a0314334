using NodaTime;

namespace Aurum.App.Scenarios.Running;

/// <summary>What workers sleep on that have nothing to do: until somebody rings, or a run is due. Safe from several threads.</summary>
/// <param name="time">Clock of waits.</param>
internal sealed class RunBell(TimeProvider time) : IDisposable
{
    /// <summary>Timers do not take every time, and clocks are set: who sleeps looks now and then.</summary>
    private static readonly Duration LongestSleep = Duration.FromMinutes(1);

    /// <summary>What a timer may be early by the clock.</summary>
    private static readonly Duration Spare = Duration.FromMilliseconds(1);

    private readonly SemaphoreSlim _rings = new(0);

    /// <summary>Something changed.</summary>
    /// <param name="times">Workers that are woken at most.</param>
    public void Ring(int times = 1) => _rings.Release(times);

    /// <summary>Returns when it rings, when the run is due, and when the worker is asked to stop: the caller looks which.</summary>
    /// <param name="due">When the first run is due that waits; null: none does. It may be over by now, or far away.</param>
    /// <param name="cancel">Asks the worker to stop.</param>
    public async Task Wait(Instant? due, CancellationToken cancel)
    {
        var left = due is { } at ? at - Instant.FromDateTimeOffset(time.GetUtcNow()) + Spare : LongestSleep;
        var sleep = Duration.Max(Duration.Zero, Duration.Min(left, LongestSleep)).ToTimeSpan();
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var timer = new CancellationTokenSource(sleep, time);
        using var registration = timer.Token.Register(wake.Cancel);
        try
        {
            await _rings.WaitAsync(wake.Token);
        }
        catch (OperationCanceledException)
        {
            // The time is over, or the worker stops.
        }
    }

    public void Dispose() => _rings.Dispose();
}
