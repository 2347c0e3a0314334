using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Reading;

/// <summary>A file, or a part of one, that could not be read.</summary>
public sealed record DeadLetterRecord(
    long Id, FeedId Feed, LocalDate Day, long FileId, string Place, string Expected, string Found, Instant KnownAt);
