using Aurum.Market.Feeds;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Aeso;

/// <summary>Requests to AESO's API and to its web reports.</summary>
internal static class AesoRequests
{
    /// <summary>How long after its end the newest reading may still be of a day.</summary>
    private static readonly Duration Lingers = Duration.FromMinutes(10);

    /// <summary>The report of a day: <c>/poolprice-api/v1.1/price/poolPrice?startDate=2026-06-30&amp;endDate=2026-06-30</c>, days of
    /// Alberta's clock, both inclusive.</summary>
    public static IReadOnlyList<FeedRequest> Day(string path, OperatingDay day) =>
        [Api($"/{path}?startDate={day}&endDate={day}", $"{path[(path.LastIndexOf('/') + 1)..]}_{day.Date:uuuuMMdd}.json")];

    /// <summary>What is so now; no request for a day that is over.</summary>
    public static IReadOnlyList<FeedRequest> Summary(OperatingDay day, Instant now) => now < day.End + Lingers
        ? [Api("/currentsupplydemand-api/v2/csd/summary/current", "csd_summary.json")]
        : [];

    /// <summary>A report of the web site, the same for every day.</summary>
    public static IReadOnlyList<FeedRequest> Web(string path) =>
        [new FeedRequest(AesoFeeds.Web.Name, path, path[(path.LastIndexOf('/') + 1)..])];

    private static FeedRequest Api(string pathAndQuery, string fileName) => new(AesoFeeds.Api.Name, pathAndQuery, fileName)
    {
        Secrets = [new HeaderSecret("API-KEY", "aeso-api-key")],
        Headers = [new("Accept", "application/json")],
    };
}
