using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Ercot;

/// <summary>True rows of ERCOT's feeds of reserves, buses, constraints and demand.</summary>
internal static class ErcotMarketTruth
{
    private static readonly Location Texas = new("ERCOT", LocationType.System);

    public static IEnumerable<TruthSource> Of(World world, ErcotBooks books)
    {
        var markets = new ErcotMarkets(world);
        var archive = new ErcotArchive(markets);
        return
        [
            Reserves("ercot/ancillary-prices", (day, at) => ErcotMarkets.Shown(ErcotMarkets.DayAheadRelease, day, at, 3600)
                .Select(s => (s, DeliveryInterval.FromUnixSeconds(s, 3600))), "day ahead", markets),
            Reserves("ercot/ancillary-prices-real-time", (day, at) => ErcotMarkets.Shown(ErcotMarketReports.Quarters, day, at, 900)
                .Select(s => (s, DeliveryInterval.FromUnixSeconds(s, 900))), "real time", markets),
            Reserves("ercot/ancillary-prices-sced", (day, at) => books.Runs(day, at)
                .Select(r => (r.Slot, DeliveryInterval.FromUnixSeconds(r.Run, 0))), "dispatch", markets),
            Series("ercot/ancillary-plan", (day, at) => Plan(markets, day, at)),
            Series("ercot/ancillary-two-day", (day, at) => ErcotArchive.IsPosted(day, at) ? archive.Points(day) : []),
            PriceTruth.Source("ercot/day-ahead-lmp-bus", markets.DayAheadBuses, hasParts: false, hasGhg: false),
            new TruthSource<LmpRow>(new FeedId("ercot/lmp-bus"), (day, at) => BusRuns(books, markets, day, at), _ => []),
            Series("ercot/day-ahead-shadow-prices", (day, at) => ErcotMarkets.Shown(ErcotMarkets.DayAheadRelease, day, at, 3600)
                .SelectMany(s => Binding(
                    markets, "day ahead", "dam_shadow_prices", s, DeliveryInterval.FromUnixSeconds(s, 3600),
                    "ConstraintLimit", "ConstraintValue", "ViolationAmount"))),
            Series("ercot/shadow-prices", (day, at) => books.Runs(day, at)
                .SelectMany(r => Binding(
                    markets, "dispatch", "shdw_prices_bnd_trns_const", r.Slot, DeliveryInterval.FromUnixSeconds(r.Run, 0),
                    "Limit", "Value", "ViolatedMW"))),
            new TruthSource<LoadRow>(
                new FeedId("ercot/system-demand"),
                (day, at) => ErcotMarkets.Shown(ErcotMarketReports.Quarters, day, at, 900)
                    .Select(s => new LoadRow(Texas, DeliveryInterval.FromUnixSeconds(s, 900), markets.Demand(s) / 100.0)),
                _ => []),
        ];
    }

    private static TruthSource<SeriesPoint> Series(string feed, Func<OperatingDay, Instant, IEnumerable<SeriesPoint>> rows) =>
        new(new FeedId(feed), rows, _ => []);

    private static TruthSource<AncillaryPriceRow> Reserves(
        string feed, Func<OperatingDay, Instant, IEnumerable<(long Start, DeliveryInterval Delivery)>> times, string market,
        ErcotMarkets markets) => new(
        new FeedId(feed),
        (day, at) => times(day, at).SelectMany(t => ErcotMarkets.Services.Select((s, i) => new AncillaryPriceRow(
            Texas, new Symbol(s.Name), t.Delivery, markets.ReservePrice(market, i, t.Start) / 100.0))),
        _ => []);

    private static IEnumerable<SeriesPoint> Plan(ErcotMarkets markets, OperatingDay day, Instant knownAt) =>
        ErcotMarkets.Shown(ErcotMarkets.PlanRelease, day, knownAt, 3600)
            .SelectMany(start => ErcotMarkets.Services.Select((s, i) => new SeriesPoint(
                new SeriesKey($"dam_as_plan/{s.Name}", "MW"), DeliveryInterval.FromUnixSeconds(start, 3600),
                markets.Planned(i, start) / 100.0)));

    private static IEnumerable<LmpRow> BusRuns(ErcotBooks books, ErcotMarkets markets, OperatingDay day, Instant knownAt)
    {
        var book = markets.DispatchBuses;
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

    private static IEnumerable<SeriesPoint> Binding(
        ErcotMarkets markets, string market, string report, long start, DeliveryInterval delivery, string limit, string flow,
        string violation)
    {
        for (var i = 0; i < ErcotMarkets.Constraints.Count; i++)
        {
            if (markets.Binding(market, i, start) is { } binding)
            {
                var (name, contingency, _) = ErcotMarkets.Constraints[i];
                var id = $"{report}/{name.Replace('/', '|')}/{contingency}/";
                yield return new SeriesPoint(new SeriesKey(id + "ShadowPrice", "USD/MWh"), delivery, binding.Price / 100.0);
                yield return new SeriesPoint(new SeriesKey(id + limit, "MW"), delivery, binding.Limit / 100.0);
                yield return new SeriesPoint(new SeriesKey(id + flow, "MW"), delivery, binding.Flow / 100.0);
                yield return new SeriesPoint(new SeriesKey(id + violation, "MW"), delivery, binding.Violation / 100.0);
            }
        }
    }
}
