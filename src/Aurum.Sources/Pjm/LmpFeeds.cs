using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Pjm;

/// <summary>What the price feeds have in common: columns whose names end in the market's two letters.</summary>
internal static class LmpFeeds
{
    /// <summary>Days after which hourly prices are archived; public clients rely on these numbers, PJM prints none.</summary>
    public const int HourlyKeptDays = 731;

    /// <summary>Days after which 5-minute prices are archived.</summary>
    public const int FiveMinuteKeptDays = 186;

    /// <summary>The request for a day of prices. Archived prices can be asked for by time alone: all columns, all nodes, all
    /// versions.</summary>
    public static IReadOnlyList<FeedRequest> Locate(
        string feed, string market, OperatingDay day, Instant now, int keptDays, string filter = "") =>
        PjmRequests.IsArchived(day, now, keptDays)
            ? PjmRequests.Day(feed, day)
            : PjmRequests.Day(
                feed,
                day,
                fields: "datetime_beginning_utc,pnode_id,pnode_name,voltage,equipment,type,"
                    + $"system_energy_price_{market},total_lmp_{market},congestion_price_{market},marginal_loss_price_{market},"
                    + "row_is_current,version_nbr",
                filter: $"&row_is_current=TRUE{filter}");

    /// <summary>Reads prices to the end of a table.</summary>
    /// <param name="table">Prices.</param>
    /// <param name="rows">Takes the rows.</param>
    /// <param name="market"><c>da</c> or <c>rt</c>.</param>
    /// <param name="minutes">Length of an interval.</param>
    public static void Read(PjmTable table, RowBuffer<LmpRow> rows, string market, int minutes)
    {
        var times = table.Times("datetime_beginning_utc");
        var nodes = new PricingNodes(table);
        var total = table.Header.Required($"total_lmp_{market}");
        var congestion = table.Header.Required($"congestion_price_{market}");
        var loss = table.Header.Required($"marginal_loss_price_{market}");

        // Prices that are not verified have no versions and no energy part.
        var energyName = $"system_energy_price_{market}";
        var isVerified = table.Header.Has("version_nbr") || table.Header.Has("row_is_current");
        var energy = isVerified ? table.Header.Required(energyName) : table.Header.Optional(energyName);
        while (table.Read())
        {
            rows.Add(new LmpRow(
                nodes.Read(),
                times.Starting(minutes),
                table.Number(total),
                table.NumberOrNaN(energy),
                table.NumberOrNaN(congestion),
                table.NumberOrNaN(loss),
                double.NaN));
        }
    }
}
