using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Isone;

/// <summary>True rows of the ISO New England feeds.</summary>
internal static class IsoneTruth
{
    public static IEnumerable<TruthSource> Of(World world)
    {
        var books = new IsoneBooks(world);
        return
        [
            PriceTruth.Source("isone/day-ahead-lmp", books.DayAhead, hasParts: true, hasGhg: false),
            PriceTruth.Source("isone/real-time-lmp-hourly", books.Hourly, hasParts: true, hasGhg: false),
            PriceTruth.Source("isone/real-time-lmp", books.RealTime, hasParts: true, hasGhg: false),
            Source("isone/fuel-mix", (day, now) => FuelMix(books, day, now)),
            Source("isone/load", (day, now) => Load(books, IsoneBooks.FiveMinutes, day, now), day => Mended(books, day)),
            Source("isone/load-hourly", (day, now) => Load(books, IsoneBooks.HourSeconds, day, now), day => Mended(books, day)),
            Source("isone/day-ahead-demand", (day, now) =>
                from start in books.DayAhead.Starts(day, now)
                from zone in IsoneGrid.Zones
                select new LoadRow(zone.Location, Hour(start), books.ClearedDemand(zone, start) / 10.0)),
            Source(
                "isone/real-time-demand",
                (day, now) => IsoneBooks.HasDemand(day, now) ? Demand(books, day, now) : [],
                day => IsoneGrid.Zones.SelectMany(z => books.DemandMoments(z, day).Select(at => new TruthRevision(at, z.Name)))),
            Source("isone/load-forecast", (day, now) =>
                from start in IsoneBooks.Hours(day)
                from created in IsoneIssues.LoadForecasts(day, now, isRegion: false)
                select new LoadRow(IsoneGrid.Area, Hour(start), books.LoadForecast(start, created) * 10, created)),
            Source("isone/load-forecast-region", (day, now) =>
                from start in IsoneBooks.Hours(day)
                from region in IsoneGrid.Zones
                from created in IsoneIssues.LoadForecasts(day, now, isRegion: true)
                where created <= start
                select new LoadRow(region.Location, Hour(start), books.LoadForecast(region, start, created) / 1000.0, created)),
            Source("isone/solar-forecast", (day, now) => Renewable(books, isWind: false, day, now)),
            Source("isone/wind-forecast", (day, now) => Renewable(books, isWind: true, day, now)),
            Source("isone/seven-day-forecast", (day, now) =>
                from ahead in IsoneDailyReports.IsMade(IsoneIssues.Capacity(day), now) ? IsoneDailyReports.CapacityDays(day) : []
                from quantity in IsoneDailyReports.CapacityOf(books, day, ahead.Day)
                select Daily($"seven-day-forecast/day-{ahead.Ahead}", quantity, ahead.Day)),
            Source("isone/morning-report", (day, now) =>
                from quantity in IsoneDailyReports.IsMade(IsoneIssues.Morning(day), now) ? IsoneDailyReports.MorningOf(books, day) : []
                select Daily("morning-report/final", quantity, day)),
            Source("isone/external-flows", (day, now) => Flows(books, day, now)),
        ];
    }

    private static TruthSource<TRow> Source<TRow>(
        string feed,
        Func<OperatingDay, Instant, IEnumerable<TRow>> rows,
        Func<OperatingDay, IEnumerable<TruthRevision>>? revisions = null)
        where TRow : struct => new(new FeedId(feed), rows, revisions ?? (static _ => []));

    private static IEnumerable<TruthRevision> Mended(IsoneBooks books, OperatingDay day) =>
        books.LoadMoments(day).Select(at => new TruthRevision(at, IsoneGrid.Area.Id));

    private static IEnumerable<GenerationRow> FuelMix(IsoneBooks books, OperatingDay day, Instant now)
    {
        var fuels = IsoneFuel.All.ToDictionary(f => f.Name, f => new Symbol(f.Name));
        return
            from at in books.FuelReadings(day, now)
            from part in books.Generation(at)
            select new GenerationRow(IsoneGrid.Area, fuels[part.Fuel.Name], DeliveryInterval.FromUnixSeconds(at, 0), part.Mw);
    }

    private static IEnumerable<LoadRow> Load(IsoneBooks books, int seconds, OperatingDay day, Instant now) =>
        from start in IsoneBooks.Starts(day, seconds, now)
        let interval = DeliveryInterval.FromUnixSeconds(start, seconds)
        select new LoadRow(IsoneGrid.Area, interval, books.Load(start, seconds, day, now).Load / 1000.0);

    private static IEnumerable<LoadRow> Demand(IsoneBooks books, OperatingDay day, Instant now) =>
        from zone in IsoneGrid.Zones
        from start in IsoneBooks.Hours(day)
        select new LoadRow(zone.Location, Hour(start), books.Demand(zone, start, day, now) / 1000.0);

    private static IEnumerable<GenerationRow> Renewable(IsoneBooks books, bool isWind, OperatingDay day, Instant now)
    {
        var made = IsoneIssues.Report(day);
        var fuel = new Symbol(isWind ? "Wind" : "Solar");
        return !IsoneDailyReports.IsMade(made, now) ? [] : IsoneReports.ForecastHours(day).Select(start => new GenerationRow(
            IsoneGrid.Area, fuel, Hour(start), books.RenewableForecast(isWind, start, made), made));
    }

    private static IEnumerable<SeriesPoint> Flows(IsoneBooks books, OperatingDay day, Instant now)
    {
        string[] parts = ["actual", "scheduled", "import-limit", "export-limit"];
        var series = IsoneGrid.Borders.ToDictionary(
            b => b, b => Array.ConvertAll(parts, part => new SeriesKey($"external-flows/{b.Name}/{part}", "MW")));
        foreach (var start in IsoneBooks.Starts(day, IsoneBooks.FiveMinutes, now))
        {
            var interval = DeliveryInterval.FromUnixSeconds(start, IsoneBooks.FiveMinutes);
            foreach (var border in IsoneGrid.Borders)
            {
                var (actual, scheduled) = books.Flow(border, start);
                var keys = series[border];
                yield return new SeriesPoint(keys[0], interval, actual / 1000.0);
                yield return new SeriesPoint(keys[1], interval, scheduled);
                yield return new SeriesPoint(keys[2], interval, -border.ImportMw);
                yield return new SeriesPoint(keys[3], interval, border.ExportMw);
            }
        }
    }

    private static SeriesPoint Daily(string prefix, (string Name, long Mw) quantity, OperatingDay day) => new(
        new SeriesKey($"{prefix}/{quantity.Name}", "MW"), DeliveryInterval.Between(day.Start, day.End), quantity.Mw);

    private static DeliveryInterval Hour(long start) => DeliveryInterval.FromUnixSeconds(start, IsoneBooks.HourSeconds);
}
