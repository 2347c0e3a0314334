using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>Requests of OASIS' two doors, SingleZip for a report and GroupZip for a group of them: a span of time in GMT; CSV in
/// a zip (resultformat 6).</summary>
internal static class OasisRequests
{
    /// <summary>One request for the operating day, 23, 24 or 25 hours.</summary>
    public static IReadOnlyList<FeedRequest> Day(OasisReport report, OperatingDay day) =>
        [Span(report, day.Start, day.End, $"{day.Date:uuuuMMdd}_{day.Next.Date:uuuuMMdd}")];

    /// <summary>One request for each hour of the operating day that has begun, and for the next: PRC_HASP_LMP takes one hour at
    /// most.</summary>
    public static IReadOnlyList<FeedRequest> Hours(OasisReport report, OperatingDay day, Instant now)
    {
        var requests = new List<FeedRequest>();
        var hour = Duration.FromHours(1);
        for (var start = day.Start; start < day.End && (requests.Count == 0 || start <= now + hour); start += hour)
        {
            requests.Add(Span(report, start, start + hour, $"{start:uuuuMMdd'T'HH}"));
        }

        return requests;
    }

    /// <summary>One request of the GroupZip door: all of a group's reports for the operating day.</summary>
    public static FeedRequest Group(string group, int version, OperatingDay day)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"/GroupZip?groupid={group}&version={version}&startdatetime={Gmt(day.Start)}&enddatetime={Gmt(day.End)}&resultformat=6");
        return new FeedRequest(
            CaisoFeeds.Oasis.Name, path, $"{day.Date:uuuuMMdd}_{day.Next.Date:uuuuMMdd}_{group}_N_N_v{version}_csv.zip");
    }

    private static FeedRequest Span(OasisReport report, Instant start, Instant end, string name)
    {
        var parameters = report.Parameters.Length == 0 ? "" : "&" + report.Parameters;
        var run = report.MarketRun.Length == 0 ? "" : $"&market_run_id={report.MarketRun}";
        var market = report.MarketRun.Length == 0 ? "" : "_" + report.MarketRun;
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"/SingleZip?queryname={report.Query}&version={report.Version}{run}&"
            + $"startdatetime={Gmt(start)}&enddatetime={Gmt(end)}&resultformat=6{parameters}");
        return new FeedRequest(CaisoFeeds.Oasis.Name, path, $"{name}_{report.Query}{market}_v{report.Version}.zip");
    }

    private static string Gmt(Instant instant) => $"{instant:uuuuMMdd'T'HH:mm}-0000";
}
