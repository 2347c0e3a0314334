using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Nyiso;

/// <summary>True rows of the NYISO feeds. Look-ahead rows of the running day are not among them, nor is a last dispatched interval that
/// ends on a quarter hour before them: nothing in the file tells it from the first look-ahead row.</summary>
internal static class NyisoTruth
{
    internal static readonly Location ControlArea = new("NYISO", LocationType.System);

    public static IEnumerable<TruthSource> Of(World world)
    {
        var books = new NyisoBooks(world);
        return
        [
            Prices("nyiso/day-ahead-lmp-zone", books.DayAheadZone), Prices("nyiso/day-ahead-lmp-generator", books.DayAheadGenerator),
            RealTime("nyiso/real-time-lmp-zone", books.RealTimeZone), RealTime("nyiso/real-time-lmp-generator", books.RealTimeGenerator),
            Prices("nyiso/hourly-lmp-zone", books.HourlyZone), Prices("nyiso/hourly-lmp-generator", books.HourlyGenerator),
            new TruthSource<LoadRow>(new FeedId("nyiso/load"), (day, at) => Load(books, day, at), day => LoadRevisions(books, day)),
            new TruthSource<LoadRow>(
                new FeedId("nyiso/load-integrated"), (day, at) => IntegratedLoad(books, day, at), day => LoadRevisions(books, day)),
            new TruthSource<LoadRow>(new FeedId("nyiso/load-forecast"), (day, at) => Forecast(books, day, at), _ => []),
            new TruthSource<GenerationRow>(new FeedId("nyiso/fuel-mix"), (day, at) => FuelMix(books, day, at), _ => []),
            new TruthSource<SeriesPoint>(new FeedId("nyiso/interface-flows"), (day, at) => Flows(books, day, at), _ => []),
            books.DayAheadReserves.Truth("nyiso/day-ahead-ancillary-prices"),
            books.RealTimeReserves.Truth("nyiso/real-time-ancillary-prices"),
            books.Rooftops.Truth("nyiso/solar-behind-meter"),
            books.RooftopForecast.Truth("nyiso/solar-behind-meter-forecast"),
        ];
    }

    private static TruthSource<LmpRow> Prices(string feed, PriceBook book) => PriceTruth.Source(feed, book, hasParts: true, hasGhg: false);

    private static TruthSource<LmpRow> RealTime(string feed, PriceBook book)
    {
        var all = Prices(feed, book);
        return all with
        {
            Rows = (day, knownAt) =>
            {
                var end = book.Starts(day, knownAt).LastOrDefault(-book.Seconds) + book.Seconds;
                var isMixed = end % 900 == 0 && NyisoFiles.LookAhead(end, day).Any();
                return all.Rows(day, knownAt).Where(r => !isMixed || r.Delivery.EndUnixSeconds != end);
            },
        };
    }

    private static IEnumerable<TruthRevision> LoadRevisions(NyisoBooks books, OperatingDay day) =>
        books.Zones.SelectMany(z => books.MendedLoad.Moments(z.Dice.Seed, day).Select(at => new TruthRevision(at, z.Name)));

    private static Location[] Areas(NyisoBooks books) =>
        [.. books.Zones.Select(z => new Location(z.Name, LocationType.Zone, publisherId: z.Ptid))];

    private static IEnumerable<LoadRow> Load(NyisoBooks books, OperatingDay day, Instant knownAt)
    {
        var areas = Areas(books);
        for (var at = day.Start.ToUnixTimeSeconds(); at < day.End.ToUnixTimeSeconds() && at <= knownAt.ToUnixTimeSeconds(); at += 300)
        {
            for (var i = 0; i < areas.Length; i++)
            {
                yield return new LoadRow(
                    areas[i], DeliveryInterval.FromUnixSeconds(at, 0), books.Load(books.Zones[i], at, day, knownAt) / 10_000.0);
            }
        }
    }

    private static IEnumerable<LoadRow> IntegratedLoad(NyisoBooks books, OperatingDay day, Instant knownAt)
    {
        var areas = Areas(books);
        foreach (var at in NyisoFiles.HourStarts(day, knownAt))
        {
            for (var i = 0; i < areas.Length; i++)
            {
                yield return new LoadRow(
                    areas[i], DeliveryInterval.FromUnixSeconds(at, 3600), books.HourlyLoad(books.Zones[i], at, day, knownAt) / 10_000.0);
            }
        }
    }

    private static IEnumerable<LoadRow> Forecast(NyisoBooks books, OperatingDay day, Instant knownAt)
    {
        if (knownAt < NyisoBooks.ForecastAt(day))
        {
            yield break;
        }

        var areas = Areas(books);
        var issued = day.Start.ToUnixTimeSeconds();
        foreach (var at in NyisoFiles.ForecastStarts(day))
        {
            var sum = 0L;
            var hour = DeliveryInterval.FromUnixSeconds(at, 3600);
            for (var i = 0; i < areas.Length; i++)
            {
                var mw = books.Forecast(books.Zones[i], at, day.Date);
                sum += mw;
                yield return new LoadRow(areas[i], hour, mw, issued);
            }

            yield return new LoadRow(ControlArea, hour, sum, issued);
        }
    }

    private static IEnumerable<GenerationRow> FuelMix(NyisoBooks books, OperatingDay day, Instant knownAt)
    {
        var fuels = NyisoBooks.Fuels.Select(f => new Symbol(f)).ToArray();
        foreach (var at in books.Readings(day, isEnd: true, knownAt))
        {
            foreach (var fuel in fuels)
            {
                yield return new GenerationRow(ControlArea, fuel, DeliveryInterval.FromUnixSeconds(at, 0), books.Generation(fuel.Text, at));
            }
        }
    }

    private static IEnumerable<SeriesPoint> Flows(NyisoBooks books, OperatingDay day, Instant knownAt)
    {
        var keys = books.Borders.Select(b => new[] { "flow", "positive-limit", "negative-limit" }
            .Select(part => new SeriesKey($"interface-flows/{b.Name}/{part}", "MWH")).ToArray()).ToArray();
        foreach (var at in books.Readings(day, isEnd: false, knownAt))
        {
            var instant = DeliveryInterval.FromUnixSeconds(at, 0);
            for (var i = 0; i < keys.Length; i++)
            {
                var border = books.Borders[i];
                yield return new SeriesPoint(keys[i][0], instant, border.Flow(at) / 100.0);
                yield return new SeriesPoint(keys[i][1], instant, Limit(border.PositiveMw));
                yield return new SeriesPoint(keys[i][2], instant, Limit(border.NegativeMw));
            }
        }
    }

    /// <summary>The publisher writes 9999 where there is no limit.</summary>
    private static double Limit(int mw) => Math.Abs(mw) == 9999 ? double.NaN : mw;
}
