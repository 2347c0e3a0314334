using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Caiso;

/// <summary>True rows of the CAISO feeds. Prices are those of the places that the feeds ask for: hubs and load aggregation
/// points.</summary>
internal static class CaisoTruth
{
    private static readonly Location Whole = new("CAISO", LocationType.System);

    public static IEnumerable<TruthSource> Of(World world)
    {
        var books = new CaisoBooks(world);
        return
        [
            PriceTruth.Source("caiso/day-ahead-lmp", books.DayAhead, hasParts: true, hasGhg: true, IsAsked),
            PriceTruth.Source("caiso/real-time-lmp", books.RealTime, hasParts: true, hasGhg: true, IsAsked),
            PriceTruth.Source("caiso/fifteen-minute-lmp", books.FifteenMinute, hasParts: true, hasGhg: true, IsAsked),
            PriceTruth.Source("caiso/hour-ahead-lmp", books.HourAhead, hasParts: true, hasGhg: true, IsAsked),
            Load("caiso/load-actual", books.LoadActual), Load("caiso/load-forecast-real-time", books.LoadRealTime),
            Load("caiso/load-forecast-day-ahead", books.LoadDayAhead), Load("caiso/load-forecast-2-day", books.LoadTwoDay),
            Load("caiso/load-forecast-7-day", books.LoadSevenDay),
            Renewable("caiso/renewable-forecast-day-ahead", books.RenewableDayAhead),
            Renewable("caiso/renewable-actual", books.RenewableActual),
            Source("caiso/system-schedules", books.Schedules, s => new SeriesKey($"ENE_SLRS/{s.Item}/{s.Place.Id}", "MW"),
                (_, key, delivery, value) => new SeriesPoint(key, delivery, value)),
            Renewable("caiso/renewable-forecast-hour-ahead", books.RenewableHourAhead),
            Renewable("caiso/renewable-forecast-fifteen-minute", books.RenewableFifteenMinute),
            Renewable("caiso/renewable-forecast-five-minute", books.RenewableFiveMinute),
            Reserve("caiso/ancillary-prices", books.Reserves), Reserve("caiso/ancillary-prices-hour-ahead", books.ReservesHourAhead),
            Reserve("caiso/ancillary-prices-fifteen-minute", books.ReservesFifteenMinute),
            Series("caiso/ancillary-requirements", books.ReserveRequirements, "AS_REQ/DAM", s => $"/{s.Place.Id}/{s.Kind}/{s.Item}"),
            Series("caiso/ancillary-results", books.ReserveResults, "AS_RESULTS/DAM",
                s => $"/{s.Place.Id}/{s.Kind}/{s.Cells["RESULT_TYPE"]}"),
            Series("caiso/transmission-usage", books.TransmissionUsage, "TRNS_USAGE/DAM", s => $"/{s.Place.Id}/{s.Kind}/{s.Item}"),
            Bids("caiso/public-bids", books.Bids[0]), Bids("caiso/public-bids-real-time", books.Bids[1]),
            Outlook("caiso/fuel-mix", books.Outlook, CaisoOutlook.Files["fuelsource"], (column, delivery, value) => new GenerationRow(
                Whole, new Symbol(column == "Small hydro" ? "Small Hydro" : column), delivery, value)),
            Outlook("caiso/storage", books.Outlook, CaisoOutlook.Files["storage"], (column, delivery, value) => new GenerationRow(
                Whole, new Symbol(column), delivery, value)),
            Outlook("caiso/demand", books.Outlook, ["Current demand"], (_, delivery, value) => new LoadRow(Whole, delivery, value)),
            Outlook("caiso/emissions", books.Outlook, CaisoOutlook.Files["co2"], (column, delivery, value) => new SeriesPoint(
                new SeriesKey($"outlook/co2/{column}", "t/h"), delivery, value)),
            Series("caiso/fuel-prices", books.FuelPrices, "PRC_FUEL", s => $"/{s.Place.Id}", "USD/MMBtu"),
            Series("caiso/ghg-allowance-price", books.GhgAllowance, "PRC_GHG_ALLOWANCE", s => $"/{s.Item}", "USD/t"),
        ];
    }

