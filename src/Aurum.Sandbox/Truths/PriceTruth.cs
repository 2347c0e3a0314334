using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Truths;

/// <summary>True rows of a price book: interval by interval, then in the order of its places.</summary>
internal static class PriceTruth
{
    /// <param name="feed">Feed id.</param>
    /// <param name="book">Where the prices stand.</param>
    /// <param name="hasParts">Whether the publisher prints energy, congestion and loss.</param>
    /// <param name="hasGhg">Whether it prints a greenhouse-gas part.</param>
    /// <param name="isAsked">The places that the feed asks for; null: all.</param>
    public static TruthSource<LmpRow> Source(
        string feed, PriceBook book, bool hasParts, bool hasGhg, Func<Place, bool>? isAsked = null) => new(
        new FeedId(feed),
        (day, at) => Rows(book, day, at, hasParts, hasGhg, isAsked ?? All).Select(r => r.Row),
        day => Revisions(book, day, isAsked ?? All));

    private static bool All(Place place) => true;

    private static IEnumerable<TruthRevision> Revisions(PriceBook book, OperatingDay day, Func<Place, bool> isAsked) => book.Places
        .Where(p => p.IsActive(day.Date) && isAsked(p))
        .SelectMany(p => book.Corrections.Moments(p.Key, day).Concat(book.Checks(day)).Select(at => new TruthRevision(at, p.Id)));

    /// <summary>Each row with the place that it is for.</summary>
    public static IEnumerable<(Place Place, LmpRow Row)> Rows(
        PriceBook book, OperatingDay day, Instant knownAt, bool hasParts, bool hasGhg, Func<Place, bool> isAsked)
    {
        var places = book.Corrected(day, knownAt).Where(p => isAsked(p.Place)).ToList();
        foreach (var start in book.Starts(day, knownAt))
        {
            var states = book.States(start);
            var delivery = DeliveryInterval.FromUnixSeconds(start, book.Seconds);
            foreach (var (place, correction) in places)
            {
                var price = book.Price(states, place, correction + book.ProvisionalUsd(place, start, knownAt));
                yield return (place, new LmpRow(
                    place.Location,
                    delivery,
                    price.Lmp / book.Scale,
                    hasParts ? price.Energy / book.Scale : double.NaN,
                    hasParts ? price.Congestion / book.Scale : double.NaN,
                    hasParts ? price.Loss / book.Scale : double.NaN,
                    hasGhg ? price.Ghg / book.Scale : double.NaN));
            }
        }
    }
}
