using NodaTime;

namespace Aurum.Store.Curves;

/// <summary>A workbook that was loaded to a branch: a line of the log of files.</summary>
/// <param name="Id">Number of the load; a later one is higher.</param>
/// <param name="Branch">Name of the branch.</param>
/// <param name="Vendor">Vendor of the workbook.</param>
/// <param name="File">Its name.</param>
/// <param name="Sha256">SHA-256 of its bytes in the archive.</param>
/// <param name="AsOf">As-of date.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Tag">What it was merged under; empty before.</param>
/// <param name="Counts">What its quotes are to those that were merged before.</param>
/// <param name="Quarantined">Quotes that are held back, by reason: JSON.</param>
/// <param name="Gate">pass, fail, or unreadable.</param>
/// <param name="GateResults">The suites' checks that did not hold: JSON.</param>
/// <param name="Why">Why it does not pass; empty where it does.</param>
/// <param name="Messages">What the reader said: JSON.</param>
/// <param name="At">When it was loaded.</param>
public sealed record LoadRecord(
    long Id, string Branch, string Vendor, string File, string Sha256, LocalDate AsOf, LoadState State, string Tag, QuoteCounts Counts,
    string Quarantined, string Gate, string GateResults, string Why, string Messages, Instant At)
{
    public const string Passed = "pass";
    public const string Failed = "fail";
    public const string Unreadable = "unreadable";
}

/// <summary>Where a load stands. In text the names are lower-case.</summary>
public enum LoadState
{
    /// <summary>On its branch, and waits.</summary>
    Landed,

    Merged,

    /// <summary>A later load of the vendor took its place.</summary>
    Superseded,

    Dropped,
}

/// <summary>What the quotes of a workbook are to those that were merged before.</summary>
/// <param name="Read">Quotes in the workbook, held-back ones included.</param>
/// <param name="New">Not there before.</param>
/// <param name="Changed">There with other values.</param>
/// <param name="Identical">There as they are.</param>
/// <param name="Withdrawn">There before, and not in this workbook.</param>
public readonly record struct QuoteCounts(long Read, long New, long Changed, long Identical, long Withdrawn)
{
    public bool IsNothingNew => New == 0 && Changed == 0 && Withdrawn == 0;
}
