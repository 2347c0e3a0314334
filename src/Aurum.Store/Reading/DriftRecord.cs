using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Reading;

/// <summary>A difference between a delivery and its feed's earlier ones.</summary>
public sealed record DriftRecord(
    long Id, FeedId Feed, LocalDate Day, string Kind, string Subject, string Expected, string Found, long FileId, Instant KnownAt);
