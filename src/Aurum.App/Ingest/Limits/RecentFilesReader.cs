using System.Text;
using Aurum.Market.Feeds;
using Aurum.Store;
using NodaTime;

namespace Aurum.App.Ingest.Limits;

/// <summary>What the store knows of the last 24 hours: files by site, feed and minute.</summary>
internal static class RecentFilesReader
{
    public static IReadOnlyList<RecentFiles> LastDay(AurumStore store, Instant now)
    {
        var files = new List<RecentFiles>();
        using var rows = store.Read.Sql(
            $"""
            select site, feed, epoch_us(max(received_at)), count(*), cast(sum(size_bytes) as bigint),
              cast(sum(rows_new + rows_changed + rows_identical + rows_duplicate + rows_quarantined) as bigint)
            from files where received_at > '{now - Duration.FromDays(1):uuuu-MM-dd'T'HH:mm:ss'Z'}'
            group by site, feed, date_trunc('minute', received_at)
            """);
        while (rows.NextChunk())
        {
            for (var i = 0; i < rows.Count; i++)
            {
                files.Add(new RecentFiles(
                    Encoding.UTF8.GetString(rows.Text(0, i)),
                    new FeedId(Encoding.UTF8.GetString(rows.Text(1, i))),
                    Instant.FromUnixTimeTicks(rows.Whole(2, i) * 10),
                    rows.Whole(3, i),
                    rows.Whole(5, i),
                    rows.Whole(4, i)));
            }
        }

        return files;
    }
}
