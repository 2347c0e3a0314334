using Aurum.Market.Feeds;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Isone;

/// <summary>Requests to the web service, which wants user and password, and to the reports of the public web site.</summary>
internal static class IsoneRequests
{
    private static readonly BasicSecret SignIn = new("isone-user", "isone-password");

    private static readonly KeyValuePair<string, string>[] AcceptJson = [new("Accept", "application/json")];

    /// <summary>The request for an operating day: <c>/hourlylmp/da/final/day/20260308</c>.</summary>
    /// <param name="dataset">Path before the day, without slashes around it.</param>
    /// <param name="day">The day.</param>
    /// <param name="tail">Path behind the day, with a leading slash; empty where there is none.</param>
    public static FeedRequest Day(string dataset, OperatingDay day, string tail = "")
    {
        var path = $"{dataset}/day/{day.Date:uuuuMMdd}{tail}";
        return new FeedRequest(IsoneFeeds.Service.Name, $"/{path}", $"{path.Replace('/', '_')}.json")
        {
            SignIn = SignIn,
            Headers = AcceptJson,
        };
    }

    /// <summary>The request for a report of the web site: <c>/transform/csv/sphf?start=20250225</c>.</summary>
    public static FeedRequest Report(string name, OperatingDay day, string fileName) =>
        new(IsoneFeeds.Web.Name, $"/transform/csv/{name}?start={day.Date:uuuuMMdd}", $"{fileName}_{day.Date:uuuuMMdd}.csv")
        {
            Headers = [new("Accept", "text/csv")],
        };
}

/// <summary>Real-time prices are published twice: at once as preliminary ones, and some days later as final ones under another
/// path.</summary>
internal static class RealTimeState
{
    /// <summary>How long after the day's end the final prices are asked for, and the preliminary ones before. The publisher takes up
    /// to five days.</summary>
    public static readonly Duration FinalAfter = Duration.FromDays(5);

    /// <summary>How long after a day is complete it is looked at again: until the final prices have been seen.</summary>
    public static readonly Duration LooksFor = Duration.FromDays(7);

    /// <summary>The word in the path: <c>prelim</c> or <c>final</c>.</summary>
    public static string Of(OperatingDay day, Instant now) => now >= day.End + FinalAfter ? "final" : "prelim";
}
