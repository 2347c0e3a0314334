using Aurum.Market.Feeds;
using Aurum.Store.Archive;
using NodaTime;

namespace Aurum.Store.Reading;

/// <summary>One delivery that was committed, with its files in the order in which they were read: what a replay does
/// again.</summary>
public sealed record Delivery(
    long Id,
    FeedId Feed,
    LocalDate Day,
    Instant KnownAt,
    Outcome Outcome,
    string Why,
    bool IsComplete,
    Instant? NextDue,
    IReadOnlyList<FileRecord> Files);
