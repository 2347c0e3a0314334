using Aurum.App.Ingest;
using Aurum.App.Ingest.Limits;
using Aurum.Market.Feeds;
using Aurum.Sources;

namespace Aurum.App.Health;

/// <summary>Limits of a site or of one of its datasets, how much of them is used, and how often they were broken.</summary>
/// <param name="Provider">First part of the site's name.</param>
/// <param name="Site">Site.</param>
/// <param name="Feed">Dataset; null for the site as a whole.</param>
/// <param name="Rps">Requests a second over time; null for a dataset.</param>
/// <param name="Burst">Requests at once after a pause; null for a dataset.</param>
/// <param name="DailyQuota">Requests in any 24 hours; null: no limit.</param>
/// <param name="UsedToday">Requests in the last 24 hours, earlier processes' included.</param>
/// <param name="Remaining">What is left of the daily quota; null where there is none.</param>
/// <param name="Waiting">Requests that wait for their turn.</param>
/// <param name="Throttled">Answers that asked for fewer requests, since the start.</param>
/// <param name="Overdrawn">Answers that brought more rows or bytes than were left, since the start.</param>
/// <param name="Refused">Requests not made because a quota was used up, since the start.</param>
/// <param name="Nodes">Which places prices are asked for: <c>all</c> nodes or the <c>named</c> ones; null where the publisher leaves no
/// choice, and for a dataset.</param>
/// <param name="Limits">Each limit with its use.</param>
internal sealed record RateLimitStanding(
    string Provider, string Site, FeedId? Feed, double? Rps, int? Burst, long? DailyQuota, long UsedToday, long? Remaining, int Waiting,
    long Throttled, long Overdrawn, long Refused, string? Nodes, IReadOnlyList<LimitUse> Limits)
{
    public static IReadOnlyList<RateLimitStanding> All(SiteDirectory sites) =>
        [.. sites.All.OrderBy(g => g.Site.Name, StringComparer.Ordinal).SelectMany(
            g => g.Standing().Select(s => Of(g.Site, s, sites.Asked.Nodes)))];

    private static RateLimitStanding Of(Site site, QuotaStanding standing, AllNodes nodes)
    {
        var day = standing.Uses.Single(static u => u.Name == "requests_per_day");
        var isSite = standing.Feed is null;
        return new RateLimitStanding(
            ProviderHealth.ProviderOf(site), site.Name, standing.Feed, isSite ? site.Limits.RequestsPerMinute / 60 : null,
            isSite ? site.Limits.Burst : null, day.Allowed, day.Used, day.Headroom, standing.Waiting, standing.Throttled,
            standing.Overdrawn, standing.Refused, isSite ? nodes.OfSite(site.Name) : null, standing.Uses);
    }
}
