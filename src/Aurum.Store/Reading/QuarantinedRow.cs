using Aurum.Market.Feeds;
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
