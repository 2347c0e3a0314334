using NodaTime;

namespace Aurum.App.Api.Bars;

/// <summary>Prices of a place over an hour or an operating day, summed up. USD/MWh.</summary>
internal sealed class PriceBar(FeedPlace place, Interval interval)
{
    private double _weight;
    private double _squares;

    public FeedPlace Place { get; } = place;

    public Interval Interval { get; } = interval;

    public int Samples { get; private set; }

    public double Least { get; private set; } = double.PositiveInfinity;

    public double Most { get; private set; } = double.NegativeInfinity;

    /// <summary>Mean, each price weighted by the length of its interval.</summary>
    public double Mean { get; private set; }

    /// <summary>Standard deviation with the same weights; NaN for a single price.</summary>
    public double Deviation => Samples > 1 ? Math.Sqrt(_squares / _weight) : double.NaN;

    /// <summary>Takes a price that held for so many seconds; a sample at an instant counts as one second.</summary>
    public void Add(double lmpUsdPerMwh, long seconds)
    {
        var weight = Math.Max(1, seconds);
        Samples++;
        _weight += weight;
        Least = Math.Min(Least, lmpUsdPerMwh);
        Most = Math.Max(Most, lmpUsdPerMwh);
        var before = Mean;
        Mean += (lmpUsdPerMwh - before) * weight / _weight;
        _squares += weight * (lmpUsdPerMwh - before) * (lmpUsdPerMwh - Mean);
    }
}

/// <summary>A place of a feed, as text.</summary>
/// <param name="Feed">Feed id.</param>
/// <param name="IsoMarket">Which market.</param>
/// <param name="LocationId">Place, by the publisher's id.</param>
/// <param name="LocationType">Kind of place.</param>
internal sealed record FeedPlace(string Feed, string IsoMarket, string LocationId, string LocationType)
{
    /// <summary>Bars of one interval come in the order of this text.</summary>
    public string SortKey { get; } = $"{Feed}|{LocationId}|{LocationType}";
}
