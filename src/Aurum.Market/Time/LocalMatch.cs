namespace Aurum.Market.Time;

/// <summary>What a local clock reading stands for: no instant (the clock jumped over it), one, or two (the clock went
/// back).</summary>
public readonly record struct LocalMatch
{
    private readonly int _firstOffset;
    private readonly int _secondOffset;

    internal LocalMatch(long localSeconds, int count, int firstOffset, int secondOffset)
    {
        LocalSeconds = localSeconds;
        Count = count;
        _firstOffset = firstOffset;
        _secondOffset = secondOffset;
    }

    public long LocalSeconds { get; }

    /// <summary>0, 1 or 2.</summary>
    public int Count { get; }

    /// <summary>Unix seconds of the only or the earlier instant. Meaningless where <see cref="Count"/> is 0.</summary>
    public long First => LocalSeconds - _firstOffset;

    /// <summary>Unix seconds of the later of two instants; the same as <see cref="First"/> where there is one.</summary>
    public long Second => LocalSeconds - _secondOffset;
}
