namespace Aurum.Market.Ticks;

/// <summary>The last quote of one delivery month of a forward curve.</summary>
/// <param name="Curve">Number of the curve in the run's table.</param>
/// <param name="Instrument">Number of the instrument that quotes this month.</param>
/// <param name="ContractMonth">Year and month of delivery as yyyyMM.</param>
/// <param name="EventMicros">When it was quoted, microseconds since 1970 UTC.</param>
/// <param name="Price">In the instrument's currency per unit.</param>
/// <param name="Volume">In the instrument's unit; NaN where unknown.</param>
public readonly record struct CurvePoint(
    int Curve, int Instrument, int ContractMonth, long EventMicros, double Price, double Volume);
