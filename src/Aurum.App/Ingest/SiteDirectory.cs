using Aurum.App.Configuration;
using Aurum.Market.Feeds;

namespace Aurum.App.Ingest;

/// <summary>The sites as configured: publishers' own addresses and limits with what the options change, one gate each.</summary>
internal sealed class SiteDirectory
{
    private readonly Dictionary<string, SiteGate> _gates;

    public SiteDirectory(IEnumerable<Site> sites, IReadOnlyDictionary<string, SiteOptions> changes, TimeProvider time)
    {
        _gates = sites.Select(s => With(s, changes.GetValueOrDefault(s.Name)))
            .ToDictionary(s => s.Name, s => new SiteGate(s, time), StringComparer.Ordinal);
        var unknown = changes.Keys.FirstOrDefault(name => !_gates.ContainsKey(name));
        if (unknown is not null)
        {
            throw new OptionsException(
                $"Sites:{unknown}: there is no such site; the sites are {string.Join(", ", _gates.Keys.Order(StringComparer.Ordinal))}");
        }
    }

    public IEnumerable<SiteGate> All => _gates.Values;

    public SiteGate this[string name] =>
        _gates.TryGetValue(name, out var gate) ? gate : throw new ArgumentException($"no site is called '{name}'", nameof(name));

    private static Site With(Site site, SiteOptions? change) => change is null ? site : site with
    {
        BaseAddress = change.BaseAddress ?? site.BaseAddress,
        Limits = site.Limits with
        {
            RequestsPerMinute = change.RequestsPerMinute ?? site.Limits.RequestsPerMinute,
            Burst = change.RequestsPerMinute is { } rate ? Math.Max(site.Limits.Burst, (int)Math.Ceiling(rate / 60)) : site.Limits.Burst,
            Concurrency = change.Concurrency ?? site.Limits.Concurrency,
            TimeoutSeconds = change.TimeoutSeconds ?? site.Limits.TimeoutSeconds,
        },
    };
}
