using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Ledger;

/// <summary>Reads the gap ledger: per feed and operating day, what came of it.</summary>
public sealed class GapLedger
{
    internal GapLedger()
    {
    }

    public LedgerEntry? Find(FeedId feed, LocalDate day) => throw new NotImplementedException();

    /// <summary>Entries by feed and day. Null leaves a side open.</summary>
    public IReadOnlyList<LedgerEntry> Entries(FeedId? feed = null, LocalDate? from = null, LocalDate? through = null) =>
        throw new NotImplementedException();

    /// <summary>All tries of a day, oldest first.</summary>
    public IReadOnlyList<LedgerAttempt> History(FeedId feed, LocalDate day) => throw new NotImplementedException();

    /// <summary>Days between the first and the last tried day of a feed that are not settled.</summary>
    public IReadOnlyList<Gap> Gaps(FeedId? feed = null, LocalDate? from = null, LocalDate? through = null) => throw new NotImplementedException();

    /// <summary>Null for a feed that was never tried.</summary>
    public Watermark? WatermarkOf(FeedId feed) => throw new NotImplementedException();

    public IReadOnlyList<Watermark> Watermarks() => throw new NotImplementedException();
}
