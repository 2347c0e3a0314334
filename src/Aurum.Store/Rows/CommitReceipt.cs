using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Rows;

/// <summary>What a committed delivery did. Rows in = new + changed + identical + duplicate + quarantined; the store checks
/// it.</summary>
/// <param name="Feed">Feed.</param>
/// <param name="Day">Operating day.</param>
/// <param name="KnownAt">When we knew it, whole microseconds.</param>
/// <param name="New">Rows whose key was not there before.</param>
/// <param name="Changed">Rows that differ from their latest revision: stored as a new revision.</param>
/// <param name="Identical">Rows that equal their latest revision: nothing stored.</param>
/// <param name="Duplicate">Rows that repeat an earlier row of the same delivery exactly: nothing stored.</param>
/// <param name="Quarantined">Rows held back with a reason: by the gate, or because they contradict an earlier row of the
/// delivery.</param>
/// <param name="NewLocations">Places seen for the first time.</param>
/// <param name="OutboxId">Number of the outbox entry.</param>
public sealed record CommitReceipt(
    FeedId Feed,
    LocalDate Day,
    Instant KnownAt,
    long New,
    long Changed,
    long Identical,
    long Duplicate,
    long Quarantined,
    int NewLocations,
    long OutboxId)
{
    public long RowsIn => New + Changed + Identical + Duplicate + Quarantined;

    /// <summary>Rows written: new ones and new revisions.</summary>
    public long Written => New + Changed;
}
