using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Miso;

/// <summary>True rows of the MISO feeds.</summary>
internal static class MisoTruth
{
    private static readonly Location System = new("MISO", LocationType.System);

    public static IEnumerable<TruthSource> Of(World world)
    {
        var books = new MisoBooks(world);
        return
        [
            Prices("miso/day-ahead-lmp", books.DayAhead), Prices("miso/day-ahead-lmp-ex-ante", books.DayAheadExAnte),
            Prices("miso/real-time-lmp-hourly", books.Hourly), Prices("miso/real-time-lmp", books.FiveMinutes),
            Prices("miso/day-ahead-lmp-exchange", books.ExchangeDayAhead), Prices("miso/real-time-lmp-exchange", books.ExchangeRealTime),
            new TruthSource<AncillaryPriceRow>(
                new FeedId("miso/day-ahead-ancillary-prices"), (day, at) => Reserves(books, day, at), static _ => []),
            new TruthSource<SeriesPoint>(new FeedId("miso/consolidated-lmp"), (day, at) => Table(books, day, at), static _ => []),
            new TruthSource<GenerationRow>(new FeedId("miso/fuel-mix"), (day, at) => FuelMix(books, day, at), static _ => []),
            Load("miso/load", 300, static (shown, day) => shown.FiveMinutes(day), (at, _) => books.Load(at)),
            Load("miso/load-forecast", 3600, static (_, day) => MisoMoment.Hours(day), (at, shown) => books.LoadForecast(at, shown.Hour)),
            Load("miso/load-cleared", 3600, static (_, day) => MisoMoment.Hours(day), (at, _) => books.ClearedLoad(at)),
            Metered("miso/wind", "Wind", books), Metered("miso/solar", "Solar", books),
            Forecast("miso/wind-forecast", "Wind", books), Forecast("miso/solar-forecast", "Solar", books),
        ];
    }

    private static TruthSource<LmpRow> Prices(string feed, PriceBook book) => PriceTruth.Source(feed, book, hasParts: true, hasGhg: false);

    private static IEnumerable<AncillaryPriceRow> Reserves(MisoBooks books, OperatingDay day, Instant knownAt)
    {
        var products = MisoBooks.Products.Select(p => new Symbol(p)).ToArray();
        var zones = Enumerable.Range(1, 8).Select(zone => new Location($"Zone {zone}", LocationType.Zone)).ToArray();
        return
            from start in books.ExchangeDayAhead.Starts(day, knownAt)
            from product in products
            from zone in Enumerable.Range(0, zones.Length)
            select new AncillaryPriceRow(
                zones[zone], product, DeliveryInterval.FromUnixSeconds(start, 3600),
                books.Reserve(product.Text, zone + 1, start) / 100.0);
    }

    /// <summary>What the table shows at the moment; it keeps nothing.</summary>
    private static IEnumerable<SeriesPoint> Table(MisoBooks books, OperatingDay day, Instant knownAt)
    {
        var shown = MisoMoment.OfPrices(knownAt);
        return shown.Day != day ? [] : new MisoTable(books).Values(shown).Select(v => new SeriesPoint(
            new SeriesKey($"consolidated-lmp/{v.Block}/{v.Node}/{v.Part}", "USD/MWh"),
            DeliveryInterval.FromUnixSeconds(v.Start, v.Seconds), v.Hundredths / 100.0));
    }

    private static IEnumerable<GenerationRow> FuelMix(MisoBooks books, OperatingDay day, Instant knownAt)
    {
        var fuels = MisoBooks.Fuels.Select(f => new Symbol(f)).ToArray();
        return
            from at in MisoMoment.OfReadings(knownAt).FiveMinutes(day)
            from fuel in fuels
            select new GenerationRow(System, fuel, DeliveryInterval.FromUnixSeconds(at, 300), books.Generation(fuel.Text, at));
    }

    /// <summary>Rows of the one day that is shown.</summary>
    private static TruthSource<LoadRow> Load(
        string feed, int seconds, Func<MisoMoment, OperatingDay, IEnumerable<long>> starts, Func<long, MisoMoment, long> mw) => new(
        new FeedId(feed),
        (day, knownAt) =>
        {
            var shown = MisoMoment.OfReadings(knownAt);
            return shown.Day != day ? [] : starts(shown, day).Select(at =>
                new LoadRow(System, DeliveryInterval.FromUnixSeconds(at, seconds), mw(at, shown)));
        },
        static _ => []);

    private static TruthSource<GenerationRow> Metered(string feed, string fuel, MisoBooks books) => new(
        new FeedId(feed),
        (day, knownAt) =>
        {
            var (shown, symbol) = (MisoMoment.OfReadings(knownAt), new Symbol(fuel));
            return shown.Day != day ? [] : MisoMoment.Hours(day).Where(shown.HasEnded).Select(hour => new GenerationRow(
                System, symbol, DeliveryInterval.FromUnixSeconds(hour, 3600), books.Metered(fuel == "Wind", hour) / 100.0));
        },
        static _ => []);

    private static TruthSource<GenerationRow> Forecast(string feed, string fuel, MisoBooks books) => new(
        new FeedId(feed),
        (day, knownAt) =>
        {
            var (shown, symbol) = (MisoMoment.OfReadings(knownAt), new Symbol(fuel));
            return shown.Day != day && shown.Day.Next != day ? [] : MisoMoment.Hours(day).Select(hour => new GenerationRow(
                System, symbol, DeliveryInterval.FromUnixSeconds(hour, 3600), books.Forecast(fuel == "Wind", hour, shown.Hour)));
        },
        static _ => []);
}
