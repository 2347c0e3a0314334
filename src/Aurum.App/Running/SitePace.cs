using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>How fast sites may be asked at their limits of requests and bytes, and how large their files are.</summary>
internal sealed class SitePace(SiteDirectory sites, AurumStore store)
{
    /// <summary>Files of a kind whose sizes are looked at.</summary>
    private const int FilesToMeasure = 20;

    private readonly Dictionary<(FeedId Feed, string Kind), long?> _sizes = [];

    /// <summary>Bytes of a file like those that are there; null where none is. Files of the same kind are compared: a month's archive
    /// says little of a daily file.</summary>
    public long? BytesOf(FeedId feed, FeedRequest request)
    {
        var key = (feed, Path.GetExtension(request.FileName));
        if (!_sizes.TryGetValue(key, out var size))
        {
            var files = store.Read.Files(new RecordQuery { Feed = feed, Descending = true, Limit = FilesToMeasure })
                .Where(f => Path.GetExtension(f.File.Fetch.FileName) == key.Item2).ToList();
            size = files.Count == 0 ? null : (long)files.Average(f => f.File.SizeBytes);
            _sizes.Add(key, size);
        }

        return size;
    }

    /// <summary>A queue of requests to all sites, empty as yet.</summary>
    public RequestQueue Queue() => new(this);

    /// <summary>Requests in the order of the work, each of which goes out when its site's limits let it.</summary>
    internal sealed class RequestQueue(SitePace pace)
    {
        private readonly Dictionary<string, (long Requests, long Bytes)> _asked = [];
        private readonly HashSet<(FeedId Feed, string Site, string Path)> _shared = [];

        public long Requests { get; private set; }

        /// <summary>Bytes of all requests so far; null where some are of unknown size.</summary>
        public long? Bytes { get; private set; } = 0;

        /// <summary>From the start to the last request.</summary>
        public TimeSpan Longest { get; private set; }

        /// <summary>Adds the requests of a day; what it shares with an earlier day is not asked for again.</summary>
        /// <returns>From the start to the last of its requests, at the least.</returns>
        public TimeSpan Ask(WorkItem item, Instant now)
        {
            var wait = TimeSpan.Zero;
            foreach (var request in item.Feed.Locate(item.Day, now))
            {
                if (request.SharedFor is null || _shared.Add((item.Feed.Id, request.Site, request.PathAndQuery)))
                {
                    var size = pace.BytesOf(item.Feed.Id, request);
                    Requests++;
                    Bytes += size;
                    var at = After(request.Site, size ?? 0);
                    wait = at > wait ? at : wait;
                }
            }

            Longest = wait > Longest ? wait : Longest;
            return wait;
        }

        private TimeSpan After(string site, long bytes)
        {
            var limits = pace.LimitsOf(site);
            var asked = _asked.GetValueOrDefault(site);
            asked = (asked.Requests + 1, asked.Bytes + bytes);
            _asked[site] = asked;
            var minutes = Math.Max(0, asked.Requests - limits.Burst) / limits.RequestsPerMinute;
            var hours = limits.BytesPerHour > 0 ? Math.Max(0, asked.Bytes - limits.BytesPerHour) / (double)limits.BytesPerHour : 0;
            return TimeSpan.FromHours(Math.Max(minutes / 60, hours));
        }
    }

    private SiteLimits LimitsOf(string site) => sites[site].Site.Limits;
}
