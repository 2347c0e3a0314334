using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Noaa;

/// <summary>True rows of the NOAA feeds: the readings of a day, station by station.</summary>
internal static class NoaaTruth
{
    public static IEnumerable<TruthSource> Of(World world)
    {
        var book = new NoaaBook(world);
        return
        [
            new TruthSource<SeriesPoint>(
                new FeedId("noaa/ghcn-daily"),
                (day, at) => book.Day(day.Date, at).Select(r => Point(day, r)),
                day => book.Stations.SelectMany(s => book.Corrections.Moments(NoaaBook.KeyOf(s.Id), day)
                    .Select(at => new TruthRevision(at, s.Id)))),
            CatalogTruth.Of("noaa/reference-catalog", new NoaaCatalog(world).Listings),
        ];
    }

    private static SeriesPoint Point(OperatingDay day, NoaaReading reading)
    {
        var (unit, parts) = reading.Element switch
        {
            "PRCP" => ("mm", 10),
            "SNOW" => ("mm", 1),
            "AWND" => ("m/s", 10),
            _ => ("degC", 10),
        };
        return new SeriesPoint(
            new SeriesKey($"ghcnd/{reading.Station}/{reading.Element}", unit),
            CalendarPeriods.Of(day.Date, SeriesFrequency.Daily),
            (double)reading.Value / parts,
            Flags: new Symbol(reading.Flags));
    }
}
