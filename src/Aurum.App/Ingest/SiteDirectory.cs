using Aurum.App.Configuration;
using Aurum.App.Ingest.Limits;
using Aurum.Market.Feeds;
using Aurum.Sources;
using Aurum.Store.Work;
using NodaTime;

namespace Aurum.App.Ingest;

/// <summary>The sites as configured: publishers' own addresses and limits with what the options change, one gate each.</summary>
internal sealed class SiteDirectory
{
    private readonly Dictionary<string, SiteGate> _gates;

    /// <param name="sites">Sites of the catalog.</param>
    /// <param name="changes">What the options change, by site.</param>
    /// <param name="time">The clock.</param>
    /// <param name="feedLimits">Limits of datasets by feed id; null: none.</param>
    /// <param name="journal">Where requests are noted that count after a restart; null: nowhere.</param>
    public SiteDirectory(
        IEnumerable<Site> sites,
        IReadOnlyDictionary<string, SiteOptions> changes,
        TimeProvider time,
        IReadOnlyDictionary<string, FeedLimitOptions>? feedLimits = null,
        RequestJournal? journal = null)
    {
        _gates = sites.Select(s => With(s, changes.GetValueOrDefault(s.Name)))
            .ToDictionary(s => s.Name, s => new SiteGate(s, time, feedLimits, journal), StringComparer.Ordinal);
        var unknown = changes.Keys.FirstOrDefault(name => !_gates.ContainsKey(name));
        if (unknown is not null)
        {
            throw new OptionsException(
                $"Sites:{unknown}: there is no such site; the sites are {string.Join(", ", _gates.Keys.Order(StringComparer.Ordinal))}");
        }
    }

    /// <summary>What is asked for of the sites.</summary>
    public RequestChoices Asked { get; init; } = RequestChoices.Default;

    public IEnumerable<SiteGate> All => _gates.Values;

    /// <summary>Counts requests together with other processes from now on.</summary>
    public void Share(SharedWork work, string holder)
    {
        foreach (var gate in _gates.Values)
        {
            gate.Shared = (work, holder);
        }
    }

    public SiteGate this[string name] =>
        _gates.TryGetValue(name, out var gate) ? gate : throw new ArgumentException($"no site is called '{name}'", nameof(name));

    /// <summary>Null where no site has the name.</summary>
    public SiteGate? Find(string name) => _gates.GetValueOrDefault(name);

    /// <summary>Counts what earlier processes asked for in the last 24 hours: by the journal, and by the files that came before it was
    /// begun.</summary>
    public void Recall(IEnumerable<JournalLine> journal, IEnumerable<RecentFiles> files, Instant now)
    {
        var noted = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var line in journal)
        {
            noted.TryAdd(line.Site, line.Age);
            Find(line.Site)?.Recall(new FeedId(line.Feed), line.Age, requests: 1, rows: 0, bytes: 0);
        }

        foreach (var file in files)
        {
            var age = (now - file.ReceivedAt).ToTimeSpan();
            var isNoted = noted.TryGetValue(file.Site, out var first) && age <= first;
            Find(file.Site)?.Recall(
                file.Feed, age < TimeSpan.Zero ? TimeSpan.Zero : age, isNoted ? 0 : file.Files, file.Rows, file.Bytes);
        }
    }

    private static Site With(Site site, SiteOptions? change) => change is null ? site : site with
    {
        BaseAddress = change.BaseAddress ?? site.BaseAddress,
        Limits = site.Limits with
        {
            RequestsPerMinute = change.RequestsPerMinute ?? site.Limits.RequestsPerMinute,
            Burst = change.Burst
                ?? (change.RequestsPerMinute is { } rate ? Math.Max(site.Limits.Burst, (int)Math.Ceiling(rate / 60)) : site.Limits.Burst),
            Concurrency = change.Concurrency ?? site.Limits.Concurrency,
            TimeoutSeconds = change.TimeoutSeconds ?? site.Limits.TimeoutSeconds,
            RequestsPerHour = change.RequestsPerHour ?? site.Limits.RequestsPerHour,
            RequestsPerDay = change.RequestsPerDay ?? site.Limits.RequestsPerDay,
            RowsPerHour = change.RowsPerHour ?? site.Limits.RowsPerHour,
            BytesPerHour = change.BytesPerHour ?? site.Limits.BytesPerHour,
            LiveShare = change.LiveShare ?? site.Limits.LiveShare,
            BreakerErrors = change.BreakerErrors ?? site.Limits.BreakerErrors,
            BreakerWindowSeconds = change.BreakerWindowSeconds ?? site.Limits.BreakerWindowSeconds,
            BreakerOpenSeconds = change.BreakerOpenSeconds ?? site.Limits.BreakerOpenSeconds,
        },
    };
}

/// <summary>Files of a feed that came from a site within a minute.</summary>
/// <param name="Site">Site.</param>
/// <param name="Feed">Feed.</param>
/// <param name="ReceivedAt">The last of them.</param>
/// <param name="Files">Files.</param>
/// <param name="Rows">Rows read from them.</param>
/// <param name="Bytes">Bytes of them.</param>
internal sealed record RecentFiles(string Site, FeedId Feed, Instant ReceivedAt, long Files, long Rows, long Bytes);
