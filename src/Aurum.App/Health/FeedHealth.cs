using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store.Ledger;
using NodaTime;

namespace Aurum.App.Health;

/// <summary>A feed against its publisher's promise.</summary>
/// <param name="Feed">Feed id.</param>
/// <param name="Freshness">fresh (at most 60 minutes late), stale (at most 120), critical, or not collected.</param>
/// <param name="LagMinutes">Minutes since the first day that is not whole should have been; 0 where all are; null where the feed was never
/// tried.</param>
/// <param name="PromisedThrough">Last operating day that should be whole by now.</param>
/// <param name="CompleteThrough">Newest operating day that is whole; null where none is.</param>
/// <param name="LastOutcome">Outcome of the latest try.</param>
/// <param name="LastTriedUtc">The latest try.</param>
/// <param name="LastSuccessUtc">When a try last brought data or the publisher's word that there is none.</param>
/// <param name="Tries">Tries in the last 24 hours.</param>
/// <param name="Errors">Tries of them that were throttled, unavailable or malformed.</param>
internal sealed record FeedHealth(
    FeedId Feed, string Freshness, long? LagMinutes, LocalDate PromisedThrough, LocalDate? CompleteThrough, Outcome? LastOutcome,
    Instant? LastTriedUtc, Instant? LastSuccessUtc, long Tries, long Errors)
{
    public const string NotCollected = "not collected";

    /// <summary>Minutes that a day may be late and still count as fresh.</summary>
    public const int FreshMinutes = 60;

    private const int StaleMinutes = 120;

    /// <param name="feed">Feed.</param>
    /// <param name="tries">What came of its tries; null where it was never tried.</param>
    /// <param name="entries">Its days in the ledger, newest last.</param>
    /// <param name="now">Now.</param>
    public static FeedHealth Of(Feed feed, FeedTries? tries, IReadOnlyList<LedgerEntry> entries, Instant now)
    {
        var promised = OperatingDay.Of(now - feed.Schedule.CompleteAt, feed.Zone);
        LocalDate? complete = null;
        foreach (var entry in entries.Where(static e => e.IsSettled))
        {
            complete = entry.Day;
        }

        var lag = Lag(feed, promised, complete, entries, now);
        var freshness = tries is null || lag is not { } late ? NotCollected
            : late <= FreshMinutes ? "fresh"
            : late <= StaleMinutes ? "stale"
            : "critical";
        return new FeedHealth(
            feed.Id, freshness, lag, promised.Date, complete, tries?.LastOutcome, tries?.LastTriedAt, tries?.LastSuccessAt,
            tries?.Tries ?? 0, tries?.Errors ?? 0);
    }

    private static long? Lag(Feed feed, OperatingDay promised, LocalDate? complete, IReadOnlyList<LedgerEntry> entries, Instant now)
    {
        if (complete is null && entries.Count == 0)
        {
            return null;
        }

        var firstOpen = complete?.PlusDays(1) ?? entries[0].Day;
        return firstOpen > promised.Date ? 0 : (long)(now - (feed.Day(firstOpen).Start + feed.Schedule.CompleteAt)).TotalMinutes;
    }
}
