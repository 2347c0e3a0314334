using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Pjm;

/// <summary>PJM metered load by hour and load area.</summary>
/// <remarks>
/// <para>Source: Data Miner 2, hrl_load_metered.</para>
/// <para>Shape: about 30 load areas and the whole (RTO) × 23, 24 or 25 hours.</para>
/// <para>Units: MW, three decimals, mean over the hour.</para>
/// <para>Time: beginning of the hour, in UTC.</para>
/// <para>Revisions: values change in place until they are verified (is_verified), which takes months.</para>
/// </remarks>
public static class MeteredLoad
{
    private const string Name = "hrl_load_metered";

    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("pjm/load-metered"),
        Title = "PJM metered load by area, hourly",
        Facts = new FeedFacts(
            "PJM Data Miner 2, hrl_load_metered",
            "about 30 load areas and the whole × 23, 24 or 25 hours",
            "MW, three decimals, mean over the hour",
            "beginning of the hour, UTC; posted on the next days",
            "values change in place until they are verified; looked for during three months"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(30),
            CompleteAt: Duration.FromHours(48),
            RefreshEvery: Duration.FromHours(6),
            CorrectionsFor: Duration.FromDays(92),
            CorrectionChecks: Duration.FromDays(7)),
        Contract = IsoContract.Of("PJM", IsoMarket.RealTime, IsoProduct.Load, MarketZones.Eastern, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        Table = PowerTables.Load,
        Locate = static (day, _) => PjmRequests.Day(Name, day, fields: "datetime_beginning_utc,zone,load_area,mw,is_verified"),
        NextPage = PjmRequests.Next,
        Refusal = PjmEnvelope.RefusalIn,
        Recognizes = static head => PjmHeads.Is(head, Name, "load_area", "mw", "is_verified"),
        Parse = static (file, output) => PjmTable.Parse<LoadRow>(file, output, ReadTable),
    };

    private static void ReadTable(PjmTable table, RowBuffer<LoadRow> rows)
    {
        var times = table.Times("datetime_beginning_utc");
        var area = table.Header.Required("load_area");
        var load = table.Header.Required("mw");
        table.Header.Ignore("nerc_region", "mkt_region", "zone", "is_verified");
        var areas = PjmPlaces.Areas(table.FileName);
        while (table.Read())
        {
            rows.Add(new LoadRow(areas.Of(table[area]), times.Starting(60), table.NumberOrNaN(load)));
        }
    }
}
