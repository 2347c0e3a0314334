using Aurum.Market.Feeds;
using Aurum.Store;
using NodaTime;

namespace Aurum.App.Health;

/// <summary>A promise that a publisher's data is measured by.</summary>
/// <param name="Provider">First part of its feeds' ids.</param>
/// <param name="Rule">error_rate, late_minutes, accepted_share or missing_days.</param>
/// <param name="Target">What it should be: at most, for accepted_share at least.</param>
/// <param name="Actual">What it is; null where there is nothing to measure.</param>
/// <param name="Status">met, violated or unknown.</param>
/// <param name="WindowHours">Time that is looked at.</param>
/// <param name="Violations">The feeds that break it, with what was found.</param>
internal sealed record SlaRule(
    string Provider, string Rule, double Target, double? Actual, string Status, int WindowHours, IReadOnlyList<string> Violations)
{
    private const double LeastAccepted = 0.995;
    private const int HoursOfDay = 24;
    private const int DaysOfWeek = 7;

    /// <summary>Four rules for each publisher that is collected.</summary>
    public static IReadOnlyList<SlaRule> All(AurumStore store, IReadOnlyList<Feed> feeds, Instant now)
    {
        var tries = FeedTries.Read(store.Read, now - Duration.FromHours(HoursOfDay));
        var week = (now - Duration.FromDays(DaysOfWeek)).InUtc().Date;
        var due = feeds.ToDictionary(f => f.Id);
        var missing = store.Ledger.Gaps(null, week, null)
            .Where(g => due.TryGetValue(g.Feed, out var feed) && Ingest.Planner.IsCompleteBy(feed, feed.Day(g.Day), now))
            .CountBy(g => g.Feed).ToDictionary(g => g.Key, g => g.Value);
        return
        [
            .. ProviderHealth.All(store, feeds, null, now).Where(p => p.Status != FeedHealth.NotCollected)
                .SelectMany(p => Rules(p, tries, missing)),
        ];
    }

    private static IEnumerable<SlaRule> Rules(
        ProviderHealth provider, IReadOnlyDictionary<FeedId, FeedTries> tries, IReadOnlyDictionary<FeedId, int> missing)
    {
        var feeds = provider.Feeds.Where(f => tries.ContainsKey(f.Feed)).Select(f => (f.Feed, Health: f, Tries: tries[f.Feed])).ToList();
        yield return Of(provider, "error_rate", ProviderHealth.MostErrors, provider.ErrorRate, atLeast: false, HoursOfDay,
            feeds.Where(f => f.Tries.Errors > 0).Select(f => $"{f.Feed}: {f.Tries.Errors} of {f.Tries.Tries} tries"));
        yield return Of(provider, "late_minutes", FeedHealth.FreshMinutes, provider.LagMinutes, atLeast: false, HoursOfDay,
            feeds.Where(f => f.Health.LagMinutes > FeedHealth.FreshMinutes).Select(f => $"{f.Feed}: {f.Health.LagMinutes} minutes"));
        var (read, held) = (feeds.Sum(f => f.Tries.RowsRead), feeds.Sum(f => f.Tries.RowsQuarantined));
        yield return Of(provider, "accepted_share", LeastAccepted, read == 0 ? null : 1 - ((double)held / read), atLeast: true, HoursOfDay,
            feeds.Where(f => f.Tries.RowsQuarantined > 0)
                .Select(f => $"{f.Feed}: {f.Tries.RowsQuarantined} of {f.Tries.RowsRead} rows held back"));
        yield return Of(
            provider, "missing_days", 0, feeds.Sum(f => missing.GetValueOrDefault(f.Feed)), atLeast: false, HoursOfDay * DaysOfWeek,
            feeds.Where(f => missing.ContainsKey(f.Feed)).Select(f => $"{f.Feed}: {missing[f.Feed]} days"));
    }

    private static SlaRule Of(
        ProviderHealth provider, string rule, double target, double? actual, bool atLeast, int hours, IEnumerable<string> violations)
    {
        var isMet = actual is { } value && (atLeast ? value >= target : value <= target);
        return new SlaRule(
            provider.Provider, rule, target, actual, actual is null ? "unknown" : isMet ? "met" : "violated", hours,
            isMet || actual is null ? [] : [.. violations]);
    }
}
