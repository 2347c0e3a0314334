using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Ercot;

/// <summary>True rows of the ERCOT feeds. Dashboards show two days only; the truth of a day does not end with them.</summary>
internal static class ErcotTruth
{
    private static readonly Location Texas = new("ERCOT", LocationType.System);

    public static IEnumerable<TruthSource> Of(World world)
    {
        var books = new ErcotBooks(world);
        return
        [
            PriceTruth.Source("ercot/day-ahead-spp", books.DayAhead, hasParts: false, hasGhg: false),
            new TruthSource<LmpRow>(new FeedId("ercot/real-time-spp"), (day, at) => RealTime(books, day, at), _ => []),
            new TruthSource<LmpRow>(new FeedId("ercot/lmp"), (day, at) => Dispatch(books, day, at), _ => []),
            new TruthSource<LoadRow>(new FeedId("ercot/load-actual"), (day, at) => Load(books, day, at),
                day => books.ForecastZones.SelectMany(z =>
                    books.MendedLoad.Moments(z.Dice.Seed, day).Select(at => new TruthRevision(at, z.Id)))),
            new TruthSource<LoadRow>(new FeedId("ercot/load-forecast"),
                (day, at) => LoadForecast(books, books.WeatherZones, "E", day, at), _ => []),
            new TruthSource<LoadRow>(new FeedId("ercot/load-forecast-by-zone"),
                (day, at) => LoadForecast(books, books.ForecastZones, ErcotReports.ZoneModel, day, at), _ => []),
            new TruthSource<SeriesPoint>(new FeedId("ercot/load-forecast-models"), (day, at) => Models(books, day, at), _ => []),
            .. Renewables(books, "wind", isWind: true, books.Regions(true)),
            .. Renewables(books, "solar", isWind: false, books.Regions(false)),
            .. Renewables(books, "wind-by-region", isWind: true, books.Geography(true)),
            .. Renewables(books, "solar-by-region", isWind: false, books.Geography(false)),
            new TruthSource<GenerationRow>(new FeedId("ercot/fuel-mix"), (day, at) => FuelMix(books, day, at), _ => []),
            new TruthSource<LoadRow>(new FeedId("ercot/system-load"), (day, at) => SystemLoad(books, day, at), _ => []),
            new TruthSource<GenerationRow>(new FeedId("ercot/storage"), (day, at) => Storage(books, day, at), _ => []),
            .. ErcotMarketTruth.Of(world, books),
        ];
    }

    private static IEnumerable<LmpRow> RealTime(ErcotBooks books, OperatingDay day, Instant knownAt)
    {
        var energyWeighted = books.RealTime.Places.ToDictionary(p => p, p => new Location(p.Id, LocationType.Aggregate));
        foreach (var row in PriceTruth.Rows(books.RealTime, day, knownAt, hasParts: false, hasGhg: false, _ => true))
        {
            yield return row.Row;
            if (ErcotReports.SecondType(row.Place) is not null)
            {
                yield return row.Row with { Location = energyWeighted[row.Place] };
            }
        }
    }

    private static IEnumerable<LmpRow> Dispatch(ErcotBooks books, OperatingDay day, Instant knownAt)
    {
        var book = books.Dispatch;
        foreach (var (slot, run) in books.Runs(day, knownAt))
        {
            var states = book.States(slot);
            foreach (var (place, correction) in book.Corrected(day, knownAt))
            {
                yield return new LmpRow(
                    place.Location, DeliveryInterval.FromUnixSeconds(run, 0), book.Price(states, place, correction).Lmp / book.Scale,
                    double.NaN, double.NaN, double.NaN, double.NaN);
            }
        }
    }

    private static IEnumerable<LoadRow> Load(ErcotBooks books, OperatingDay day, Instant knownAt)
    {
        var zones = books.ForecastZones.Select(z => new Location(z.Id, LocationType.Zone)).ToArray();
        foreach (var start in ErcotPostings.Hours(day).Where(start => start + 7200 <= knownAt.ToUnixTimeSeconds()))
        {
            var hour = DeliveryInterval.FromUnixSeconds(start, 3600);
            var sum = 0L;
            for (var i = 0; i < zones.Length; i++)
            {
                var load = books.Load(books.ForecastZones[i], start, day, knownAt);
                sum += load;
                yield return new LoadRow(zones[i], hour, load / 100.0);
            }

            yield return new LoadRow(Texas, hour, sum / 100.0);
        }
    }

    private static IEnumerable<SeriesPoint> Models(ErcotBooks books, OperatingDay day, Instant knownAt) =>
        ErcotReports.Models.SelectMany(model => LoadForecast(books, books.WeatherZones, model.Name, day, knownAt)
            .Select(row => new SeriesPoint(
                new SeriesKey($"lf_by_model_weather_zone/{model.Name}/{row.Area.Id}", "MW"), row.Delivery, row.LoadMw,
                row.IssuedUnixSeconds, model.IsUsed ? new Symbol("in use") : null)));

    private static IEnumerable<LoadRow> LoadForecast(
        ErcotBooks books, IReadOnlyList<ErcotZone> all, string model, OperatingDay day, Instant knownAt)
    {
        var zones = all.Select(z => new Location(z.Id, LocationType.Zone)).ToArray();
        foreach (var posted in ErcotPostings.Of(day, knownAt))
        {
            foreach (var start in ErcotPostings.Hours(day).Where(s => ErcotReports.IsForecast(posted, s)))
            {
                var hour = DeliveryInterval.FromUnixSeconds(start, 3600);
                var sum = 0L;
                for (var i = 0; i < zones.Length; i++)
                {
                    var load = books.LoadForecast(all[i], start, posted, model);
                    sum += load;
                    yield return new LoadRow(zones[i], hour, load / 100.0, posted);
                }

                yield return new LoadRow(Texas, hour, sum / 100.0, posted);
            }
        }
    }

