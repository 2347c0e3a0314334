using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Pjm;

/// <summary>PJM load forecast by area for seven days.</summary>
/// <remarks>
/// <para>Source: Data Miner 2, load_frcstd_7_day, the running forecast alone: the one before is gone.</para>
/// <para>Shape: about 25 areas × the hours of the running day and of six more.</para>
/// <para>Units: MW, whole numbers, mean over the hour.</para>
/// <para>Time: beginning of the hour, in UTC; the time of evaluation beside it is the time of issue.</para>
/// <para>Revisions: a new forecast every half hour; those that were fetched are kept.</para>
/// </remarks>
public static class LoadForecast
{
    private const string Name = "load_frcstd_7_day";
    private const string Fields =
        "evaluated_at_datetime_utc,forecast_datetime_beginning_utc,forecast_datetime_ending_utc,forecast_area,forecast_load_mw";

    public static readonly Feed<LoadRow> Feed = new()
    {
        Id = new FeedId("pjm/load-forecast"),
        Title = "PJM load forecast by area, seven days",
        Facts = new FeedFacts(
            "PJM Data Miner 2, load_frcstd_7_day",
            "about 25 areas × the hours of the running day and of six more",
            "MW, whole numbers, mean over the hour",
            "beginning of the hour, UTC; issued when evaluated",
            "a new forecast every half hour takes the place of the last one"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(1),
            CompleteAt: Duration.FromHours(20),
            RefreshEvery: Duration.FromHours(1),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null,
            KeptDays: 1),
        Contract = IsoContract.Of("PJM", IsoMarket.DayAhead, IsoProduct.LoadForecast, MarketZones.Eastern, 60),
        Suite = "iso_load",
        IntervalMinutes = 60,
        RowsLieInDay = false,
        WholeDays = 7,
        Table = PowerTables.Load,
        Locate = static (day, now) => OperatingDay.Of(now, day.Zone) == day ? PjmRequests.Whole(Name, day, Fields) : [],
        NextPage = PjmRequests.Next,
        Refusal = PjmEnvelope.RefusalIn,
        Recognizes = static head => PjmHeads.Is(head, Name, "forecast_area", "forecast_load_mw"),
        Parse = static (file, output) => PjmTable.Parse<LoadRow>(file, output, ReadTable),
    };

    private static void ReadTable(PjmTable table, RowBuffer<LoadRow> rows)
    {
        var issued = table.Times("evaluated_at_datetime_utc");
        var times = table.Times("forecast_datetime_beginning_utc");
        var area = table.Header.Required("forecast_area");
        var load = table.Header.Required("forecast_load_mw");
        table.Header.Ignore(
            "evaluated_at_datetime_ept", "forecast_datetime_beginning_ept", "forecast_datetime_ending_utc",
            "forecast_datetime_ending_ept");
        var areas = PjmPlaces.Areas(table.FileName);
        while (table.Read())
        {
            rows.Add(new LoadRow(areas.Of(table[area]), times.Starting(60), table.NumberOrNaN(load), issued.Read()));
        }
    }
}
