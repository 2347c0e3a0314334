using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Reading;

/// <summary>The price of the interval that an instant lies in, or the last one before it, and the price of the
/// interval before that one (NaN where there is none).</summary>
public sealed record LatestPrice(
    FeedId Feed,
    string IsoCode,
    string IsoMarket,
    string LocationId,
    string LocationType,
    Instant Start,
    Instant End,
    double LmpUsdPerMwh,
    double EnergyUsdPerMwh,
    double CongestionUsdPerMwh,
    double LossUsdPerMwh,
    double GhgUsdPerMwh,
    Instant KnownAt,
    int Revision,
    double PreviousLmpUsdPerMwh);

/// <summary>Which latest prices.</summary>
/// <param name="At">The instant; prices of later intervals (day-ahead) are left out.</param>
public sealed record LatestPriceQuery(Instant At)
{
    public string? IsoCode { get; init; }

    public string? IsoMarket { get; init; }

    /// <summary>Types of places; default hubs and zones.</summary>
    public IReadOnlyList<string> LocationTypes { get; init; } = ["HUB", "ZONE"];

    /// <summary>Ids of places; empty: all of the types.</summary>
    public IReadOnlyList<string> LocationIds { get; init; } = [];

    public Instant? AsOf { get; init; }

    /// <summary>How far back to look, in hours, 1 to 8,784.</summary>
    public int LookBackHours { get; init; } = 72;

    /// <summary>Largest number of prices, 1 to 100,000.</summary>
    public int Limit { get; init; } = 1_000;
}
