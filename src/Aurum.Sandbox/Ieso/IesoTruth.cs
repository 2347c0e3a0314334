using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Ieso;

/// <summary>True rows of the IESO feeds.</summary>
internal static class IesoTruth
{
    private static readonly Location Ontario = new(IesoPlaces.Ontario, LocationType.System);

    public static IEnumerable<TruthSource> Of(World world)
    {
        var books = new IesoBooks(world);
        Location[] areas = [new("MARKET", LocationType.Aggregate), Ontario];
        Location[] zones = [Ontario, .. IesoPlaces.DemandZones.Select(z => new Location(z.Name.ToUpperInvariant(), LocationType.Zone))];
        return
        [
            Prices("ieso/day-ahead-lmp", books.DayAhead), Prices("ieso/day-ahead-lmp-zone", books.DayAheadZones),
            Prices("ieso/day-ahead-lmp-ontario", books.DayAheadOntario), Prices("ieso/real-time-lmp", books.RealTime),
            Prices("ieso/real-time-lmp-zone", books.RealTimeZones), Prices("ieso/real-time-lmp-ontario", books.RealTimeOntario),
            Demand("ieso/load", books, areas, 0, books.FillDemand), Demand("ieso/load-zone", books, zones, 1, books.FillZonalDemand),
            Quiet<GenerationRow>("ieso/generator-output", (day, at) => Generators(books, day, at)),
            Quiet<SeriesPoint>("ieso/generator-capability", (day, at) => Capabilities(books, day, at)),
            Quiet<GenerationRow>("ieso/renewable-forecast", (day, at) => Renewables(books, day, at)),
            Quiet<SeriesPoint>("ieso/adequacy", (day, at) => Adequacy(books, day, at)),
            Quiet<SeriesPoint>("ieso/real-time-totals", (day, at) => RealTimeTotals(books, day, at)),
            Quiet<SeriesPoint>("ieso/predispatch-totals", (day, at) => PredispatchTotals(books, day, at)),
        ];
    }

    private static TruthSource<LmpRow> Prices(string feed, PriceBook book) => PriceTruth.Source(feed, book, hasParts: true, hasGhg: false);

    private static TruthSource<TRow> Quiet<TRow>(string feed, Func<OperatingDay, Instant, IEnumerable<TRow>> rows)
        where TRow : struct => new(new FeedId(feed), rows, _ => []);

    /// <param name="feed">Feed id.</param>
    /// <param name="books">The books.</param>
    /// <param name="areas">In the order of the columns.</param>
    /// <param name="firstMended">Number of the first area's corrections.</param>
    /// <param name="fill">Gives an hour's values.</param>
    private static TruthSource<LoadRow> Demand(string feed, IesoBooks books, Location[] areas, int firstMended, DemandOfHour fill)
    {
        return new TruthSource<LoadRow>(new FeedId(feed), Rows, day => Enumerable.Range(0, areas.Length).SelectMany(
            i => books.DemandMoments(firstMended + i, day).Select(at => new TruthRevision(at, areas[i].Id))));

        IEnumerable<LoadRow> Rows(OperatingDay day, Instant now)
        {
            var values = new long[areas.Length];
            foreach (var start in IesoBooks.Hours(day, now, IesoCsv.DemandDelay))
            {
                fill(start, day, now, values);
                for (var i = 0; i < areas.Length; i++)
                {
                    yield return new LoadRow(areas[i], DeliveryInterval.FromUnixSeconds(start, 3600), values[i]);
                }
            }
        }
    }

    private static IEnumerable<GenerationRow> Generators(IesoBooks books, OperatingDay day, Instant now)
    {
        foreach (var (name, fuel, mw) in IesoPlaces.Generators)
        {
            var place = new Location(name, LocationType.Resource);
            var output = new Symbol(fuel);
            foreach (var start in IesoBooks.Hours(day, now, IesoQuantities.OutputDelay))
            {
                var hour = DeliveryInterval.FromUnixSeconds(start, 3600);
                yield return new GenerationRow(place, output, hour, books.Output(name, fuel, mw, start));
            }
        }
    }

