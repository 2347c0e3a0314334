namespace Aurum.App.Ticks.Lanes;

/// <summary>What a worker did so far. Safe from several threads.</summary>
internal sealed class WorkerFigures
{
    private long _messages;
    private long _ticks;
    private long _bars;
    private long _letters;
    private long _frames;
    private long _commits;
    private long _restarts;
    private long _claims;

    /// <summary>Messages of the topic, of which each may be a block of ticks.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Messages of sources that were in them, as far as this stage counts them.</summary>
    public long Ticks => Interlocked.Read(ref _ticks);

    public long Bars => Interlocked.Read(ref _bars);

    public long Letters => Interlocked.Read(ref _letters);

    /// <summary>Frames for the stage behind.</summary>
    public long Frames => Interlocked.Read(ref _frames);

    /// <summary>Commits of lanes.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Times that it left the group and came back.</summary>
    public long Restarts => Interlocked.Read(ref _restarts);

    /// <summary>Lanes that came to it.</summary>
    public long Claims => Interlocked.Read(ref _claims);

    public void Took(int messages) => Interlocked.Add(ref _messages, messages);

    public void Stored(LaneOutput output)
    {
        Interlocked.Add(ref _ticks, output.Brought.Received);
        Interlocked.Add(ref _bars, output.Rows.BarCount);
        Interlocked.Add(ref _letters, output.Rows.LetterCount);
        Interlocked.Add(ref _frames, output.Frames.Count);
        Interlocked.Increment(ref _commits);
    }

    public void Claimed(int lanes) => Interlocked.Add(ref _claims, lanes);

    public void Restarted() => Interlocked.Increment(ref _restarts);
}
