using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;

namespace Aurum.Sources.Pjm;

/// <summary>PJM day-ahead transmission constraints: the stretches of hours in which each of them binds.</summary>
/// <remarks>
/// <para>Source: Data Miner 2, da_transconstraints.</para>
/// <para>Shape: some 40 rows a day, one per constraint and stretch, in no promised order. A stretch ends with the day.</para>
/// <para>Units: the value is the stretch's length in hours, as PJM counts it.</para>
/// <para>Time: beginning and end of the stretch, in UTC.</para>
/// <para>Revisions: none seen.</para>
/// </remarks>
public static class DayAheadConstraints
{
    private const string Name = "da_transconstraints";

    public static readonly Feed<SeriesPoint> Feed = new()
    {
        Id = new FeedId("pjm/constraints-day-ahead"),
        Title = "PJM day-ahead transmission constraints",
        Facts = new FeedFacts(
            "PJM Data Miner 2, da_transconstraints",
            "one row per constraint and stretch of hours in which it binds, some 40 a day",
            "hours: the length of the stretch",
            "beginning and end of the stretch, UTC; it ends with the day",
            "none seen"),
        Zone = MarketZones.Eastern,
        Schedule = PjmSchedules.DayAhead,
        Suite = "timeseries_observation",
        MayBeEmpty = true,
        Table = SeriesTables.Observation,
        Locate = static (day, _) => PjmRequests.Day(
            Name, day, fields: "datetime_beginning_utc,datetime_ending_utc,duration,monitored_facility,contingency_facility"),
        NextPage = PjmRequests.Next,
        Refusal = PjmEnvelope.RefusalIn,
        Recognizes = static head => PjmHeads.Is(head, Name, "day_ahead_congestion_event", "monitored_facility"),
        Parse = static (file, output) => PjmTable.Parse<SeriesPoint>(file, output, ReadTable),
    };

    private static void ReadTable(PjmTable table, RowBuffer<SeriesPoint> rows)
    {
        var starts = table.Times("datetime_beginning_utc");
        var ends = table.Times("datetime_ending_utc");
        var series = new ConstraintSeries(table, "constraints-day-ahead", "h");
        var duration = table.Header.Required("duration");
        table.Header.Ignore("day_ahead_congestion_event");
        while (table.Read())
        {
            var start = starts.Read();
            var period = DeliveryInterval.FromUnixSeconds(start, (int)(ends.Read() - start));
            rows.Add(new SeriesPoint(series.Read(), period, table.Number(duration)));
        }
    }
}
