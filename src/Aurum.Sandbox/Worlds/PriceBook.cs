using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Worlds;

/// <summary>The prices that a publisher prints of one market run: which places, which intervals, visible when, corrected when.</summary>
/// <param name="market">Where the prices come from.</param>
/// <param name="places">In the order of the publisher's files.</param>
/// <param name="minutes">Length of a printed interval.</param>
/// <param name="parts">How many of the market's own intervals a printed one is the mean of; 1: none.</param>
/// <param name="release">When an interval is shown first.</param>
/// <param name="corrections">What is mended afterwards, USD/MWh on the congestion part.</param>
/// <param name="checks">What is first shown provisionally; null: nothing. For books of five-minute intervals.</param>
internal sealed class PriceBook(
    PriceMarket market, IReadOnlyList<Place> places, int minutes, int parts, Release release, Corrections corrections,
    PriceChecks? checks = null)
{
    public IReadOnlyList<Place> Places => places;

    public int Minutes => minutes;

    public int Seconds => minutes * 60;

    public double Scale { get; } = Math.Pow(10, market.Decimals);

    public int Decimals => market.Decimals;

    public Release Release => release;

    public Corrections Corrections => corrections;

    /// <summary>Starts of the visible intervals of a day.</summary>
    public IEnumerable<long> Starts(OperatingDay day, Instant now)
    {
        var last = Math.Min(day.End.ToUnixTimeSeconds(), release.VisibleUntil(day, now));
        for (var start = day.Start.ToUnixTimeSeconds(); start + Seconds <= last; start += Seconds)
        {
            yield return start;
        }
    }

    /// <summary>What the price of an interval is off by before its check, USD/MWh on the congestion part.</summary>
    public double ProvisionalUsd(Place place, long start, Instant now) => checks?.ErrorUsdPerMwh(place.Key, start, now) ?? 0;

    /// <summary>The instants at which checks change prices of a day, for all its places.</summary>
    public IEnumerable<Instant> Checks(OperatingDay day) => checks is null ? []
        : Starts(day, Instant.MaxValue).Select(checks.CheckedAt).OfType<Instant>();

    /// <summary>What all places share in an interval.</summary>
    public MarketState[] States(long start)
    {
        var states = new MarketState[parts];
        for (var i = 0; i < parts; i++)
        {
            states[i] = market.At(start + (i * Seconds / parts), Seconds / parts);
        }

        return states;
    }

    public PriceParts Price(ReadOnlySpan<MarketState> states, Place place, double correctionUsd)
    {
        if (states.Length == 1)
        {
            return market.Price(states[0], place, correctionUsd);
        }

        long energy = 0, congestion = 0, loss = 0, ghg = 0;
        foreach (ref readonly var state in states)
        {
            var price = market.Price(state, place, correctionUsd);
            energy += price.Energy;
            congestion += price.Congestion;
            loss += price.Loss;
            ghg += price.Ghg;
        }

        energy = Mean(energy);
        congestion = Mean(congestion);
        loss = Mean(loss);
        ghg = Mean(ghg);
        return new PriceParts(energy + congestion + loss + ghg, energy, congestion, loss, ghg);
    }

    /// <summary>The active places of a day, each with the correction that holds.</summary>
    public IReadOnlyList<(Place Place, double CorrectionUsd)> Corrected(OperatingDay day, Instant now) =>
        [.. places.Where(p => p.IsActive(day.Date)).Select(p => (p, corrections.At(p.Key, day, now)))];

    private long Mean(long sum) => (long)Math.Round((double)sum / parts, MidpointRounding.AwayFromZero);
}
