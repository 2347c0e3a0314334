namespace Aurum.Ticks.Aggregate;

/// <summary>One window of one instrument. Windows refer to each other by their slots in the <see cref="WindowStore"/>.</summary>
internal struct Window
{
    public long Start;
    public long End;
    public int Instrument;

    /// <summary>0: a minute, which takes ticks; 1 to 4: 5 minutes, 15 minutes, an hour, a day, which take the windows below.</summary>
    public int Level;

    /// <summary>The window of the next level that this one is part of; -1 of a day.</summary>
    public int Parent;

    /// <summary>The next older window of this instrument and level; -1 where there is none.</summary>
    public int Older;

    /// <summary>The next window that is due at the same end; -1 where there is none.</summary>
    public int NextDue;

    /// <summary>Whether it is noted among the due ones.</summary>
    public bool IsNoted;

    /// <summary>Revision of the last bar that it gave; -1 before the first.</summary>
    public int Revision;

    /// <summary>Of a minute its ticks, of the others the parts that can change no more.</summary>
    public BarSummary Own;

    /// <summary>Of a minute that has ticks in more than one second.</summary>
    public SecondPrices? Seconds;
}
