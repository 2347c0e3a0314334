using Aurum.App.Curves;
using Aurum.Curves.Feeds;
using Aurum.Market.Feeds;
using Aurum.Quality.Suites;
using Aurum.Sources;
using Aurum.Store;

namespace Aurum.App.Ingest;

/// <summary>Does every delivery again from the archived bytes, in the order in which they were committed, into a store of its own, and
/// compares what both hold. Parsing is pure, so equal bytes must give equal rows.</summary>
internal static class Replay
{
    public static IReadOnlyList<ReplayedTable> Verify(Platform platform, CancellationToken cancel)
    {
        var folder = Path.Combine(platform.Options.DataDirectory, "tmp", "replay");
        Empty(folder);
        try
        {
            using var rebuilt = AurumStore.Open(
                new StoreOptions(folder)
                {
                    MemoryLimitMiB = platform.Options.StoreMemoryMiB,
                    Threads = platform.Options.StoreThreads,
                    Holder = "aurum replay",
                    RowsOnly = true,
                },
                StoredFeeds.All,
                platform.Clock);
            var gates = new GateRoom(rebuilt);
            var curves = new CurveGate(Suite.Load);
            foreach (var delivery in platform.Store.Read.Deliveries().Where(d => d.Files.Count > 0))
            {
                cancel.ThrowIfCancellationRequested();
                Redo(platform.Store, rebuilt, gates, curves, delivery);
            }

            return [.. platform.Store.Read.RowCounts().OrderBy(t => t.Key, StringComparer.Ordinal).Select(table => new ReplayedTable(
                table.Key,
                table.Value,
                platform.Store.Read.ContentHash(table.Key, cancel),
                rebuilt.Read.ContentHash(table.Key, cancel)))];
        }
        finally
        {
            Empty(folder);
        }
    }

    private static void Redo(
        AurumStore original, AurumStore rebuilt, GateRoom gates, CurveGate curves, Store.Reading.Delivery delivery)
    {
        if (CurveFeeds.Find(delivery.Feed) is { } vendor)
        {
            new CurveDeliveries(rebuilt, original.Archive, curves).Redo(vendor, delivery);
            return;
        }

        var feed = FeedCatalog.Find(delivery.Feed);
        var answers = new Answers();
        foreach (var file in delivery.Files)
        {
            answers.Add(file);
        }

        if (delivery.Outcome is Outcome.NotYetPublished or Outcome.Unavailable or Outcome.Throttled)
        {
            // A request of the day brought no file: the gate did not ask for a whole day then, and must not now.
            answers.Add(delivery.Outcome, delivery.Why);
        }

        _ = feed.Accept(new Delivery(rebuilt, original.Archive, gates, null, feed.Day(delivery.Day), answers, delivery.KnownAt));
    }

    private static void Empty(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <summary>A table as stored and as rebuilt.</summary>
internal sealed record ReplayedTable(string Table, long Rows, string StoredHash, string ReplayedHash)
{
    public bool IsEqual => StoredHash == ReplayedHash;
}
