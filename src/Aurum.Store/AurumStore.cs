using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store.Archive;
using Aurum.Store.Ledger;
using Aurum.Store.Locations;
using Aurum.Store.Reading;
using Aurum.Store.Rows;
using NodaTime;

namespace Aurum.Store;

/// <summary>The embedded store of one data directory: rows with their revisions, gap ledger, places, raw archive. One process at a time.</summary>
public sealed class AurumStore : IDisposable
{
    private AurumStore()
    {
    }

    public StoreOptions Options => throw new NotImplementedException();

    public RawArchive Archive => throw new NotImplementedException();

    public GapLedger Ledger => throw new NotImplementedException();

    public LocationRegistry Locations => throw new NotImplementedException();

    public StoreReader Read => throw new NotImplementedException();

    /// <summary>Opens the data directory, makes it where it is not there, and brings its tables to the present form.</summary>
    /// <param name="options">Folder and limits.</param>
    /// <param name="feeds">The feeds of the catalog; their facts are written to the table <c>feeds</c>.</param>
    /// <param name="clock">Stamps what the archive receives.</param>
    /// <exception cref="StoreLockedException">Somebody else has it open.</exception>
    /// <exception cref="StoreException">It was written by a newer version.</exception>
    public static AurumStore Open(StoreOptions options, IReadOnlyList<Feed> feeds, IClock clock) =>
        throw new NotImplementedException();

    /// <summary>Tells a second opener of the directory who holds it.</summary>
    /// <param name="holder">HTTP address or command.</param>
    public void Announce(string holder) => throw new NotImplementedException();

    /// <summary>Begins a delivery. Waits while another one of the same feed is open.</summary>
    /// <param name="feed">Feed.</param>
    /// <param name="day">Operating day that was asked for.</param>
    /// <param name="knownAt">When we knew: not before what is stored of the same keys.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public DayIntake<TRow> BeginDay<TRow>(Feed<TRow> feed, OperatingDay day, Instant knownAt, CancellationToken cancel = default)
        where TRow : struct => throw new NotImplementedException();

    /// <summary>Writes what came of a try that brought no rows, with its files and dead letters, in one transaction.</summary>
    public CommitReceipt RecordOutcome(
        Feed feed,
        OperatingDay day,
        Instant triedAt,
        DayOutcome outcome,
        IReadOnlyList<FileRecord> files,
        IReadOnlyList<DeadLetter> deadLetters) => throw new NotImplementedException();

    public void Dispose()
    {
    }
}
