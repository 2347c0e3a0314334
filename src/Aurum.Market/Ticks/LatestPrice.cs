namespace Aurum.Market.Ticks;

/// <summary>The last price of an instrument, by event time and then sequence; what came in last does not matter.</summary>
/// <param name="Instrument">Number of the instrument as its tenant has it.</param>
/// <param name="EventMicros">When it happened, microseconds since 1970 UTC.</param>
/// <param name="Sequence">The source's running number; -1 where it has none.</param>
/// <param name="Key">Hash of tenant and event id.</param>
/// <param name="Price">In the instrument's currency per unit.</param>
/// <param name="Volume">In the instrument's unit; NaN where unknown.</param>
/// <param name="Bid">NaN where unknown.</param>
/// <param name="Ask">NaN where unknown.</param>
/// <param name="Source">Number of the system that sent it.</param>
/// <param name="Flags">What was noticed about the tick.</param>
public readonly record struct LatestPrice(
    int Instrument,
    long EventMicros,
    long Sequence,
    ulong Key,
    double Price,
    double Volume,
    double Bid,
    double Ask,
    int Source,
    QualityFlags Flags)
{
    /// <summary>Ask less bid; NaN where either is unknown. Below zero where the quote is crossed.</summary>
    public double BidAskSpread => Ask - Bid;
}
