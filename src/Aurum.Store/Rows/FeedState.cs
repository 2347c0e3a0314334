using Aurum.Market.Feeds;
using Aurum.Store.DuckDb;
using Aurum.Store.Sql;
using NodaTime;

namespace Aurum.Store.Rows;

/// <summary>What the store remembers of a feed between commits, so that it need not be read each time. Only the holder
/// of the gate reads or changes it; it changes when a commit is durable.</summary>
internal sealed class FeedState(string feed) : IDisposable
{
    /// <summary>Days whose standing is remembered, at most.</summary>
    private const int MostDays = 64;

    private readonly Dictionary<LocalDate, Standing?> _standings = [];
    private readonly Queue<long> _judged = [];
    private Dictionary<(string Id, string Type), (int First, int Last)>? _locationDays;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Hours in which the feed has rows.</summary>
    public HourRanges Hours { get; } = new();

    /// <summary>First tried day, and the last one of the unbroken run of settled days from it; null before the first try.</summary>
    public (LocalDate First, LocalDate? Through)? Watermark { get; set; }

    public void Dispose() => Gate.Dispose();

    /// <summary>First and last operating day (days since 1970) of each place of the feed.</summary>
    public Dictionary<(string Id, string Type), (int First, int Last)> LocationDays(DuckDbConnection connection)
    {
        if (_locationDays is null)
        {
            Dictionary<(string, string), (int, int)> days = [];
            using var find = connection.Prepare(LocationSql.FindDays).Bind(feed);
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

    /// <summary>What the ledger says of a day; null where it was never tried.</summary>
    public Standing? StandingOf(DuckDbConnection connection, LocalDate day)
    {
        if (!_standings.TryGetValue(day, out var standing))
        {
            standing = Read(connection, day);
            Remember(day, standing);
        }

        return standing;
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
    public void Settled(LocalDate day, Standing standing, (LocalDate First, LocalDate? Through)? watermark)
    {
        Remember(day, standing);
        Watermark = watermark;
    }

    private void Remember(LocalDate day, Standing? standing)
    {
        if (_standings.Count >= MostDays)
        {
            _standings.Clear();
        }

        _standings[day] = standing;
    }

    private Standing? Read(DuckDbConnection connection, LocalDate day)
    {
        using var find = connection.Prepare(DeliverySql.FindLedger).Bind(feed).Bind(day);
        using var row = find.Query();
        return row.NextChunk()
            ? new Standing(
                (Outcome)row.Int32(0, 0), row.String(1, 0), row.Boolean(2, 0), row.Int32(3, 0), row.Instant(4, 0), row.Int64(5, 0))
            : null;
    }
}

/// <summary>How a day of a feed stands in the ledger.</summary>
internal sealed record Standing(Outcome Outcome, string Why, bool IsComplete, int Attempts, Instant FirstTriedAt, long Rows)
{
    public bool IsSettled => IsComplete && Outcome.IsSettled();
}
