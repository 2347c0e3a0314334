using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Nyiso;

/// <summary>NYISO load by zone as metered, every 5 minutes.</summary>
/// <remarks>
/// <para>Source: MIS, pal.</para>
/// <para>Shape: 11 zones × 276, 288 or 300 readings and some more at odd times.</para>
/// <para>Units: MW, one decimal in 2017, four in 2025.</para>
/// <para>Time: readings at an instant, 00:00 to 23:55, with EDT or EST beside them.</para>
/// <para>Revisions: none seen; a reading stays.</para>
/// </remarks>
public static class ActualLoad
{
    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("nyiso/load"),
        Title = "NYISO actual load by zone, 5 minutes",
        Facts = new FeedFacts(
            "NYISO MIS, pal",
            "11 zones × 276, 288 or 300 readings, and some at odd times",
            "MW, up to four decimals",
            "readings at an instant, New York clock with EDT or EST beside it",
            "none seen"),
        Zone = MarketZones.Eastern,
        Schedule = NyisoSchedules.Running,
        Contract = IsoContract.Of("NYISO", IsoMarket.RealTime, IsoProduct.Load, MarketZones.Eastern, 0),
        Suite = "iso_load",
        Readings = new ReadingPace(EveryMinutes: 5, FirstMinutes: 0),
        Table = PowerTables.Load,
        Locate = static (day, now) => NyisoFiles.Locate("pal", "pal", day, now),
        Recognizes = static head =>
            head.HeaderHas("Time Stamp", "Time Zone", "Name", "PTID", "Load") && !head.HeaderHas("Integrated Load"),
        Parse = static (file, output) => NyisoFiles.Parse<LoadRow>(
            file,
            output,
            static (csv, _, rows) => ReadDay(csv, rows, csv.Header.Required("Load"), static i => DeliveryInterval.At(i))),
    };

    /// <summary>Reads a load file: time, zone word, name, PTID and the load in the given column.</summary>
    internal static IReadOnlyList<string> ReadDay(
        CsvReader csv, RowBuffer<LoadRow> rows, int load, Func<Instant, DeliveryInterval> deliveryAt)
    {
        var times = new ZonedTimes(csv);
        var name = csv.Header.Required("Name");
        var ptid = csv.Header.Required("PTID");
        var areas = new NameTable<Location>(
            csv.File, text => new Location(text, NyisoPlaces.InLoadFile(text), publisherId: csv.Text(ptid)));
        while (csv.Read())
        {
            rows.Add(new LoadRow(areas.Of(csv[name], csv.Line), deliveryAt(times.Read()), csv.NumberOrNaN(load)));
        }

        return [];
    }
}
