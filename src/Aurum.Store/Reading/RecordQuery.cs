using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Reading;

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
