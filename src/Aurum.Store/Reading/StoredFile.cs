using Aurum.Market.Feeds;
using Aurum.Store.Archive;
using NodaTime;

namespace Aurum.Store.Reading;

/// <summary>A committed file and what its rows became.</summary>
public sealed record StoredFile(
    long Id,
    FileRecord File,
    Instant KnownAt,
    Outcome Outcome,
    long New,
    long Changed,
    long Identical,
    long Duplicate,
    long Quarantined);