    /// <summary>The places that the feeds ask for by name.</summary>
    private static bool IsAsked(Place place) => place.Id is "TH_NP15_GEN-APND" or "TH_SP15_GEN-APND" or "TH_ZP26_GEN-APND"
        or "DLAP_PGAE-APND" or "DLAP_SCE-APND" or "DLAP_SDGE-APND" or "DLAP_VEA-APND";

    private static TruthSource<LoadRow> Load(string feed, CaisoQuantities book) =>
        Source(feed, book, s => s.Place, (_, place, delivery, value) => new LoadRow(place, delivery, value));

    private static TruthSource<GenerationRow> Renewable(string feed, CaisoQuantities book) =>
        Source(feed, book, s => new Symbol(s.Kind), (s, kind, delivery, value) => new GenerationRow(s.Place, kind, delivery, value));

    private static TruthSource<TRow> Outlook<TRow>(
        string feed, CaisoOutlook outlook, string[] columns, Func<string, DeliveryInterval, double, TRow> make)
        where TRow : struct => new(
        new FeedId(feed),
        (day, at) => CaisoOutlook.Starts(day, at).SelectMany(start => columns.Select(column =>
            make(column, DeliveryInterval.FromUnixSeconds(start, 300), outlook.Value(column, start)))),
        _ => []);

    private static TruthSource<SeriesPoint> Bids(string feed, CaisoBids bids) => new(
        new FeedId(feed), (day, at) => CaisoBids.IsShown(day, at) ? bids.Points(day) : [], _ => []);

    private static TruthSource<AncillaryPriceRow> Reserve(string feed, CaisoQuantities book) =>
        Source(feed, book, s => new Symbol(s.Kind), (s, kind, delivery, value) => new AncillaryPriceRow(s.Place, kind, delivery, value));

    private static TruthSource<SeriesPoint> Series(
        string feed, CaisoQuantities book, string prefix, Func<CaisoQuantity, string> nameOf, string unit = "MW") => Source(
        feed, book,
        s => new SeriesKey(prefix + nameOf(s), s.Cells.GetValueOrDefault("RESULT_TYPE") == "AS_COST" ? "USD" : unit),
        (_, key, delivery, value) => new SeriesPoint(key, delivery, value));

    private static TruthSource<TRow> Source<TRow, TKey>(
        string feed, CaisoQuantities book, Func<CaisoQuantity, TKey> keyOf, Func<CaisoQuantity, TKey, DeliveryInterval, double, TRow> rowOf)
        where TRow : struct => new(
        new FeedId(feed),
        (day, knownAt) => Rows(book, keyOf, rowOf, day, knownAt),
        day => book.Series.SelectMany(s => book.Corrections.Moments(s.Key, day).Select(at => new TruthRevision(at, s.Place.Id))));

    private static IEnumerable<TRow> Rows<TRow, TKey>(
        CaisoQuantities book,
        Func<CaisoQuantity, TKey> keyOf,
        Func<CaisoQuantity, TKey, DeliveryInterval, double, TRow> rowOf,
        OperatingDay day,
        Instant knownAt)
    {
        var last = Math.Min(day.End.ToUnixTimeSeconds(), book.Release.VisibleUntil(day, knownAt));
        foreach (var series in book.Series)
        {
            var key = keyOf(series);
            for (var start = day.Start.ToUnixTimeSeconds(); start + book.Seconds <= last; start += book.Seconds)
            {
                yield return rowOf(
                    series, key, DeliveryInterval.FromUnixSeconds(start, book.Seconds),
                    book.Value(series, start, day, knownAt) / book.Scale);
            }
        }
    }
}
