using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Spp;

/// <summary>SPP hourly load by control zone.</summary>
/// <remarks>
/// <para>Source: portal, hourly-load, a file a day.</para>
/// <para>Shape: until 2026-03-24 one column a zone (MarketHour, CSWS, EDE, ...); since then one row a zone, hour and forecast area
/// type, where conforming (CF) and non-conforming (NC) load together are what the zone's column was. 16 to 20 zones × 23, 24 or 25
/// hours.</para>
/// <para>Units: MW, mean over the hour.</para>
/// <para>Time: end of the hour in GMT, whatever the column is called.</para>
/// <para>Revisions: within days, in place.</para>
/// </remarks>
public static class HourlyLoad
{
    private const int Seconds = LocalSeconds.PerHour;

    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("spp/load"),
        Title = "SPP hourly load by control zone",
        Facts = new FeedFacts(
            "SPP portal, hourly-load",
            "16 to 20 control zones × 23, 24 or 25 hours; conforming and non-conforming load added up",
            "MW, mean over the hour",
            "end of the hour in GMT",
            "in place within days"),
        Zone = MarketZones.Central,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(26),
            CompleteAt: Duration.FromHours(36),
            RefreshEvery: null,
            CorrectionsFor: Duration.FromDays(3),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("SPP", IsoMarket.RealTime, IsoProduct.Load, MarketZones.Central, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        Table = PowerTables.Load,
        Locate = static (day, _) =>
            [SppFiles.Download("hourly-load", $"/{day.Date:uuuu}/DAILY_HOURLY_LOAD-{day.Date:uuuuMMdd}.csv")],
        Recognizes = static head =>
            head.HeaderHas("MarketHour", "CSWS") || head.HeaderHas("Market Hour", "Control Zone Name", "Load MW"),
        Parse = static (file, output) => SppFiles.Parse<LoadRow>(file, output, static (csv, _, rows) => Read(csv, rows)),
    };

    private static IReadOnlyList<string> Read(CsvReader csv, RowBuffer<LoadRow> rows)
    {
        var ends = new StampColumn(
            csv, csv.Header.Required("Market Hour"), Stamps.TryParseLocal, "a time like 08/06/2025 06:00:00");
        return csv.Header.Has("Control Zone Name") ? ReadLong(csv, ends, rows) : ReadWide(csv, ends, rows);
    }

    private static IReadOnlyList<string> ReadWide(CsvReader csv, StampColumn ends, RowBuffer<LoadRow> rows)
    {
        var zones = new Location?[csv.Header.Names.Count];
        for (var column = 0; column < zones.Length; column++)
        {
            var name = csv.Header.Names[column];
            if (name.Length > 0 && !name.StartsWith("Market", StringComparison.OrdinalIgnoreCase))
            {
                csv.Header.Ignore(name);
                zones[column] = new Location(name, LocationType.Zone);
            }
        }

        while (csv.Read())
        {
            var hour = DeliveryInterval.FromUnixSeconds(ends.Read() - Seconds, Seconds);
            for (var column = 0; column < zones.Length; column++)
            {
                if (zones[column] is { } zone && !csv.IsEmpty(column))
                {
                    rows.Add(new LoadRow(zone, hour, csv.Number(column)));
                }
            }
        }

        return [];
    }

    private static IReadOnlyList<string> ReadLong(CsvReader csv, StampColumn ends, RowBuffer<LoadRow> rows)
    {
        csv.Header.Ignore("Balancing Area Name");
        var name = csv.Header.Required("Control Zone Name");
        var type = csv.Header.Required("Forecast Area Type");
        var load = csv.Header.Required("Load MW");
        var zones = NameTables.Locations(csv.File, static _ => LocationType.Zone);
        var sums = new OrderedDictionary<(Location Zone, long End), ZoneLoad>();
        while (csv.Read())
        {
            var key = (zones.Of(csv[name], csv.Line), ends.Read());
            var mw = csv.NumberOrNaN(load);
            var sum = sums.GetValueOrDefault(key);
            sums[key] = csv[type] switch
            {
                [(byte)'C', (byte)'F'] => sum with { ConformingMw = Once(csv, load, sum.ConformingMw, mw) },
                [(byte)'N', (byte)'C'] => sum with { NonConformingMw = Once(csv, load, sum.NonConformingMw, mw) },
                _ => throw csv.Unexpected(type, "CF or NC"),
            };
        }

        foreach (var ((zone, end), sum) in sums)
        {
            rows.Add(new LoadRow(zone, DeliveryInterval.FromUnixSeconds(end - Seconds, Seconds), sum.Mw));
        }

        return [];
    }

    /// <summary>A row that comes again must say the same, or it would be counted twice.</summary>
    private static double Once(CsvReader csv, int column, double? before, double mw) =>
        before is { } known && !known.Equals(mw)
            ? throw csv.Unexpected(column, $"{known} as before, for the same zone, hour and type")
            : mw;

    /// <summary>Load of a zone in an hour by type; null where there is no row.</summary>
    private readonly record struct ZoneLoad(double? ConformingMw, double? NonConformingMw)
    {
        /// <summary>Rounded to what SPP prints: binary addition leaves dust behind the third decimal.</summary>
        public double Mw => Math.Round((ConformingMw ?? 0) + (NonConformingMw ?? 0), 6);
    }
}
