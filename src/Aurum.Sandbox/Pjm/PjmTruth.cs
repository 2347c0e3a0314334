using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Pjm;

/// <summary>True rows of the PJM feeds.</summary>
internal static class PjmTruth
{
    /// <summary>Days after the operating day from which its 5-minute prices are read as verified.</summary>
    private static readonly Duration UntilVerified = Duration.FromDays(4);

    private static readonly Location System = new("PJM", LocationType.System);

    public static IEnumerable<TruthSource> Of(World world)
    {
        var books = new PjmBooks(world);
        return
        [
            PriceTruth.Source("pjm/day-ahead-lmp", books.DayAhead, hasParts: true, hasGhg: false),
            PriceTruth.Source("pjm/real-time-lmp-hourly", books.Hourly, hasParts: true, hasGhg: false),
            new TruthSource<LmpRow>(new FeedId("pjm/real-time-lmp"), (day, at) => FiveMinutes(books, day, at),
                day => books.FiveMinutes.Places.Select(p => new TruthRevision(day.End + UntilVerified, p.Id))),
            new TruthSource<LoadRow>(new FeedId("pjm/load-metered"), (day, at) => Metered(books, day, at),
                day => books.LoadAreas.SelectMany(a =>
                    books.MendedLoad.Moments(a.Dice.Seed, day).Select(at => new TruthRevision(at, a.Id)))),
            new TruthSource<LoadRow>(new FeedId("pjm/load"), (day, at) => Readings(books, day, at), _ => []),
            new TruthSource<LoadRow>(new FeedId("pjm/load-forecast"), (day, at) => LoadForecast(books, day, at), _ => []),
            new TruthSource<GenerationRow>(new FeedId("pjm/fuel-mix"), (day, at) => FuelMix(books, day, at), _ => []),
            new TruthSource<GenerationRow>(new FeedId("pjm/solar"), (day, at) => Generated(books, "Solar", day, at), _ => []),
            new TruthSource<GenerationRow>(new FeedId("pjm/wind"), (day, at) => Generated(books, "Wind", day, at), _ => []),
            new TruthSource<GenerationRow>(new FeedId("pjm/solar-forecast"), (day, at) => Forecast(
                books, day, at, [("solar_forecast_mwh", "Solar"), ("solar_forecast_btm_mwh", "Solar BTM")]), _ => []),
            new TruthSource<GenerationRow>(new FeedId("pjm/wind-forecast"), (day, at) => Forecast(
                books, day, at, [("wind_forecast_mwh", "Wind")]), _ => []),
            new TruthSource<SeriesPoint>(new FeedId("pjm/marginal-values-day-ahead"),
                (day, at) => MarginalValues(books.DayAhead, "marginal-values-day-ahead", day, at), _ => []),
            new TruthSource<SeriesPoint>(new FeedId("pjm/marginal-values-real-time"),
                (day, at) => MarginalValues(books.FiveMinutes, "marginal-values-real-time", day, at), _ => []),
            new TruthSource<SeriesPoint>(new FeedId("pjm/constraints-day-ahead"), (day, at) => Stretches(books, day, at), _ => []),
        ];
    }

    /// <summary>Prices as dispatched, without energy part and correction, until they are read as verified.</summary>
    private static IEnumerable<LmpRow> FiveMinutes(PjmBooks books, OperatingDay day, Instant knownAt) =>
        knownAt < day.End + UntilVerified
            ? PriceTruth.Rows(books.Dispatched, day, knownAt, hasParts: true, hasGhg: false, _ => true)
                .Select(r => r.Row with { EnergyUsdPerMwh = double.NaN })
            : PriceTruth.Rows(books.FiveMinutes, day, knownAt, hasParts: true, hasGhg: false, _ => true).Select(r => r.Row);

    private static IEnumerable<LoadRow> Metered(PjmBooks books, OperatingDay day, Instant knownAt)
    {
        if (!PjmBooks.IsShown(day, knownAt))
        {
            yield break;
        }

        var whole = new Location("RTO", LocationType.System);
        var areas = books.LoadAreas.Select(a => (Area: a, Location: new Location(a.Id, LocationType.Zone))).ToArray();
        foreach (var start in PjmHours.Of(day))
        {
            var hour = DeliveryInterval.FromUnixSeconds(start, 3600);
            foreach (var (area, location) in areas)
            {
                yield return new LoadRow(location, hour, books.MeteredLoad(area, start, day, knownAt) / 1000.0);
            }

            yield return new LoadRow(whole, hour, books.MeteredWhole(start, day, knownAt) / 1000.0);
        }
    }

