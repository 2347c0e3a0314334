using System.Diagnostics.Metrics;
using Aurum.App.Ingest.Limits;
using Aurum.App.Running;

namespace Aurum.App.Ingest;

/// <summary>Gauges of the sites' limits and breakers, read when somebody scrapes.</summary>
internal static class SiteGauges
{
    public static void Watch(AurumMetrics metrics, SiteDirectory sites)
    {
        metrics.Watch("aurum.site.limit.used", "{unit}", "Requests, rows or bytes in the window of a limit, by site, feed and limit",
            () => Limits(sites, static use => use.Used));
        metrics.Watch("aurum.site.limit.allowed", "{unit}", "Most in the window of a limit, by site, feed and limit",
            () => Limits(sites, static use => use.Allowed));
        metrics.Watch("aurum.site.violations", "{violation}", "Throttled answers, overdrawn limits and refused requests, by site",
            () => Violations(sites));
        metrics.Watch("aurum.site.breaker.open", "{site}", "1 while a site is left alone, 0 while it is asked, by site",
            () => Breakers(sites));
    }

    /// <summary>Only limits that there are: the others would be many series that say nothing.</summary>
    private static IEnumerable<Measurement<double>> Limits(SiteDirectory sites, Func<LimitUse, double?> value) =>
        from gate in sites.All
        from standing in gate.Standing()
        from use in standing.Uses
        where use.Allowed is not null
        select new Measurement<double>(
            value(use) ?? 0, Tag("site", gate.Site.Name), Tag("feed", standing.Feed?.Text ?? ""), Tag("limit", use.Name));

    private static IEnumerable<Measurement<double>> Violations(SiteDirectory sites) =>
        from gate in sites.All
        let site = gate.Standing()[0]
        from violation in new[] { ("throttled", site.Throttled), ("overdrawn", site.Overdrawn), ("refused", site.Refused) }
        select new Measurement<double>(violation.Item2, Tag("site", gate.Site.Name), Tag("kind", violation.Item1));

    private static IEnumerable<Measurement<double>> Breakers(SiteDirectory sites) =>
        from gate in sites.All
        select new Measurement<double>(gate.Breaker.Standing.State == BreakerState.Closed ? 0 : 1, Tag("site", gate.Site.Name));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
