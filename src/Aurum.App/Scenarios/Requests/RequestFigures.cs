namespace Aurum.App.Scenarios.Requests;

/// <summary>What a worker did so far. Safe from several threads.</summary>
internal sealed class RequestFigures
{
    private long _requests;
    private long _runs;
    private long _again;
    private long _known;
    private long _letters;
    private long _restarts;
    private long _takenOver;

    /// <summary>Messages that were taken in hand.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Runs that came to their end here.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    /// <summary>Attempts that are made again.</summary>
    public long Again => Interlocked.Read(ref _again);

    /// <summary>Requests of runs that had ended when they came.</summary>
    public long Known => Interlocked.Read(ref _known);

    /// <summary>Requests that were given up.</summary>
    public long Letters => Interlocked.Read(ref _letters);

    /// <summary>Runs of workers that died.</summary>
    public long TakenOver => Interlocked.Read(ref _takenOver);

    /// <summary>Times that it left the group and came back.</summary>
    public long Restarts => Interlocked.Read(ref _restarts);

    public void Took() => Interlocked.Increment(ref _requests);

    public void Ended() => Interlocked.Increment(ref _runs);

    public void TriesAgain() => Interlocked.Increment(ref _again);

    public void KnewIt() => Interlocked.Increment(ref _known);

    public void GaveUp() => Interlocked.Increment(ref _letters);

    public void TookOver() => Interlocked.Increment(ref _takenOver);

    public void Restarted() => Interlocked.Increment(ref _restarts);
}
