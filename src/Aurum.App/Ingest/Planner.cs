using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Store.Ledger;
using NodaTime;

namespace Aurum.App.Ingest;

/// <summary>What the ledger knows of a day, as far as planning needs it.</summary>
/// <param name="Outcome">Latest outcome.</param>
/// <param name="IsComplete">Whether the whole day is there, from this or an earlier look.</param>
/// <param name="Attempts">Attempts so far.</param>
/// <param name="HasRows">Whether the day ever brought rows: then a failure is a passing one, and the waits stay short.</param>
/// <param name="LastTried">When it was last asked for.</param>
internal readonly record struct DayState(Outcome Outcome, bool IsComplete, int Attempts, bool HasRows, Instant LastTried)
{
    public static DayState Of(LedgerEntry entry) =>
        new(entry.LastOutcome, entry.IsComplete, entry.Attempts, entry.Rows > 0, entry.LastTriedAt);
}

/// <summary>Decides when a feed's day has to be asked for. Live collection, catch-up after an outage and backfill are this one rule
/// with different ranges of days.</summary>
internal static class Planner
{
    /// <summary>Wait after a first failure; doubles with each further one.</summary>
    public static readonly Duration FirstRetry = Duration.FromMinutes(2);

    /// <summary>Longest wait after a failure.</summary>
    public static readonly Duration LongestRetry = Duration.FromHours(6);

    /// <summary>Longest wait for what is late but may come at any time: until a day after it should have been there.</summary>
    public static readonly Duration LongestWaitWhileLate = Duration.FromMinutes(30);

    /// <summary>Between two looks at a day whose publisher has lost some intervals.</summary>
    public static readonly Duration HoleCheck = Duration.FromHours(6);

    /// <summary>How long failed looks for corrections are repeated after the last one.</summary>
    public static readonly Duration CorrectionGrace = Duration.FromDays(1);

    /// <summary>The instant from which the day should be asked for; null when nothing more is to be had.</summary>
    public static Instant? DueAt(Feed feed, OperatingDay day, DayState? state)
    {
        if (state is not { } known)
        {
            return day.Start + feed.Schedule.FirstAt;
        }

        var completeAt = day.Start + feed.Schedule.CompleteAt;
        if (known.IsComplete)
        {
            return CorrectionsDueAt(feed.Schedule, completeAt, known);
        }

        if (!known.Outcome.IsSettled())
        {
            return known.LastTried + RetryAfter(known, completeAt);
        }

        if (known.LastTried >= completeAt)
        {
            return known.LastTried + HoleCheck;
        }

        // A running day. The last look falls on the moment of completeness, or right after it.
        return feed.Schedule.RefreshEvery is { } every ? Instant.Min(known.LastTried + every, completeAt) : completeAt;
    }

    /// <summary>Whether the whole of a day has been published by the given instant.</summary>
    public static bool IsCompleteBy(Feed feed, OperatingDay day, Instant now) => now >= day.Start + feed.Schedule.CompleteAt;

    /// <summary>The last day that may have rows by now.</summary>
    public static OperatingDay LastDay(Feed feed, Instant now) => OperatingDay.Of(now - feed.Schedule.FirstAt, feed.Zone);

    /// <summary>The next look for corrections of a complete day, the last one when the time for them ends.</summary>
    private static Instant? CorrectionsDueAt(Schedule schedule, Instant completeAt, DayState known)
    {
        if (schedule.CorrectionChecks is not { } check)
        {
            return null;
        }

        var lastLook = completeAt + schedule.CorrectionsFor;
        if (!known.Outcome.IsSettled())
        {
            // The day stands; only the look failed. Publishers take old files away, so this must end.
            var again = known.LastTried + RetryAfter(known, completeAt);
            return again <= lastLook + CorrectionGrace ? again : null;
        }

        var next = known.LastTried + check;
        return next <= lastLook ? next : known.LastTried < lastLook ? lastLook : null;
    }

    /// <summary>How long to wait after a look that brought nothing: longer after each, but not long
    /// while the publisher is only late.</summary>
    private static Duration RetryAfter(DayState state, Instant completeAt)
    {
        var doublings = state.HasRows ? 2 : Math.Clamp(state.Attempts - 1, 0, 10);
        var isLate = state.Outcome == Outcome.NotYetPublished && state.LastTried < completeAt + Duration.FromDays(1);
        return Duration.Min(FirstRetry * (1L << doublings), isLate ? LongestWaitWhileLate : LongestRetry);
    }
}
