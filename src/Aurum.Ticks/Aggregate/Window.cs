using Aurum.Ticks.State;

namespace Aurum.Ticks.Aggregate;

/// <summary>One window of one instrument. Windows refer to each other by their slots in the <see cref="WindowStore"/>.</summary>
internal struct Window
{
    /// <summary>Fewest bytes that <see cref="Save"/> writes.</summary>
    public const int LeastSavedBytes = 178;

    public long Start;
    public long End;
    public int Instrument;

    /// <summary>0: a minute, which takes ticks; 1 to 4: 5 minutes, 15 minutes, an hour, a day, which take the windows below.</summary>
    public int Level;

    /// <summary>The window of the next level that this one is part of; -1 of a day.</summary>
    public int Parent;

    /// <summary>The newest window of the level below that is part of this one; -1 where there is none. The others are older than it,
    /// one after the other.</summary>
    public int NewestPart;

    /// <summary>The next older window of this instrument and level; -1 where there is none.</summary>
    public int Older;

    /// <summary>The next newer one.</summary>
    public int Newer;

    /// <summary>The next window that is due at the same end; -1 where there is none.</summary>
    public int NextDue;

    /// <summary>Whether it is noted among the due ones.</summary>
    public bool IsNoted;

    /// <summary>Whether the store has kept what all of it comes to, and nothing has changed since.</summary>
    public bool IsKept;

    /// <summary>Revision of the last bar that it gave; -1 before the first.</summary>
    public int Revision;

    /// <summary>Of a minute its ticks, of the others the parts that can change no more.</summary>
    public BarSummary Own;

    /// <summary>Of a minute that has ticks in more than one second.</summary>
    public SecondPrices? Seconds;

    /// <param name="from">What <see cref="Save"/> wrote.</param>
    /// <param name="instruments">Instruments that there are.</param>
    /// <param name="slots">Windows that there are.</param>
    public static Window Load(ref StateReader from, int instruments, int slots)
    {
        var window = new Window
        {
            Start = from.Int64(),
            End = from.Int64(),
            Instrument = from.Index(instruments),
            Level = from.Index(WindowStore.Levels),
            Parent = from.Index(slots + 1) - 1,
            Older = from.Index(slots + 1) - 1,
            NextDue = from.Index(slots + 1) - 1,
            IsNoted = from.Bool(),
            Revision = from.Int32(),
            Own = BarSummary.Load(ref from),
            NewestPart = WindowStore.None,
            Newer = WindowStore.None,
        };
        if (from.Bool())
        {
            window.Seconds = new SecondPrices();
            window.Seconds.Load(ref from);
        }

        return window;
    }

    /// <summary>All but <see cref="Newer"/> and <see cref="NewestPart"/>, which are the other ends of <see cref="Older"/> and
    /// <see cref="Parent"/>.</summary>
    /// <param name="to">Takes it.</param>
    /// <param name="numbers">By slot the number that it is written as.</param>
    public readonly void Save(StateWriter to, ReadOnlySpan<int> numbers)
    {
        to.Write(Start);
        to.Write(End);
        to.Write(Instrument);
        to.Write(Level);
        to.Write(Number(Parent, numbers));
        to.Write(Number(Older, numbers));
        to.Write(Number(NextDue, numbers));
        to.Write(IsNoted);
        to.Write(Revision);
        Own.Save(to);
        to.Write(Seconds is not null);
        Seconds?.Save(to);
    }

    /// <summary>From 1; 0 of none.</summary>
    private static int Number(int slot, ReadOnlySpan<int> numbers) => slot == WindowStore.None ? 0 : numbers[slot] + 1;
}
