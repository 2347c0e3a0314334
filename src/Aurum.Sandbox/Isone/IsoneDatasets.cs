using Aurum.Market.Time;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Isone;

/// <summary>The datasets of the sandbox's web service, written out.</summary>
internal static class IsoneDatasets
{
    private static readonly IReadOnlyList<string> WholeDay = [""];

    public static IReadOnlyList<IsoneDataset> All(IsoneBooks books) =>
    [
        Prices("hourlylmp/da/final", books.DayAhead, static (_, now) => now),
        Prices("hourlylmp/rt/prelim", books.Hourly, static (_, _) => Instant.MinValue),
        Prices("hourlylmp/rt/final", books.Hourly, Final),
        Prices("fiveminutelmp/prelim", books.RealTime, static (_, _) => Instant.MinValue),
        Prices("fiveminutelmp/final", books.RealTime, Final),
        new("genfuelmix", "GenFuelMixes", "GenFuelMix", "GenMw", WholeDay, (to, asked, now) => Fuels(books, to, asked.Day, now)),
        new("fiveminutesystemload", "FiveMinSystemLoads", "FiveMinSystemLoad", "LoadMw", WholeDay,
            (to, asked, now) => SystemLoad(books, to, asked.Day, now)),
        new("hourlysysload", "HourlySystemLoads", "HourlySystemLoad", "Load", WholeDay,
            (to, asked, now) => HourlyLoad(books, to, asked.Day, now)),
        Demand("dayaheadhourlydemand", "HourlyDaDemand", 1, (zone, start, _, _) => books.ClearedDemand(zone, start),
            (day, now) => books.DayAhead.Release.VisibleUntil(day, now) == long.MaxValue),
        Demand("realtimehourlydemand", "HourlyRtDemand", 3, books.Demand, IsoneBooks.HasDemand),
        new("hourlyloadforecast/all", "HourlyLoadForecasts", "HourlyLoadForecast", "LoadMw", WholeDay,
            (to, asked, now) => LoadForecast(books, to, asked.Day, now)),
        new("reliabilityregionloadforecast", "ReliabilityRegionLoadForecasts", "ReliabilityRegionLoadForecast", "LoadMw", ["all"],
            (to, asked, now) => RegionForecast(books, to, asked.Day, now)),
        new("fiveminuteexternalflow", "ExternalFlows", "ExternalFlow", "ActualFlow", WholeDay,
            (to, asked, now) => Flows(books, to, asked.Day, now)),
        .. IsoneDailyReports.Datasets(books),
    ];

    /// <summary>The instant whose corrections the final prices have; null while they are not out.</summary>
    private static Instant? Final(OperatingDay day, Instant now) =>
        now >= IsoneBooks.FinalAt(day) ? IsoneBooks.FinalAskedAt(day) : null;

    private static IsoneDataset Prices(string path, PriceBook book, Func<OperatingDay, Instant, Instant?> stateAt)
    {
        var (list, record) = book.Minutes == 5 ? ("FiveMinLmps", "FiveMinLmp") : ("HourlyLmps", "HourlyLmp");
        return new IsoneDataset(
            path, list, record, "LmpTotal", book.Minutes == 5 ? ["starthour"] : ["", "hour", "location"], (to, asked, now) =>
            {
                if (stateAt(asked.Day, now) is not { } state)
                {
                    return;
                }

                var places = book.Corrected(asked.Day, state)
                    .Where(p => asked.LocationId is null || p.Place.PublisherId == asked.LocationId).ToList();
                foreach (var start in book.Starts(asked.Day, now).Where(asked.Holds))
                {
                    Interval(book, to, start, places);
                }
            });
    }

    private static void Interval(PriceBook book, IsoneRecords to, long start, List<(Place Place, double CorrectionUsd)> places)
    {
        var states = book.States(start);
        var stamp = IsoneText.Stamp(start);
        foreach (var (place, correction) in places)
        {
            var price = book.Price(states, place, correction);
            to.Begin(start, place);
            to.Text("BeginDate", stamp);
            to.Location(place.Location, place.TypeText);
            to.Number("LmpTotal", price.Lmp, 2);
            to.Number("EnergyComponent", price.Energy, 2);
            to.Number("CongestionComponent", price.Congestion, 2);
            to.Number("LossComponent", price.Loss, 2);
            to.End();
        }
    }

    private static void Fuels(IsoneBooks books, IsoneRecords to, OperatingDay day, Instant now)
    {
        foreach (var at in books.FuelReadings(day, now))
        {
            foreach (var (fuel, mw) in books.Generation(at))
            {
                to.Begin(at);
                to.Text("BeginDate", IsoneText.Stamp(at));
                to.Number("GenMw", mw, 0);
                to.Text("FuelCategoryRollup", fuel.Group);
                to.Text("FuelCategory", fuel.Name);
                to.Text("MarginalFlag", fuel.Name == "Natural Gas" ? "Y" : "N");
                to.End();
            }
        }
    }

