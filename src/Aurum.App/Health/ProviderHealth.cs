using Aurum.App.Ingest;
using Aurum.App.Ingest.Limits;
using Aurum.Market.Feeds;
using Aurum.Store;
using NodaTime;

namespace Aurum.App.Health;

/// <summary>How it goes with one publisher.</summary>
/// <param name="Provider">First part of its feeds' ids.</param>
/// <param name="Status">ok, degraded (late, or more than 5 % errors), down (left alone, or nothing but errors), or not collected.</param>
/// <param name="Circuits">Its sites' circuit breakers.</param>
/// <param name="Tries">Tries in the last 24 hours.</param>
/// <param name="SuccessRate">Share of successes among successes and errors; null where there was neither.</param>
/// <param name="ErrorRate">Share of errors among them.</param>
/// <param name="LastOutcome">Outcome of the latest try.</param>
/// <param name="LastSuccessUtc">The latest success.</param>
/// <param name="LastError">The latest error; null where there was none.</param>
/// <param name="LagMinutes">The longest lag of its feeds.</param>
/// <param name="LateFeeds">Feeds that are more than 60 minutes late.</param>
/// <param name="Feeds">Its feeds.</param>
internal sealed record ProviderHealth(
    string Provider, string Status, IReadOnlyList<Circuit> Circuits, long Tries, double? SuccessRate, double? ErrorRate,
    Outcome? LastOutcome, Instant? LastSuccessUtc, LastError? LastError, long? LagMinutes, int LateFeeds,
    IReadOnlyList<FeedHealth> Feeds)
{
    /// <summary>Share of errors above which a publisher is degraded.</summary>
    public const double MostErrors = 0.05;

    private const int DaysLookedAt = 40;

    /// <summary>All publishers of the feeds, by name.</summary>
    /// <param name="store">Store.</param>
    /// <param name="feeds">Feeds of the catalog.</param>
    /// <param name="sites">Sites with their breakers; null where this process has none.</param>
    /// <param name="now">Now.</param>
    public static IReadOnlyList<ProviderHealth> All(AurumStore store, IEnumerable<Feed> feeds, SiteDirectory? sites, Instant now)
    {
        var tries = FeedTries.Read(store.Read, now - Duration.FromDays(1));
        var days = store.Ledger.Entries(null, (now - Duration.FromDays(DaysLookedAt)).InUtc().Date, null).ToLookup(e => e.Feed);
        return
        [
            .. feeds.GroupBy(f => f.Id.Publisher).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => Of(
                p.Key,
                [.. p.OrderBy(f => f.Id).Select(f => FeedHealth.Of(f, tries.GetValueOrDefault(f.Id), [.. days[f.Id]], now))],
                [.. p.Select(f => tries.GetValueOrDefault(f.Id)).OfType<FeedTries>()],
                CircuitsOf(p.Key, sites))),
        ];
    }

    /// <summary>Publisher of a site: the first word of its name.</summary>
    public static string ProviderOf(Site site) => site.Name.Split('-')[0];

    private static ProviderHealth Of(
        string provider, IReadOnlyList<FeedHealth> feeds, IReadOnlyList<FeedTries> tries, IReadOnlyList<Circuit> circuits)
    {
        var (successes, errors) = (tries.Sum(t => t.Successes), tries.Sum(t => t.Errors));
        var late = feeds.Count(f => f.Freshness is "stale" or "critical");
        double? errorRate = successes + errors == 0 ? null : (double)errors / (successes + errors);
        var status = circuits.Any(c => c.State == BreakerState.Open) || errorRate is 1 ? "down"
            : tries.Count == 0 ? FeedHealth.NotCollected
            : late > 0 || errorRate > MostErrors ? "degraded"
            : "ok";
        return new ProviderHealth(
            provider, status, circuits, tries.Sum(t => t.Tries), 1 - errorRate, errorRate,
            tries.MaxBy(t => t.LastTriedAt)?.LastOutcome, tries.Max(t => t.LastSuccessAt),
            tries.Select(t => t.LastError).OfType<LastError>().MaxBy(e => e.AtUtc), feeds.Max(f => f.LagMinutes), late, feeds);
    }

    private static List<Circuit> CircuitsOf(string provider, SiteDirectory? sites) =>
        [.. (sites?.All ?? []).Where(g => ProviderOf(g.Site) == provider).Select(Circuit.Of)];
}

/// <summary>The circuit breaker of a site.</summary>
/// <param name="Site">Site.</param>
/// <param name="State">Closed: it is asked. Open: it is left alone. HalfOpen: the next request is a trial.</param>
/// <param name="Failures">Errors within its window.</param>
/// <param name="OpensAt">Errors within its window that open it.</param>
/// <param name="WindowSeconds">The window.</param>
/// <param name="OpensUntil">Until when it is left alone; null where it is not.</param>
internal sealed record Circuit(string Site, BreakerState State, int Failures, int OpensAt, int WindowSeconds, Instant? OpensUntil)
{
    public static Circuit Of(SiteGate gate)
    {
        var standing = gate.Breaker.Standing;
        return new Circuit(
            gate.Site.Name, standing.State, standing.Errors, gate.Site.Limits.BreakerErrors, gate.Site.Limits.BreakerWindowSeconds,
            standing.OpenUntil is { } until ? Instant.FromDateTimeOffset(until) : null);
    }
}
