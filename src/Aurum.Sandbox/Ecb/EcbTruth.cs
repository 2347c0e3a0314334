using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Ecb;

/// <summary>True rows of the ECB feed: the rates of a day, and the quotients between four of them and the euro.</summary>
internal static class EcbTruth
{
    private static readonly string[] Crossed = ["USD", "CAD", "MXN", "GBP"];

    public static IEnumerable<TruthSource> Of(World world)
    {
        var book = new EcbBook(world);
        return
        [
            new TruthSource<SeriesPoint>(new FeedId("ecb/reference-rates"), (day, at) => Rows(book, day, at), _ => []),
            CatalogTruth.Of("ecb/currency-catalog", at => Listings(book, at)),
        ];
    }

    /// <summary>An entry a rate of the newest fixing.</summary>
    private static IEnumerable<SeriesListing> Listings(EcbBook book, Instant now)
    {
        var newest = EcbBook.Newest(now);
        foreach (var point in Rows(book, new OperatingDay(newest, DateTimeZone.Utc), now))
        {
            var (kind, what) = point.Flags is null ? ("currency", "Euro reference rate")
                : ("cross rate", "Quotient of two euro reference rates");
            yield return new SeriesListing(new Symbol(point.Series.Id), new Symbol($"{what}: {point.Series.Unit}"), new Symbol(kind))
            {
                Dataset = new Symbol("eurofxref"),
                Frequency = new Symbol("D"),
                Geo = new Symbol(point.Series.Id.Split('/')[1]),
                SourceUrl = new Symbol("https://www.ecb.europa.eu/stats/eurofxref/"),
                EndDate = new Symbol($"{newest:uuuu-MM-dd}"),
                LastObservationDate = new Symbol($"{newest:uuuu-MM-dd}"),
            }.WithUnit(point.Series.Unit);
        }
    }

    private static IEnumerable<SeriesPoint> Rows(EcbBook book, OperatingDay day, Instant knownAt)
    {
        if (EcbBook.IsClosed(day.Date) || day.Date > EcbBook.Newest(knownAt))
        {
            yield break;
        }

        var period = CalendarPeriods.Of(day.Date, SeriesFrequency.Daily);
        var perEuro = new Dictionary<string, double> { ["EUR"] = 1 };
        foreach (var (code, text) in book.Rates(day.Date))
        {
            perEuro[code] = double.Parse(text, CultureInfo.InvariantCulture);
            yield return new SeriesPoint(new SeriesKey($"EUR/{code}", $"{code} per EUR"), period, perEuro[code]);
        }

        foreach (var from in Crossed)
        {
            foreach (var to in Crossed.Append("EUR").Where(to => to != from))
            {
                yield return new SeriesPoint(
                    new SeriesKey($"{from}/{to}", $"{to} per {from}"), period, perEuro[to] / perEuro[from], Flags: new Symbol("cross"));
            }
        }
    }
}
