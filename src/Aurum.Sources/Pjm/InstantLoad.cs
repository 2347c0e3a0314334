using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Pjm;

/// <summary>PJM load at instants, every 5 minutes by area.</summary>
/// <remarks>
/// <para>Source: Data Miner 2, inst_load.</para>
/// <para>Shape: about 30 areas, regions and the whole (PJM RTO) × 288 readings on a usual day, newest first.</para>
/// <para>Units: MW, six decimals.</para>
/// <para>Time: readings at an instant, in UTC, at times a second late (3:50:01).</para>
/// <para>Revisions: none; kept for 30 days.</para>
/// </remarks>
public static class InstantLoad
{
    private const string Name = "inst_load";

    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("pjm/load"),
        Title = "PJM load by area, 5 minutes",
        Facts = new FeedFacts(
            "PJM Data Miner 2, inst_load",
            "about 30 areas, regions and the whole × 276, 288 or 300 readings, newest first",
            "MW, six decimals",
            "readings at an instant, UTC, at times a second late",
            "none; kept for 30 days"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromMinutes(10),
            CompleteAt: Duration.FromHours(25) + Duration.FromMinutes(15),
            RefreshEvery: Duration.FromMinutes(10),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null,
            KeptDays: 30),
        Contract = IsoContract.Of("PJM", IsoMarket.RealTime, IsoProduct.Load, MarketZones.Eastern, 0),
        Suite = "iso_load",
        Readings = new ReadingPace(EveryMinutes: 5, FirstMinutes: 0),
        Table = PowerTables.Load,
        Locate = static (day, _) => PjmRequests.Day(Name, day, fields: "datetime_beginning_utc,area,instantaneous_load"),
        NextPage = PjmRequests.Next,
        Refusal = PjmEnvelope.RefusalIn,
        Recognizes = static head => PjmHeads.Is(head, Name, "area", "instantaneous_load"),
        Parse = static (file, output) => PjmTable.Parse<LoadRow>(file, output, ReadTable),
    };

    private static void ReadTable(PjmTable table, RowBuffer<LoadRow> rows)
    {
        var times = table.Times("datetime_beginning_utc");
        var area = table.Header.Required("area");
        var load = table.Header.Required("instantaneous_load");
        var areas = PjmPlaces.Areas(table.FileName);
        while (table.Read())
        {
            rows.Add(new LoadRow(areas.Of(table[area]), times.Starting(0), table.NumberOrNaN(load)));
        }
    }
}
