using Aurum.Store.Engines;
using Aurum.Store.Ledger;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Rows;

/// <summary>What the store remembers of a feed between commits, so that it need not be read each time. Only the holder
/// of the gate reads or changes it, but for <see cref="Recalls"/>; it changes when a commit is durable.</summary>
internal sealed class FeedState(string feed) : IDisposable
{
    /// <summary>Days whose entry in the ledger is remembered, at most.</summary>
    private const int MostDays = 64;

    private readonly Lock _ledger = new();
    private readonly Dictionary<LocalDate, LedgerEntry> _entries = [];
    private readonly Queue<long> _judged = [];
    private Dictionary<(string Id, string Type), (int First, int Last)>? _locationDays;

    /// <summary>From this day on all entries of the ledger are remembered: a day without one was never tried. A feed of which the
    /// ledger has none begins so.</summary>
    private LocalDate _allFrom = LocalDate.MinIsoValue;

    /// <summary>How many commits of the feed all processes had made when it was read; -1 before it is read. And the count that an
    /// open transaction has made of it.</summary>
    private long _version = -1;
    private long? _claimed;

    public string Feed { get; } = feed;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Hours in which the feed has rows.</summary>
    public HourRanges Hours { get; } = new();

    /// <summary>First tried day, and the last one of the unbroken run of settled days from it; null before the first try.</summary>
    public (LocalDate First, LocalDate? Through)? Watermark { get; set; }

    public void Dispose() => Gate.Dispose();

    /// <summary>Whether what is remembered is of a version. A commit that was begun and not ended leaves it open.</summary>
    public bool IsAt(long version) => _claimed is null && _version == version;

    public void Remembers(long version) => (_version, _claimed) = (version, null);

    /// <summary>The version that a commit counts on from.</summary>
    public long ClaimVersion()
    {
        var from = _claimed ?? _version;
        _claimed = from + 1;
        return from;
    }

    /// <summary>Takes over that the commit is durable.</summary>
    public void ClaimedVersion()
    {
        if (_claimed is { } claimed)
        {
            Remembers(claimed);
        }
    }

    /// <summary>Forgets all that is remembered.</summary>
    public void Forget()
    {
        lock (_ledger)
        {
            _entries.Clear();
            _allFrom = LocalDate.MinIsoValue;
        }

        _judged.Clear();
        _locationDays = null;
        Hours.Clear();
        Watermark = null;
    }

    /// <summary>First and last operating day (days since 1970) of each place of the feed.</summary>
    public Dictionary<(string Id, string Type), (int First, int Last)> LocationDays(EngineConnection connection)
    {
        if (_locationDays is null)
        {
            Dictionary<(string, string), (int, int)> days = [];
            using var find = connection.Prepare(LocationSql.FindDays).Bind(Feed);
            using var rows = find.Query();
            while (rows.NextChunk())
            {
                for (var i = 0; i < rows.Count; i++)
                {
                    days.Add((rows.String(0, i), rows.String(1, i)), (rows.Int32(2, i), rows.Int32(3, i)));
                }
            }

            _locationDays = days;
        }

        return _locationDays;
    }

    /// <summary>Whether it is remembered what the ledger says of a day. Safe from any thread.</summary>
    /// <param name="day">Operating day.</param>
    /// <param name="entry">What it says; null where the day was never tried.</param>
    public bool Recalls(LocalDate day, out LedgerEntry? entry)
    {
        lock (_ledger)
        {
            return _entries.TryGetValue(day, out entry) || day >= _allFrom;
        }
    }

    /// <summary>What the ledger says of a day; null where it was never tried.</summary>
    public LedgerEntry? EntryOf(EngineConnection connection, LocalDate day)
    {
        if (Recalls(day, out var known))
        {
            return known;
        }

        using var find = connection.Prepare(LedgerSql.Entry).Bind(Feed).Bind(day);
        using var row = find.Query();
        return row.NextChunk() ? GapLedger.Entry(row, 0) : null;
    }

    /// <summary>Takes the latest days of the ledger, as they are stored; there are none between the first of them and the last that
    /// are not among them.</summary>
    public void Recall(IReadOnlyList<LedgerEntry> latest)
    {
        lock (_ledger)
        {
            _allFrom = latest.Min(e => e.Day);
            foreach (var entry in latest)
            {
                _entries[entry.Day] = entry;
            }
        }
    }

    /// <summary>The newest delivery whose gate result goes when one more is written; null while there is room.</summary>
    public long? OutdatedGate() => _judged.Count < GateRecord.Kept ? null : _judged.ElementAt(_judged.Count - GateRecord.Kept);

    /// <summary>Takes over that a delivery's gate result is stored.</summary>
    public void Judged(long delivery)
    {
        _judged.Enqueue(delivery);
        while (_judged.Count > GateRecord.Kept)
        {
            _judged.Dequeue();
        }
    }

    /// <summary>Takes over what a commit has written to the ledger.</summary>
    public void Settled(LedgerEntry entry, (LocalDate First, LocalDate? Through)? watermark)
    {
        Watermark = watermark;
        lock (_ledger)
        {
            if (_entries.Count >= MostDays && !_entries.ContainsKey(entry.Day))
            {
                // The oldest go; of days as old as these nothing is known from memory then.
                var oldest = _entries.Keys.Min();
                _entries.Remove(oldest);
                _allFrom = LocalDate.Max(_allFrom, oldest.PlusDays(1));
            }

            _entries[entry.Day] = entry;
        }
    }
}
