namespace Aurum.Cluster.S3;

/// <summary>Time that all tries of a call have together: longer the more bytes go over the line.</summary>
internal sealed class CallLimit : IDisposable
{
    private const int BytesPerSecondAtLeast = 256 << 10;

    private readonly int _leastSeconds;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenSource _both;

    /// <param name="seconds">Time of a call without a body.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancel">Ends the call earlier.</param>
    public CallLimit(int seconds, TimeProvider time, CancellationToken cancel)
    {
        (_leastSeconds, _time, Seconds) = (seconds, time, seconds);
        _began = time.GetTimestamp();
        _limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token, cancel);
    }

    /// <summary>Is cancelled when the time is over, or nobody waits any more.</summary>
    public CancellationToken Token => _both.Token;

    /// <summary>Seconds from the beginning of the call.</summary>
    public long Seconds { get; private set; }

    public bool IsOver => _limit.IsCancellationRequested;

    /// <summary>Seconds for so many bytes.</summary>
    /// <param name="seconds">Time without a body.</param>
    /// <param name="bytes">Length of the body.</param>
    public static long SecondsFor(int seconds, long bytes) => seconds + bytes / BytesPerSecondAtLeast;

    /// <summary>Gives the call the time for so many bytes.</summary>
    public void Expect(long bytes)
    {
        Seconds = SecondsFor(_leastSeconds, bytes);
        var left = TimeSpan.FromSeconds(Seconds) - _time.GetElapsedTime(_began);
        if (left > TimeSpan.Zero)
        {
            _limit.CancelAfter(left);
        }
    }

    public void Dispose()
    {
        _both.Dispose();
        _limit.Dispose();
    }
}
