using NodaTime;

namespace Aurum.Ticks.Enrich;

/// <summary>What is known of an instrument for a stretch of time.</summary>
/// <param name="Tenant">Whose knowledge it is; empty: everybody's.</param>
/// <param name="InstrumentId">The id that messages have.</param>
/// <param name="Commodity">For example <c>electricity</c>.</param>
/// <param name="Region">For example <c>midwest</c>.</param>
/// <param name="ProductTier"><c>standard</c> or <c>premium</c>.</param>
/// <param name="From">First instant it holds for, by event time.</param>
/// <param name="To">First instant it holds for no more; null: it still does.</param>
public sealed record InstrumentEntry(
    string Tenant, string InstrumentId, string Commodity, string Region, string ProductTier, Instant From, Instant? To)
{
    /// <summary>Quantity of one contract, in the instrument's unit; null where it has none.</summary>
    public double? ContractSize { get; init; }

    /// <summary>Smallest move of the price; null where it has none.</summary>
    public double? TickSize { get; init; }

    internal long FromMicros => From.ToUnixTimeTicks() / 10;

    internal long ToMicros => To is { } to ? to.ToUnixTimeTicks() / 10 : long.MaxValue;
}
