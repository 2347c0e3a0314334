using Aurum.Market.Feeds;
using Aurum.Store.Archive;
using NodaTime;

namespace Aurum.Store.Reading;

/// <summary>A row that was held back.</summary>
public sealed record QuarantinedRow(
    long Id,
    string Table,
    FeedId Feed,
    LocalDate Day,
    string RowJson,
    string Expectation,
    string Reason,
    long FileId,
    long? Line,
    Instant KnownAt);

/// <summary>A file, or a part of one, that could not be read.</summary>
public sealed record DeadLetterRecord(
    long Id, FeedId Feed, LocalDate Day, long FileId, string Place, string Expected, string Found, Instant KnownAt);

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

/// <summary>One commit, as followers see it.</summary>
public sealed record OutboxEntry(
    long Id, FeedId Feed, LocalDate Day, string Table, Outcome Outcome, Instant KnownAt, long New, long Changed, long Quarantined);

/// <summary>One delivery that was committed, with its files in the order in which they were read: what a replay does again.</summary>
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

/// <summary>Filter of a list of records. Null leaves a filter out.</summary>
public sealed record RecordQuery
{
    public FeedId? Feed { get; init; }

    public LocalDate? From { get; init; }

    public LocalDate? Through { get; init; }

    /// <summary>Only records with a larger id.</summary>
    public long AfterId { get; init; }

    /// <summary>Only records with a smaller id; null for no bound.</summary>
    public long? BeforeId { get; init; }

    /// <summary>Only records that were known at this instant; null: all.</summary>
    public Instant? AsOf { get; init; }

    /// <summary>Newest first.</summary>
    public bool Descending { get; init; }

    /// <summary>Largest number of records, 1 to 1,000,000.</summary>
    public int Limit { get; init; } = 1_000;
}
