using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Nyiso;

/// <summary>NYISO generation by fuel, every 5 minutes.</summary>
/// <remarks>
/// <para>Source: MIS, rtfuelmix.</para>
/// <para>Shape: 7 fuels × 288 to 292 readings on a usual day: some come at odd times (00:07:34).</para>
/// <para>Units: MW; the column is called <c>Gen MWh</c> in 2016 and <c>Gen MW</c> since 2017, with the same meaning.</para>
/// <para>Form: the last line has no line end; a number without its decimal there is a cut one.</para>
/// <para>Time: readings at an instant, 00:05 to 00:00 of the next day, with EDT or EST beside them.</para>
/// <para>Revisions: none seen.</para>
/// </remarks>
public static class FuelMix
{
    public static readonly Feed<GenerationRow> Feed = new()
    {
        Id = new FeedId("nyiso/fuel-mix"),
        Title = "NYISO generation by fuel, 5 minutes",
        Facts = new FeedFacts(
            "NYISO MIS, rtfuelmix",
            "7 fuels × 288 to 292 readings on a usual day, some at odd times",
            "MW, one decimal",
            "readings at an instant, 00:05 to 00:00 of the next day, New York clock with EDT or EST beside it",
            "none seen"),
        Zone = MarketZones.Eastern,
        Schedule = NyisoSchedules.Running,
        Contract = IsoContract.Of("NYISO", IsoMarket.RealTime, IsoProduct.Generation, MarketZones.Eastern, 0),
        Suite = "iso_genmix",
        Readings = new ReadingPace(EveryMinutes: 5, FirstMinutes: 5),
        Table = PowerTables.Generation,
        Locate = static (day, now) => NyisoFiles.Locate("rtfuelmix", "rtfuelmix", day, now),
        Recognizes = static head => head.HeaderHas("Time Stamp", "Time Zone", "Fuel Category", "Gen MW"),
        Parse = static (file, output) => NyisoFiles.Parse<GenerationRow>(
            file, output, static (csv, _, rows) => ReadDay(csv, rows), endsLines: false),
    };

    private static IReadOnlyList<string> ReadDay(CsvReader csv, RowBuffer<GenerationRow> rows)
    {
        var times = new ZonedTimes(csv);
        var fuel = csv.Header.Required("Fuel Category");
        var generation = csv.Header.Required("Gen MW", "Gen MWh");
        var fuels = NameTables.Symbols(csv.File);
        while (csv.Read())
        {
            if (csv.EndsInLine && csv[generation] is not [.., (byte)'.', _])
            {
                throw csv.Unexpected(generation, "a number with one decimal at the end of the file");
            }

            var at = DeliveryInterval.At(times.Read());
            rows.Add(new GenerationRow(NyisoPlaces.ControlArea, fuels.Of(csv[fuel], csv.Line), at, csv.NumberOrNaN(generation)));
        }

        return [];
    }
}
