using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Nyiso;

/// <summary>NYISO load forecast by zone for six days.</summary>
/// <remarks>
/// <para>Source: MIS, isolf.</para>
/// <para>Shape: one column a zone and one for the whole (NYISO), 6 days of 23, 24 or 25 hours. Names are written out in capitals
/// as in the load and price files: <c>Hud Vl</c> is <c>HUD VL</c>.</para>
/// <para>Units: MW, whole numbers.</para>
/// <para>Time: beginning of the hour, New York clock without flag; file order tells the repeated hour. The time of issue is not
/// in the file: it is taken to be the start of the day in the file's name (else of the day asked for; unknown where there is
/// neither).</para>
/// <para>Revisions: a new file every day.</para>
/// </remarks>
public static class LoadForecast
{
    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("nyiso/load-forecast"),
        Title = "NYISO load forecast by zone, six days",
        Facts = new FeedFacts(
            "NYISO MIS, isolf",
            "11 zones and the whole, in columns × 6 days of 23, 24 or 25 hours",
            "MW, whole numbers",
            "beginning of the hour, New York clock without flag; issued on the file's date",
            "a new file every day"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(-1),
            CompleteAt: Duration.FromHours(10),
            RefreshEvery: Duration.FromHours(2),
            CorrectionsFor: Duration.FromDays(1),
            CorrectionChecks: Duration.FromHours(12)),
        Contract = IsoContract.Of("NYISO", IsoMarket.DayAhead, IsoProduct.LoadForecast, MarketZones.Eastern, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        RowsLieInDay = false,
        WholeDays = 6,
        Table = PowerTables.Load,
        Locate = static (day, now) => NyisoFiles.Locate("isolf", "isolf", day, now),
        Recognizes = static head => head.HeaderHas("Time Stamp", "Capitl", "Mhk Vl", "NYISO"),
        Parse = static (file, output) => NyisoFiles.Parse<LoadRow>(
            file, output, (csv, date, rows) => ReadDay(csv, rows, IssuedOn(date ?? file.Day?.Date))),
    };

    private static long IssuedOn(LocalDate? date) =>
        date is { } day ? new OperatingDay(day, MarketZones.Eastern).Start.ToUnixTimeSeconds() : InstantColumn.Unknown;

    private static IReadOnlyList<string> ReadDay(CsvReader csv, RowBuffer<LoadRow> rows, long issued)
    {
        var times = NyisoFiles.Times(csv, csv.Header.Required("Time Stamp"));
        csv.Header.Required(NyisoPlaces.System);
        var areas = new Location?[csv.Header.Names.Count];
        for (var column = 0; column < areas.Length; column++)
        {
            var name = csv.Header.Names[column].ToUpperInvariant();
            if (name is not ("TIME STAMP" or ""))
            {
                csv.Header.Ignore(csv.Header.Names[column]);
                areas[column] = new Location(name, NyisoPlaces.InLoadFile(name));
            }
        }

        var clock = new FileOrderClock<Location>(MarketZones.Eastern);
        while (csv.Read())
        {
            var hour = clock.StartingAt(NyisoPlaces.ControlArea, times.Read(), 60);
            for (var column = 0; column < areas.Length; column++)
            {
                if (areas[column] is { } area)
                {
                    rows.Add(new LoadRow(area, hour, csv.NumberOrNaN(column), issued));
                }
            }
        }

        return [];
    }
}
