using System.Globalization;
using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>What a backfill will take, before it starts.</summary>
/// <param name="Requests">First pages, and one for all days of a file that holds many; further pages come on top where the publisher
/// pages.</param>
/// <param name="AtTheLimits">Time that the sites' limits make it take at least.</param>
/// <param name="Bytes">From the sizes of files that are already there; null where none is.</param>
internal sealed record BackfillCost(long Requests, TimeSpan AtTheLimits, long? Bytes)
{
    public static BackfillCost Of(IReadOnlyList<WorkItem> items, SiteDirectory sites, AurumStore store, Instant now)
    {
        var requests = RequestsOf(items, now);
        var perSite = requests.CountBy(r => r.Request.Site).ToDictionary(s => s.Key, s => (long)s.Value);
        var longest = perSite.Count == 0
            ? TimeSpan.Zero
            : perSite.Max(s => TimeSpan.FromMinutes(
                Math.Max(0, s.Value - sites[s.Key].Site.Limits.Burst) / sites[s.Key].Site.Limits.RequestsPerMinute));
        return new BackfillCost(perSite.Values.Sum(), longest, BytesOf(requests, store));
    }

    public override string ToString()
    {
        var bytes = Bytes is { } b ? string.Create(CultureInfo.InvariantCulture, $"about {b / 1048576.0:N1} MiB") : "size not known yet";
        return string.Create(CultureInfo.InvariantCulture,
            $"{Requests:N0} requests, {bytes}, at least {Describe(AtTheLimits)} at the publishers' limits");
    }

    private static string Describe(TimeSpan time) => time.TotalSeconds < 1 ? "1 s"
        : time.TotalMinutes < 1 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:N0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00} h");

    private static List<(FeedId Feed, FeedRequest Request)> RequestsOf(IReadOnlyList<WorkItem> items, Instant now)
    {
        var requests = new List<(FeedId Feed, FeedRequest Request)>();
        var shared = new HashSet<(FeedId, string, string)>();
        foreach (var item in items)
        {
            requests.AddRange(item.Feed.Locate(item.Day, now)
                .Where(r => r.SharedFor is null || shared.Add((item.Feed.Id, r.Site, r.PathAndQuery)))
                .Select(r => (item.Feed.Id, r)));
        }

        return requests;
    }

    /// <summary>Files of the same kind are compared: a month's archive says little of a daily file.</summary>
    private static long? BytesOf(List<(FeedId Feed, FeedRequest Request)> requests, AurumStore store)
    {
        long bytes = 0;
        foreach (var group in requests.GroupBy(r => (r.Feed, Kind: Path.GetExtension(r.Request.FileName))))
        {
            var files = store.Read.Files(new RecordQuery { Feed = group.Key.Feed, Descending = true, Limit = 20 })
                .Where(f => Path.GetExtension(f.File.Fetch.FileName) == group.Key.Kind).ToList();
            if (files.Count == 0)
            {
                return null;
            }

            bytes += (long)(files.Average(f => f.File.SizeBytes) * group.Count());
        }

        return bytes;
    }
}
