using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Reading;

/// <summary>One commit, as followers see it.</summary>
public sealed record OutboxEntry(
    long Id,
    FeedId Feed,
    LocalDate Day,
    string Table,
    Outcome Outcome,
    Instant KnownAt,
    long New,
    long Changed,
    long Quarantined);
