using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store.Ledger;
using NodaTime;

namespace Aurum.App.Ingest;

/// <summary>What the ledger knows of a day, as far as planning needs it.</summary>
/// <param name="Outcome">Latest outcome.</param>
/// <param name="IsComplete">Whether the publisher had put out the whole day when it was last read.</param>
/// <param name="Attempts">Attempts so far.</param>
/// <param name="HasRows">Whether the day ever brought rows: then a failure is a passing one, and the waits stay short.</param>
/// <param name="LastTried">When it was last asked for.</param>
internal readonly record struct DayState(Outcome Outcome, bool IsComplete, int Attempts, bool HasRows, Instant LastTried)
{
    public static DayState Of(LedgerEntry entry) => new(entry.LastOutcome, entry.IsComplete, entry.Attempts, entry.Rows > 0, entry.LastTriedAt);
}

/// <summary>Decides when a feed's day has to be asked for. Live collection, catch-up after an outage and backfill are this one rule
/// with different ranges of days.</summary>
internal static class Planner
{
    /// <summary>Wait after a first failure; doubles with each further one.</summary>
    private static readonly Duration FirstRetry = Duration.FromMinutes(2);

    private static readonly Duration LongestRetry = Duration.FromHours(6);

    /// <summary>The instant from which the day should be asked for; null when nothing more is to be had.</summary>
    public static Instant? DueAt(Feed feed, OperatingDay day, DayState? state)
    {
        var schedule = feed.Schedule;
        var firstAt = day.Start + schedule.FirstAt;
        if (state is not { } known)
        {
            return firstAt;
        }

        if (!known.Outcome.IsSettled())
        {
            return known.LastTried + RetryAfter(known);
        }

        var completeAt = day.Start + schedule.CompleteAt;
        if (!known.IsComplete)
        {
            return schedule.RefreshEvery is { } every ? Min(known.LastTried + every, Max(completeAt, known.LastTried + FirstRetry))
                : Max(completeAt, known.LastTried + RetryAfter(known));
        }

        if (schedule.CorrectionChecks is not { } check)
        {
            return null;
        }

        var lastLook = completeAt + schedule.CorrectionsFor;
        var next = known.LastTried + check;
        return next <= lastLook ? next : known.LastTried < lastLook ? lastLook : null;
    }

    /// <summary>Whether the whole of a day has been published by the given instant.</summary>
    public static bool IsCompleteBy(Feed feed, OperatingDay day, Instant now) => now >= day.Start + feed.Schedule.CompleteAt;

    /// <summary>The last day that may have rows by now.</summary>
    public static OperatingDay LastDay(Feed feed, Instant now) => OperatingDay.Of(now - feed.Schedule.FirstAt, feed.Zone);

    /// <summary>How long to wait after a day that brought nothing: longer after each try, and gently while it is only too early.</summary>
    private static Duration RetryAfter(DayState state)
    {
        var doublings = state.HasRows ? 2 : Math.Clamp(state.Attempts - 1, 0, 10);
        return Min(FirstRetry * (1L << doublings), LongestRetry);
    }

    private static Instant Min(Instant a, Instant b) => a < b ? a : b;

    private static Instant Max(Instant a, Instant b) => a > b ? a : b;

    private static Duration Min(Duration a, Duration b) => a < b ? a : b;
}