    private static IEnumerable<LoadRow> Readings(PjmBooks books, OperatingDay day, Instant knownAt)
    {
        var areas = books.ReadAreas.Select(a => (Area: a, Location: new Location(a.Id, KindOf(a.Id)))).ToArray();
        foreach (var at in PjmHours.Readings(day, knownAt))
        {
            foreach (var (area, location) in areas)
            {
                yield return new LoadRow(location, DeliveryInterval.FromUnixSeconds(at, 0), books.InstantLoad(area, at) / 1_000_000.0);
            }
        }
    }

    /// <summary>The running forecast, on its day; it cannot be had on any other.</summary>
    private static IEnumerable<LoadRow> LoadForecast(PjmBooks books, OperatingDay day, Instant knownAt)
    {
        if (OperatingDay.Of(knownAt, day.Zone) != day)
        {
            yield break;
        }

        var evaluated = PjmHours.LatestLoadForecast(knownAt);
        foreach (var area in books.ForecastAreas)
        {
            var location = new Location(area.Id, KindOf(area.Id));
            foreach (var start in PjmHours.ForecastHours(evaluated))
            {
                yield return new LoadRow(
                    location, DeliveryInterval.FromUnixSeconds(start, 3600), books.ForecastLoad(area, start, evaluated), evaluated);
            }
        }
    }

    private static LocationType KindOf(string area) => area switch
    {
        "PJM RTO" or "RTO_COMBINED" or "RTO" => LocationType.System,
        "PJM MID ATLANTIC REGION" or "MID_ATLANTIC_REGION" or "MIDATL" or "RFC" or "SOUTH" or "WEST" => LocationType.Aggregate,
        _ => LocationType.Zone,
    };

    private static IEnumerable<GenerationRow> FuelMix(PjmBooks books, OperatingDay day, Instant knownAt)
    {
        var fuels = PjmBooks.Fuels.Select(f => new Symbol(f)).ToArray();
        foreach (var start in PjmHours.Of(day).Where(start => PjmQuantities.IsFuelShown(start, knownAt)))
        {
            foreach (var fuel in fuels)
            {
                yield return new GenerationRow(
                    System, fuel, DeliveryInterval.FromUnixSeconds(start, 3600), books.Generation(fuel.Text, start) / 10.0);
            }
        }
    }

    private static IEnumerable<GenerationRow> Generated(PjmBooks books, string fuel, OperatingDay day, Instant knownAt)
    {
        var symbol = new Symbol(fuel);
        return !PjmBooks.IsShown(day, knownAt)
            ? []
            : PjmHours.Of(day).SelectMany(start => PjmBooks.Regions.Select(r => new GenerationRow(
                new Location(r.Area, KindOf(r.Area)), symbol, DeliveryInterval.FromUnixSeconds(start, 3600),
                books.Renewable(fuel == "Wind", r.Share, start) / 1000.0)));
    }

    private static IEnumerable<GenerationRow> Forecast(
        PjmBooks books, OperatingDay day, Instant knownAt, (string Column, string Fuel)[] columns) =>
        from start in PjmHours.Of(day)
        from evaluated in PjmHours.Evaluations(start, knownAt)
        from column in columns
        select new GenerationRow(
            System, new Symbol(column.Fuel), DeliveryInterval.FromUnixSeconds(start, 3600),
            books.Forecast(column.Column, start, evaluated) / 1000.0, evaluated);

    private static IEnumerable<SeriesPoint> MarginalValues(PriceBook book, string dataset, OperatingDay day, Instant knownAt) =>
        from constraint in Enumerable.Range(0, PjmBooks.Constraints.Count)
        from start in book.Starts(day, knownAt)
        let price = PjmBooks.ShadowPrice(book, constraint, start)
        where price != 0
        select new SeriesPoint(
            KeyOf(dataset, constraint, "USD/MWh"), DeliveryInterval.FromUnixSeconds(start, book.Seconds), price / 100.0);

    private static IEnumerable<SeriesPoint> Stretches(PjmBooks books, OperatingDay day, Instant knownAt) =>
        books.DayAhead.Release.VisibleUntil(day, knownAt) != long.MaxValue
            ? []
            : from constraint in Enumerable.Range(0, PjmBooks.Constraints.Count)
              from stretch in PjmHours.Stretches(books, constraint, day)
              select new SeriesPoint(
                  KeyOf("constraints-day-ahead", constraint, "h"),
                  DeliveryInterval.FromUnixSeconds(stretch.Start, stretch.Hours * 3600), stretch.Hours);

    private static SeriesKey KeyOf(string dataset, int constraint, string unit)
    {
        var (facility, contingency) = PjmBooks.Constraints[constraint];
        return new SeriesKey($"{dataset}/{facility.Replace("/", "%2F", StringComparison.Ordinal)}/{contingency}", unit);
    }
}