    private static IEnumerable<SeriesPoint> Capabilities(IesoBooks books, OperatingDay day, Instant now)
    {
        foreach (var (name, fuel, mw) in IesoPlaces.Generators)
        {
            var capability = new SeriesKey($"generator-capability/{fuel}/{name}/capability", "MW");
            var capacity = new SeriesKey($"generator-capability/{fuel}/{name}/available-capacity", "MW");
            foreach (var start in IesoBooks.Hours(day, now, IesoQuantities.OutputDelay))
            {
                var hour = DeliveryInterval.FromUnixSeconds(start, 3600);
                yield return new SeriesPoint(capability, hour, books.Output(name + " can", fuel, mw, start));
                yield return new SeriesPoint(capacity, hour, mw);
            }
        }
    }

    private static IEnumerable<GenerationRow> Renewables(IesoBooks books, OperatingDay day, Instant now)
    {
        var (made, shown) = IesoBooks.Forecast(day);
        if (now < shown)
        {
            yield break;
        }

        foreach (var (isEmbedded, fuel, zones) in IesoQuantities.Renewables)
        {
            var symbol = new Symbol(fuel + (isEmbedded ? " embedded" : ""));
            var places = zones.Select(z => new Location(z, LocationType.Zone)).ToArray();
            foreach (var start in IesoBooks.ForecastHours(day))
            {
                var hour = DeliveryInterval.FromUnixSeconds(start, 3600);
                var sum = 0L;
                for (var i = 0; i < places.Length; i++)
                {
                    var tenths = books.Renewable(fuel, zones[i], isEmbedded, start, day);
                    sum += tenths;
                    yield return new GenerationRow(places[i], symbol, hour, tenths / 10.0, made.ToUnixTimeSeconds());
                }

                yield return new GenerationRow(Ontario, symbol, hour, sum / 10.0, made.ToUnixTimeSeconds());
            }
        }
    }

    private static IEnumerable<SeriesPoint> Adequacy(IesoBooks books, OperatingDay day, Instant now)
    {
        if (now < day.Start - IesoQuantities.OutlookBefore)
        {
            yield break;
        }

        foreach (var (path, node) in IesoAdequacy.Tree.SelectMany(n => n.Lists("")))
        {
            var series = new SeriesKey("adequacy/" + path, node.Value switch { "EnergyMWhr" => "MWh", "Ramp" => "flag", _ => "MW" });
            foreach (var start in node.Hours(day))
            {
                var value = books.Adequacy(path, start, day, now);
                yield return new SeriesPoint(
                    series, DeliveryInterval.FromUnixSeconds(start, 3600), node.Value == "Ramp" ? value % 2 : value);
            }
        }
    }

    private static IEnumerable<SeriesPoint> RealTimeTotals(IesoBooks books, OperatingDay day, Instant now)
    {
        var series = IesoQuantities.TotalNames.Select(n => new SeriesKey($"real-time-totals/{n}", "MW")).ToArray();
        foreach (var start in IesoQuantities.TotalStarts(new IesoFileOf(day, 0), now))
        {
            for (var i = 0; i < series.Length; i++)
            {
                yield return new SeriesPoint(
                    series[i],
                    DeliveryInterval.FromUnixSeconds(start, 300),
                    books.Total(IesoQuantities.TotalNames[i], start, 300, isForecast: false) / 10.0);
            }
        }
    }

    private static IEnumerable<SeriesPoint> PredispatchTotals(IesoBooks books, OperatingDay day, Instant now)
    {
        if (now < day.Start - IesoQuantities.OutlookBefore)
        {
            yield break;
        }

        foreach (var quantity in IesoQuantities.TotalNames.SkipLast(1))
        {
            var series = new SeriesKey($"predispatch-totals/{quantity}", "MW");
            foreach (var start in IesoBooks.Hours(day, Instant.MaxValue, Duration.Zero))
            {
                yield return new SeriesPoint(
                    series, DeliveryInterval.FromUnixSeconds(start, 3600), books.Total(quantity, start, 3600, isForecast: true) / 10.0);
            }
        }
    }
}
