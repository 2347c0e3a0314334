using System.Collections.Concurrent;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store;
using Aurum.Store.Archive;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Ingest;

/// <summary>Which of the small files that make up a day have been read (see <see cref="FeedRequest.IsPiece"/>), so that a look at a
/// running day asks only for the others. After a stop it is what the store has of the day. Safe for several threads as long as each
/// day has one at a time.</summary>
internal sealed class PiecesRead(AurumStore store)
{
    /// <summary>Files of a day that are looked at in the store.</summary>
    private const int MostFiles = 10_000;

    /// <summary>Days of a feed that are remembered, the newest.</summary>
    private const int MostDays = 8;

    private readonly ConcurrentDictionary<(FeedId Feed, LocalDate Day), Dictionary<string, Piece>> _days = new();

    /// <summary>The file that a piece was read from; null where it has to be asked for.</summary>
    public FileRecord? Find(Feed feed, OperatingDay day, FeedRequest request) =>
        request.IsPiece && PiecesOf(feed, day).TryGetValue(request.PathAndQuery, out var piece) ? piece.File : null;

    /// <summary>Remembers the pieces that a look has read, after its rows were stored.</summary>
    public void Take(Feed feed, OperatingDay day, IReadOnlyList<FeedRequest> requests, Answers answers, DayReport report)
    {
        var paths = requests.Where(r => r.IsPiece).Select(r => r.PathAndQuery).ToHashSet();
        if (paths.Count == 0)
        {
            return;
        }

        if (report.IsComplete)
        {
            _days.TryRemove((feed.Id, day.Date), out _);
            return;
        }

        var pieces = PiecesOf(feed, day);
        foreach (var file in answers.Received.Where(f => report.Receipt.RowsIn > 0 && answers.RowsOf(f) > 0))
        {
            if (paths.Contains(file.Fetch.PathAndQuery))
            {
                pieces[file.Fetch.PathAndQuery] = new Piece(file, answers.RowsOf(file));
            }
        }

        if ((feed.IntervalMinutes ?? feed.IssueReachHours) is not null && Planner.IsCompleteBy(feed, day, report.Receipt.KnownAt))
        {
            ForgetOdd(pieces);
        }

        ForgetOld(feed, day);
    }

    /// <summary>Intervals are missing: a piece that has not as many rows as most may be the one that lost them, and is asked for
    /// again.</summary>
    private static void ForgetOdd(Dictionary<string, Piece> pieces)
    {
        if (pieces.Count == 0)
        {
            return;
        }

        var usual = pieces.Values.CountBy(p => p.Rows).MaxBy(c => c.Value).Key;
        foreach (var (path, _) in pieces.Where(p => p.Value.Rows != usual).ToList())
        {
            pieces.Remove(path);
        }
    }

    private Dictionary<string, Piece> PiecesOf(Feed feed, OperatingDay day) =>
        _days.GetOrAdd((feed.Id, day.Date), static (key, read) => Stored(read, key.Feed, key.Day), store.Read);

    private static Dictionary<string, Piece> Stored(StoreReader read, FeedId feed, LocalDate day)
    {
        var pieces = new Dictionary<string, Piece>(StringComparer.Ordinal);
        foreach (var file in read.Files(new RecordQuery { Feed = feed, From = day, Through = day, Limit = MostFiles }))
        {
            if (file.New + file.Changed + file.Identical + file.Duplicate + file.Quarantined is > 0 and var rows)
            {
                pieces[file.File.Fetch.PathAndQuery] = new Piece(file.File, rows);
            }
        }

        return pieces;
    }

    private void ForgetOld(Feed feed, OperatingDay day)
    {
        foreach (var key in _days.Keys.Where(k => k.Feed == feed.Id && k.Day <= day.Date.PlusDays(-MostDays)))
        {
            _days.TryRemove(key, out _);
        }
    }

    /// <summary>A file and how many rows it has.</summary>
    private readonly record struct Piece(FileRecord File, long Rows);
}
