using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;

namespace Aurum.Sources.Pjm;

/// <summary>What the feeds of marginal values have in common: shadow prices of the constraints that bind.</summary>
internal static class MarginalValueFeeds
{
    public static Feed<SeriesPoint> Feed(string id, string title, FeedFacts facts, string name, Schedule schedule) => new()
    {
        Id = new FeedId(id),
        Title = title,
        Facts = facts,
        Zone = MarketZones.Eastern,
        Schedule = schedule,
        Suite = "timeseries_observation",
        MayBeEmpty = true,
        Table = SeriesTables.Observation,
        Locate = (day, _) => PjmRequests.Day(
            name, day, fields: "datetime_beginning_utc,datetime_ending_utc,monitored_facility,contingency_facility,shadow_price"),
        NextPage = PjmRequests.Next,
        Refusal = PjmEnvelope.RefusalIn,
        Recognizes = head => PjmHeads.Is(head, name, "monitored_facility", "contingency_facility", "shadow_price")
            && (head.Has("/api/v1/") || PjmHeads.IsNamed(head, name)),
        Parse = (file, output) => PjmTable.Parse<SeriesPoint>(
            file, output, (table, rows) => ReadTable(table, rows, id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..])),
    };

    private static void ReadTable(PjmTable table, RowBuffer<SeriesPoint> rows, string dataset)
    {
        var starts = table.Times("datetime_beginning_utc");
        var ends = table.Times("datetime_ending_utc");
        var series = new ConstraintSeries(table, dataset, "USD/MWh");
        var price = table.Header.Required("shadow_price");
        while (table.Read())
        {
            var start = starts.Read();
            var period = DeliveryInterval.FromUnixSeconds(start, (int)(ends.Read() - start));
            rows.Add(new SeriesPoint(series.Read(), period, table.Number(price)));
        }
    }
}
