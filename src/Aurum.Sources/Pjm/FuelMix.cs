using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Pjm;

/// <summary>PJM generation by fuel and hour.</summary>
/// <remarks>
/// <para>Source: Data Miner 2, gen_by_fuel.</para>
/// <para>Shape: 10 or 11 fuels × 23, 24 or 25 hours.</para>
/// <para>Units: MW, one decimal, mean over the hour.</para>
/// <para>Time: beginning of the hour, in UTC; an hour appears after it has passed.</para>
/// <para>Revisions: in place, within days.</para>
/// </remarks>
public static class FuelMix
{
    private const string Name = "gen_by_fuel";

    public static readonly Feed<GenerationRow> Feed = new()
    {
        Id = new FeedId("pjm/fuel-mix"),
        Title = "PJM generation by fuel, hourly",
        Facts = new FeedFacts(
            "PJM Data Miner 2, gen_by_fuel",
            "10 or 11 fuels × 23, 24 or 25 hours",
            "MW, one decimal, mean over the hour",
            "beginning of the hour, UTC",
            "values change in place; looked for during three days"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(2),
            CompleteAt: Duration.FromHours(27),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.FromDays(3),
            CorrectionChecks: Duration.FromDays(1)),
        Contract = IsoContract.Of("PJM", IsoMarket.RealTime, IsoProduct.Generation, MarketZones.Eastern, 60),
        Suite = "iso_genmix",
        IntervalMinutes = 60,
        Table = PowerTables.Generation,
        Locate = static (day, _) => PjmRequests.Day(Name, day, fields: "datetime_beginning_utc,fuel_type,mw"),
        NextPage = PjmRequests.Next,
        Refusal = PjmEnvelope.RefusalIn,
        Recognizes = static head => PjmHeads.Is(head, Name, "datetime_beginning_utc", "fuel_type", "mw"),
        Parse = static (file, output) => PjmTable.Parse<GenerationRow>(file, output, ReadTable),
    };

    private static void ReadTable(PjmTable table, RowBuffer<GenerationRow> rows)
    {
        var times = table.Times("datetime_beginning_utc");
        var fuel = table.Header.Required("fuel_type");
        var generation = table.Header.Required("mw");
        table.Header.Ignore("fuel_percentage_of_total", "is_renewable");
        var fuels = NameTables.Symbols(table.FileName);
        while (table.Read())
        {
            rows.Add(new GenerationRow(PjmPlaces.System, fuels.Of(table[fuel]), times.Starting(60), table.NumberOrNaN(generation)));
        }
    }
}