    private static void SystemLoad(IsoneBooks books, IsoneRecords to, OperatingDay day, Instant now)
    {
        foreach (var start in IsoneBooks.Starts(day, IsoneBooks.FiveMinutes, now))
        {
            var (load, storage) = books.Load(start, IsoneBooks.FiveMinutes, day, now);
            to.Begin(start);
            to.Text("BeginDate", IsoneText.Stamp(start));
            to.Number("LoadMw", load, 3);
            to.Number("NativeLoad", load - storage, 3);
            to.Number("ArdDemand", storage, 3);
            to.End();
        }
    }

    private static void HourlyLoad(IsoneBooks books, IsoneRecords to, OperatingDay day, Instant now)
    {
        foreach (var start in IsoneBooks.Starts(day, IsoneBooks.HourSeconds, now))
        {
            var (load, storage) = books.Load(start, IsoneBooks.HourSeconds, day, now);
            to.Begin(start);
            to.Text("BeginDate", IsoneText.Stamp(start));
            to.Location(IsoneGrid.Area);
            to.Number("Load", load, 3);
            to.Number("NativeLoad", load - storage, 3);
            to.Number("ArdDemand", storage, 3);
            to.End();
        }
    }

    private static IsoneDataset Demand(
        string path, string record, int decimals, Func<IsoneZone, long, OperatingDay, Instant, long> load,
        Func<OperatingDay, Instant, bool> isThere) => new(path, record + "s", record, "Load", ["location"], (to, asked, now) =>
        {
            if (!isThere(asked.Day, now) || IsoneGrid.Zones.FirstOrDefault(z => z.Id == asked.LocationId) is not { } zone)
            {
                return;
            }

            foreach (var start in IsoneBooks.Hours(asked.Day))
            {
                to.Begin(start);
                to.Text("BeginDate", IsoneText.Stamp(start));
                to.Location(zone.Location);
                to.Number("Load", load(zone, start, asked.Day, now), decimals);
                to.End();
            }
        });

    private static void LoadForecast(IsoneBooks books, IsoneRecords to, OperatingDay day, Instant now)
    {
        var made = IsoneIssues.LoadForecasts(day, now, isRegion: false).ToList();
        foreach (var start in IsoneBooks.Hours(day))
        {
            foreach (var created in made)
            {
                var load = books.LoadForecast(start, created) * 10;
                to.Begin(start);
                to.Text("BeginDate", IsoneText.Stamp(start));
                to.Text("CreationDate", IsoneText.Stamp(created));
                to.Number("LoadMw", load, 0);
                to.Number("NetLoadMw", load, 0);
                to.End();
            }
        }
    }

    /// <summary>Regions in the order of their names, the newest forecast first; one that is made on the day has its later hours
    /// only.</summary>
    private static void RegionForecast(IsoneBooks books, IsoneRecords to, OperatingDay day, Instant now)
    {
        var made = IsoneIssues.LoadForecasts(day, now, isRegion: true).Reverse().ToList();
        var regions = IsoneGrid.Zones.OrderBy(z => z.Name, StringComparer.Ordinal).ToList();
        foreach (var start in IsoneBooks.Hours(day))
        {
            foreach (var region in regions)
            {
                foreach (var created in made.Where(c => c <= start))
                {
                    var load = books.LoadForecast(region, start, created);
                    to.Begin(start);
                    to.Text("BeginDate", IsoneText.Stamp(start));
                    to.Text("CreationDate", IsoneText.Stamp(created));
                    to.Text("ReliabilityRegion", region.Name);
                    to.Number("LoadMw", load, 3);
                    to.Number("ReliabilityRegionLoadPercentage", (long)Math.Round(region.Share * 100_000), 3);
                    to.End();
                }
            }
        }
    }

    private static void Flows(IsoneBooks books, IsoneRecords to, OperatingDay day, Instant now)
    {
        foreach (var start in IsoneBooks.Starts(day, IsoneBooks.FiveMinutes, now))
        {
            foreach (var border in IsoneGrid.Borders)
            {
                var (actual, scheduled) = books.Flow(border, start);
                to.Begin(start);
                to.Text("BeginDate", IsoneText.Stamp(start));
                to.Location(new(border.Name, Market.Power.LocationType.Interface, publisherId: border.Id));
                to.Number("ActualFlow", actual, 3);
                to.Number("CurrentSchedule", scheduled, 0);
                to.Number("ImportLimit", -border.ImportMw, 0);
                to.Number("ExportLimit", border.ExportMw, 0);
                to.Number("Sale", 0, 0);
                to.Number("Purchase", scheduled, 0);
                to.Number("TotalExports", 1_890, 0);
                to.Number("TotalImports", -5_131, 0);
                to.End();
            }
        }
    }
}
