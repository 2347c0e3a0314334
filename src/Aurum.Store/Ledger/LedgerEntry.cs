using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Ledger;

/// <summary>How things stand with one operating day of a feed.</summary>
/// <param name="Feed">Feed.</param>
/// <param name="Day">Operating day.</param>
/// <param name="Outcome">The outcome that stands: the latest one, but a day that is complete stays so when a later look
/// fails.</param>
/// <param name="Why">Reason of that outcome.</param>
/// <param name="IsComplete">Whether all that the day should have is there.</param>
/// <param name="LastOutcome">Outcome of the latest try.</param>
/// <param name="LastWhy">Reason of the latest try.</param>
/// <param name="Attempts">Number of tries.</param>
/// <param name="FirstTriedAt">First try.</param>
/// <param name="LastTriedAt">Latest try.</param>
/// <param name="Rows">Keys stored for the day so far (new rows over all tries).</param>
/// <param name="NextDue">When to look again; null: never.</param>
public sealed record LedgerEntry(
    FeedId Feed,
    LocalDate Day,
    Outcome Outcome,
    string Why,
    bool IsComplete,
    Outcome LastOutcome,
    string LastWhy,
    int Attempts,
    Instant FirstTriedAt,
    Instant LastTriedAt,
    long Rows,
    Instant? NextDue)
{
    /// <summary>Whether a watermark may move over the day.</summary>
    public bool IsSettled => IsComplete && Outcome.IsSettled();

    /// <summary>Whether nothing is missing so far, and the publisher still adds to the day. No hole;
    /// the watermark waits all the same.</summary>
    public bool IsRunning => !IsComplete && Outcome.IsSettled() && Why.Length == 0;
}

/// <summary>One try of an operating day.</summary>
public sealed record LedgerAttempt(
    FeedId Feed,
    LocalDate Day,
    int Attempt,
    Instant TriedAt,
    Outcome Outcome,
    string Why,
    bool IsComplete,
    long New,
    long Changed,
    long Identical,
    long Duplicate,
    long Quarantined);

/// <summary>A run of operating days without a hole, from the first day that was ever tried.</summary>
/// <param name="Feed">Feed.</param>
/// <param name="From">First day in the ledger.</param>
/// <param name="Through">Last day such that all from <paramref name="From"/> to it are settled; null where the first is
/// not.</param>
public sealed record Watermark(FeedId Feed, LocalDate From, LocalDate? Through);

/// <summary>An operating day that is missing: tried without success, not complete, or never tried.</summary>
/// <param name="Feed">Feed.</param>
/// <param name="Day">Operating day.</param>
/// <param name="Entry">What the ledger knows; null where the day was never tried.</param>
public sealed record Gap(FeedId Feed, LocalDate Day, LedgerEntry? Entry);
