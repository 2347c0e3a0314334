using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ecb;

/// <summary>The ECB's catalog: the currencies of its newest fixing, and the rates between others that follow from them.</summary>
/// <remarks>
/// <para>Source: eurofxref-daily.xml. Currencies that left the list keep their entries with the last date seen.</para>
/// <para>Shape: about 30 entries <c>EUR/USD</c> and 16 between USD, CAD, MXN, GBP and EUR.</para>
/// <para>Units: units of the second currency for one of the first.</para>
/// <para>Time: none; an entry has the date of its latest fixing.</para>
/// <para>Revisions: each working day has a new latest fixing; only today's state can be asked for.</para>
/// </remarks>
public static class CurrencyCatalog
{
    public static readonly Feed<SeriesListing> Feed = new()
    {
        Id = new FeedId("ecb/currency-catalog"),
        Title = "ECB catalog: currencies of the euro reference rates",
        Facts = new FeedFacts(
            "ECB eurofxref-daily.xml",
            "an entry a currency of the newest fixing, and a cross rate between USD, CAD, MXN, GBP and EUR",
            "units of the second currency for one of the first",
            "none; an entry has the date of its latest fixing",
            "each working day has a new latest fixing; only today's state can be asked for"),
        Zone = MarketZones.Utc,
        Schedule = CatalogSchedules.Daily,
        Suite = CatalogSchedules.Suite,
        RowsLieInDay = false,
        Table = SeriesTables.Catalog,
        Locate = static (day, now) => CatalogSchedules.Today(
            day, now, static () => [new FeedRequest(EcbFeeds.Web.Name, "/eurofxref-daily.xml", "eurofxref-daily.xml")]),
        Recognizes = static _ => false,
        Parse = static (file, output) =>
        {
            var points = new RowList<SeriesPoint>();
            var result = ReferenceRates.Read(file, day: null, points);
            var rows = new RowBuffer<SeriesListing>(output);
            foreach (var newest in points.Rows.GroupBy(p => p.Series).Select(g => g.MaxBy(p => p.Period.StartUnixSeconds)))
            {
                rows.Add(Of(newest));
            }

            rows.Flush();
            return result;
        },
    };

    private static SeriesListing Of(SeriesPoint point)
    {
        var isCross = point.Flags is not null;
        var date = Instant.FromUnixTimeSeconds(point.Period.StartUnixSeconds).InUtc().Date;
        return new SeriesListing(
            new Symbol(point.Series.Id),
            new Symbol($"{(isCross ? "Quotient of two euro reference rates" : "Euro reference rate")}: {point.Series.Unit}"),
            new Symbol(isCross ? "cross rate" : "currency"))
        {
            Dataset = new Symbol("eurofxref"),
            Frequency = new Symbol("D"),
            Geo = new Symbol(point.Series.Id[4..]),
            SourceUrl = new Symbol("https://www.ecb.europa.eu/stats/eurofxref/"),
            EndDate = ListingText.Of(date),
            LastObservationDate = ListingText.Of(date),
        }.WithUnit(point.Series.Unit);
    }
}
