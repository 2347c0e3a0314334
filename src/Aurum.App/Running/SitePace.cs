using Aurum.App.Ingest;
using Aurum.App.Ingest.Limits;
using Aurum.Market.Feeds;
using Aurum.Store;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Running;

/// <summary>How fast sites may be asked at their limits and those of their datasets, of requests a minute, hour and day and of bytes, and
/// how large their files are.</summary>
internal sealed class SitePace(SiteDirectory sites, AurumStore store)
{
    /// <summary>Files of a kind whose sizes are looked at.</summary>
    private const int FilesToMeasure = 20;

    private const int HoursOfDay = 24;

    private readonly SiteDirectory _sites = sites;

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
        private readonly Dictionary<(string Site, FeedId? Feed), (long Requests, long Bytes)> _asked = [];
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
            foreach (var request in pace._sites.Asked.Requests(item.Feed, item.Day, now))
            {
                if (request.SharedFor is null || _shared.Add((item.Feed.Id, request.Site, request.PathAndQuery)))
                {
                    var size = pace.BytesOf(item.Feed.Id, request);
                    Requests++;
                    Bytes += size;
                    wait = Longer(wait, After(request.Site, null, size ?? 0));
                    wait = Longer(wait, After(request.Site, item.Feed.Id, size ?? 0));
                }
            }

            Longest = Longer(Longest, wait);
            return wait;
        }

        private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

        /// <summary>From the start to the next request of a site, or of one of its datasets. A window of an hour or a day lets a full
        /// count through at once and the next only when it is over.</summary>
        private TimeSpan After(string site, FeedId? feed, long bytes)
        {
            var gate = pace._sites[site];
            var limits = feed is { } dataset ? gate.LimitsOf(dataset) : QuotaLimits.Of(gate.Site.Limits);
            var asked = _asked.GetValueOrDefault((site, feed));
            asked = (asked.Requests + 1, asked.Bytes + bytes);
            _asked[(site, feed)] = asked;
            var burst = feed is null ? gate.Site.Limits.Burst : (long)Math.Max(1, limits.RequestsPerMinute);
            var minutes = limits.RequestsPerMinute > 0 ? Math.Max(0, asked.Requests - burst) / limits.RequestsPerMinute : 0;
            var hours = limits.BytesPerHour > 0 ? Math.Max(0, asked.Bytes - limits.BytesPerHour) / (double)limits.BytesPerHour : 0;
            return Longer(
                TimeSpan.FromHours(Math.Max(minutes / 60, hours)),
                Longer(Windows(asked.Requests, limits.RequestsPerHour, 1), Windows(asked.Requests, limits.RequestsPerDay, HoursOfDay)));
        }

        private static TimeSpan Windows(long requests, long allowed, int hours) =>
            allowed > 0 ? TimeSpan.FromHours((requests - 1) / allowed * hours) : TimeSpan.Zero;
    }
}
