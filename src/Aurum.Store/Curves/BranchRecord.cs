using NodaTime;

namespace Aurum.Store.Curves;

/// <summary>A branch, once for each time that it was opened.</summary>
/// <param name="Branch">Name: <c>eod_20250917</c>.</param>
/// <param name="AsOf">As-of date of its workbooks.</param>
/// <param name="State">Where it stands.</param>
/// <param name="OpenedAt">When its first workbook came.</param>
/// <param name="MergedAt">When all of it was merged; null before.</param>
/// <param name="Tag">Name of what was merged: <c>release/2025-09-17</c>. Of an open branch: a merge was begun. Empty before.</param>
/// <param name="Why">Why it is kept open, or was dropped or merged; may be empty.</param>
public sealed record BranchRecord(
    string Branch, LocalDate AsOf, BranchState State, Instant OpenedAt, Instant? MergedAt, string Tag, string Why);

/// <summary>Where a branch stands. In text the names are lower-case.</summary>
public enum BranchState
{
    Open,
    Merged,
    Dropped,
}
