using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Publishing;

/// <summary>Makes <c>/data</c> series of price books.</summary>
internal static class PriceSeries
{
    public static SandboxSeries Of(string dataset, PriceBook book, Place place, DateTimeZone zone) =>
        new($"{dataset}.{place.Id}", "USD/MWh", book.Seconds, (start, now) =>
        {
            var day = OperatingDay.Of(Instant.FromUnixTimeSeconds(start), zone);
            return place.IsActive(day.Date) && start + book.Seconds <= book.Release.VisibleUntil(day, now)
                ? book.Price(
                    book.States(start), place, book.Corrections.At(place.Key, day, now) + book.ProvisionalUsd(place, start, now)).Lmp
                    / book.Scale
                : null;
        });
}
