namespace Aurum.Market.Ticks;

/// <summary>What is noticed about a tick. None is a verdict: a flagged tick is kept and counts. Stored by number: bits are only ever
/// added.</summary>
[Flags]
public enum QualityFlags
{
    None = 0,

    /// <summary>Below zero, which is normal in power.</summary>
    PriceNegative = 1 << 0,

    /// <summary>Outside the market's usual range of prices.</summary>
    OutOfRange = 1 << 1,

    /// <summary>Above the largest usual volume.</summary>
    VolumeSpike = 1 << 2,

    /// <summary>Taken in long after it occurred.</summary>
    LateArrival = 1 << 3,

    /// <summary>The instrument is not in the instrument book.</summary>
    MissingMetadata = 1 << 4,

    /// <summary>Same instrument, time and sequence as the tick before it, under another event id.</summary>
    Duplicate = 1 << 5,

    /// <summary>Sequence numbers are missing between this tick and the highest before it.</summary>
    SequenceGap = 1 << 6,

    /// <summary>Its sequence number is not above the highest before it.</summary>
    OutOfOrder = 1 << 7,

    /// <summary>No volume was given.</summary>
    MissingVolume = 1 << 8,

    /// <summary>The price stood under a second name (<c>last_price</c>, <c>value</c>).</summary>
    MissingPricePrimary = 1 << 9,

    /// <summary>The last price of the instrument stands in for a missing one.</summary>
    PriceBackfilled = 1 << 10,

    /// <summary>The taxonomy is guessed, with a confidence below 0.8.</summary>
    LowConfidenceClassification = 1 << 11,

    /// <summary>The bid is above the ask.</summary>
    CrossedQuote = 1 << 12,

    /// <summary>No market of the list: its days are UTC days.</summary>
    UnknownMarket = 1 << 13,
}