    private static IEnumerable<TruthSource> Renewables(
        ErcotBooks books, string name, bool isWind, IReadOnlyList<ErcotRegion> regions)
    {
        yield return new TruthSource<GenerationRow>(
            new FeedId($"ercot/{name}"), (day, at) => Generated(books, isWind, regions, day, at), _ => []);
        yield return new TruthSource<SeriesPoint>(
            new FeedId($"ercot/{name}-outlook"), (day, at) => Outlook(books, name, isWind, regions, day, at), _ => []);
    }

    /// <summary>What was metered, from the latest posting that knows it.</summary>
    private static IEnumerable<GenerationRow> Generated(
        ErcotBooks books, bool isWind, IReadOnlyList<ErcotRegion> regions, OperatingDay day, Instant knownAt)
    {
        var fuel = new Symbol(isWind ? "Wind" : "Solar");
        foreach (var start in MeteredHours(day, knownAt))
        {
            foreach (var region in regions)
            {
                yield return new GenerationRow(
                    AreaOf(region), fuel, DeliveryInterval.FromUnixSeconds(start, 3600),
                    books.Renewable(region, isWind, "GEN", start, 0) / 100.0);
            }
        }
    }

    /// <summary>Forecasts of every posting; what could have been generated once, for all of Texas.</summary>
    private static IEnumerable<SeriesPoint> Outlook(
        ErcotBooks books, string name, bool isWind, IReadOnlyList<ErcotRegion> regions, OperatingDay day, Instant knownAt)
    {
        SeriesKey Key(ErcotRegion region, string measure) =>
            new($"{name}/{AreaOf(region).Id}/{(measure == "COPHSL" ? "COP_HSL" : measure)}", "MW");
        foreach (var posted in ErcotPostings.Of(day, knownAt))
        {
            foreach (var start in ErcotPostings.Hours(day).Where(s => ErcotPostings.Holds(posted, s)))
            {
                var hour = DeliveryInterval.FromUnixSeconds(start, 3600);
                foreach (var measure in ErcotReports.Measures(isWind).Where(m => m != "GEN"))
                {
                    foreach (var region in regions)
                    {
                        yield return new SeriesPoint(
                            Key(region, measure), hour, books.Renewable(region, isWind, measure, start, posted) / 100.0, posted);
                    }
                }
            }
        }

        foreach (var start in MeteredHours(day, knownAt))
        {
            yield return new SeriesPoint(
                Key(regions[0], "HSL"), DeliveryInterval.FromUnixSeconds(start, 3600),
                books.Renewable(regions[0], isWind, "HSL", start, 0) / 100.0);
        }
    }

    private static IEnumerable<long> MeteredHours(OperatingDay day, Instant knownAt)
    {
        var postings = ErcotPostings.Of(day, knownAt).ToArray();
        return ErcotPostings.Hours(day)
            .Where(start => postings.Any(p => ErcotPostings.Holds(p, start) && ErcotPostings.IsMetered(p, start)));
    }

    private static Location AreaOf(ErcotRegion region) => region.Column switch
    {
        "LoadZoneSouthHouston" => new Location("LZ_SOUTH_HOUSTON", LocationType.Zone),
        "LoadZoneWest" => new Location("LZ_WEST", LocationType.Zone),
        "LoadZoneNorth" => new Location("LZ_NORTH", LocationType.Zone),
        "SystemWide" => Texas,
        var name => new Location("GEO_" + name.ToUpperInvariant(), LocationType.Zone),
    };

    private static IEnumerable<GenerationRow> FuelMix(ErcotBooks books, OperatingDay day, Instant knownAt)
    {
        var fuels = ErcotBooks.Fuels.Select(f => new Symbol(f)).ToArray();
        foreach (var at in ErcotDashboards.FuelReadings(day, knownAt))
        {
            foreach (var fuel in fuels)
            {
                yield return new GenerationRow(Texas, fuel, DeliveryInterval.FromUnixSeconds(at, 0), books.Generation(fuel.Text, at));
            }
        }
    }

    private static IEnumerable<LoadRow> SystemLoad(ErcotBooks books, OperatingDay day, Instant knownAt) => ErcotPostings.Hours(day)
        .Where(start => ErcotDashboards.IsMetered(start, knownAt))
        .Select(start => new LoadRow(Texas, DeliveryInterval.FromUnixSeconds(start, 3600), books.SystemLoad(start) / 100.0));

    private static IEnumerable<GenerationRow> Storage(ErcotBooks books, OperatingDay day, Instant knownAt)
    {
        var (charging, discharging, net) = (new Symbol("Storage Charging"), new Symbol("Storage Discharging"), new Symbol("Storage Net"));
        foreach (var at in ErcotDashboards.StorageReadings(day, knownAt))
        {
            var reading = DeliveryInterval.FromUnixSeconds(at, 0);
            yield return new GenerationRow(Texas, charging, reading, books.Charging(at) / 1000.0);
            yield return new GenerationRow(Texas, discharging, reading, books.Discharging(at) / 1000.0);
            yield return new GenerationRow(Texas, net, reading, books.NetStorage(at) / 1000.0);
        }
    }
}
