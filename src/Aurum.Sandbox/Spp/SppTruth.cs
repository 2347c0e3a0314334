using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Spp;

/// <summary>True rows of the SPP feeds.</summary>
internal static class SppTruth
{
    /// <summary>First day of the west in the files of flows: they begin before its market does.</summary>
    private static readonly LocalDate WestFlowsBegin = new(2026, 3, 25);

    public static IEnumerable<TruthSource> Of(World world)
    {
        var books = new SppBooks(world);
        return
        [
            PriceTruth.Source("spp/day-ahead-lmp", books.DayAhead, hasParts: true, hasGhg: false),
            PriceTruth.Source("spp/day-ahead-lmp-bus", books.DayAheadBus, hasParts: true, hasGhg: false),
            RealTime("spp/real-time-lmp", books.RealTime),
            RealTime("spp/real-time-lmp-bus", books.RealTimeBus),
            new TruthSource<LoadRow>(new FeedId("spp/load"), (day, at) => Load(books, day, at), day => books.Zones.SelectMany(
                z => books.MendedLoad.Moments(z.Dice.Seed, day).Select(at => new TruthRevision(at, z.Name)))),
            new TruthSource<LoadRow>(new FeedId("spp/load-forecast"), (day, at) => LoadForecast(books, day, at), _ => []),
            new TruthSource<GenerationRow>(
                new FeedId("spp/renewable-forecast"), (day, at) => RenewableForecast(books, day, at), _ => []),
            FuelMix("spp/fuel-mix", books, SppGrid.East, static _ => true),
            FuelMix("spp/fuel-mix-west", books, SppGrid.West, SppGrid.HasWest),
            TieFlows("spp/tie-flows", books, SppGrid.East, static _ => true),
            TieFlows("spp/tie-flows-west", books, SppGrid.West, static day => day.Date >= WestFlowsBegin),
        ];
    }

    /// <summary>Corrections are only in the one file of a day.</summary>
    private static TruthSource<LmpRow> RealTime(string feed, PriceBook book) => new(
        new FeedId(feed),
        (day, at) => Prices(book, day, at),
        day => book.Places
            .Where(p => p.IsActive(day.Date) && book.Corrections.Moments(p.Key, day).Count > 0)
            .Select(p => new TruthRevision(SppBooks.DailyFileAt(day), p.Id)));

    private static IEnumerable<LmpRow> Prices(PriceBook book, OperatingDay day, Instant knownAt)
    {
        var places = knownAt >= SppBooks.DailyFileAt(day) ? book.Corrected(day, knownAt) : SppPrices.Uncorrected(book, day);
        foreach (var start in book.Starts(day, knownAt))
        {
            var states = book.States(start);
            var delivery = DeliveryInterval.FromUnixSeconds(start, book.Seconds);
            foreach (var (place, correction) in places)
            {
                var price = book.Price(states, place, correction);
                yield return new LmpRow(
                    place.Location, delivery, price.Lmp / book.Scale, price.Energy / book.Scale, price.Congestion / book.Scale,
                    price.Loss / book.Scale, double.NaN);
            }
        }
    }

    private static IEnumerable<LoadRow> Load(SppBooks books, OperatingDay day, Instant knownAt)
    {
        if (knownAt < SppBooks.LoadFileAt(day))
        {
            yield break;
        }

        var zones = books.Zones.Select(z => new Location(z.Name, LocationType.Zone)).ToArray();
        foreach (var start in SppQuantities.HourStarts(day))
        {
            for (var i = 0; i < zones.Length; i++)
            {
                var (conforming, nonConforming) = books.Load(books.Zones[i], start, day, knownAt);
                yield return new LoadRow(zones[i], Hour(start), (conforming + nonConforming) / 1000.0);
            }
        }
    }

    private static IEnumerable<LoadRow> LoadForecast(SppBooks books, OperatingDay day, Instant knownAt) =>
        from issued in SppBooks.Issues(day)
        where SppBooks.IsForecastThere(issued, knownAt)
        from start in SppQuantities.ForecastStarts(issued)
        from authority in SppBooks.Authorities(issued)
        select new LoadRow(Authority(authority), Hour(start), books.LoadForecast(authority, start, issued) / 100.0, issued);

    private static IEnumerable<GenerationRow> RenewableForecast(SppBooks books, OperatingDay day, Instant knownAt)
    {
        var wind = new Symbol("Wind");
        var solar = new Symbol("Solar");
        return
            from issued in SppBooks.Issues(day)
            where SppBooks.IsForecastThere(issued, knownAt)
            from start in SppQuantities.ForecastStarts(issued)
            from authority in SppBooks.Authorities(issued)
            from row in new[]
            {
                new GenerationRow(
                    Authority(authority), wind, Hour(start), books.WindForecast(authority, start, issued) / 100.0, issued),
                new GenerationRow(
                    Authority(authority), solar, Hour(start), books.SolarForecast(authority, start, issued) / 100.0, issued),
            }
            select row;
    }

    private static TruthSource<GenerationRow> FuelMix(string feed, SppBooks books, string authority, Func<OperatingDay, bool> runs)
    {
        var place = Authority(authority);
        var fuels = SppBooks.Fuels.Select(f => new Symbol(f.Name)).ToArray();
        return new TruthSource<GenerationRow>(
            new FeedId(feed),
            (day, knownAt) =>
                from at in runs(day) ? SppReadings.FuelTimes(day, knownAt) : []
                from fuel in Enumerable.Range(0, fuels.Length)
                let parts = books.Generation(authority, fuel, at)
                select new GenerationRow(place, fuels[fuel], DeliveryInterval.FromUnixSeconds(at, 0), (parts.Market + parts.Self) / 10.0),
            _ => []);
    }

    private static TruthSource<SeriesPoint> TieFlows(string feed, SppBooks books, string authority, Func<OperatingDay, bool> runs)
    {
        string[] names = ["NSI", "NAI", .. SppReadings.Ties(authority)];
        var series = names.Select(name => new SeriesKey($"tie-flows/{authority}/{name}", "MW")).ToArray();
        return new TruthSource<SeriesPoint>(
            new FeedId(feed),
            (day, knownAt) =>
                from at in runs(day) ? SppReadings.FlowTimes(day, knownAt) : []
                from value in SppReadings.Values(books, authority, at).Select((units, i) => (Key: series[i], Mw: units / 100.0))
                select new SeriesPoint(value.Key, DeliveryInterval.FromUnixSeconds(at, 0), value.Mw),
            _ => []);
    }

    private static Location Authority(string name) => new(name, LocationType.System);

    private static DeliveryInterval Hour(long start) => DeliveryInterval.FromUnixSeconds(start, SppBooks.HourSeconds);
}
