namespace Aurum.Market.Feeds;

/// <summary>What came of a request. Every request ends in exactly one of these; the gap ledger
/// keeps the latest per feed and day.</summary>
/// <remarks>Stored by number: append only.</remarks>
public enum Outcome
{
    /// <summary>Rows were read.</summary>
    Data = 1,

    /// <summary>The publisher says, in its own words, that there is nothing.</summary>
    ProvenEmpty = 2,

    /// <summary>Too early: the publisher has not released it, or is still working on it.</summary>
    NotYetPublished = 3,

    /// <summary>The publisher asks for fewer requests.</summary>
    Throttled = 4,

    /// <summary>No usable answer: a server error, a time-out, a cut connection, an error page with status 200.</summary>
    Unavailable = 5,

    /// <summary>An answer that is not what the feed documents: a cut zip, a renamed column, an impossible time.</summary>
    Malformed = 6,
}

public static class Outcomes
{
    /// <summary>Whether a watermark may move over a day with this outcome.</summary>
    public static bool IsSettled(this Outcome outcome) => outcome is Outcome.Data or Outcome.ProvenEmpty;
}
