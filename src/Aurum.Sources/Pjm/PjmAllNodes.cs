using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Pjm;

/// <summary>PJM's verified 5-minute prices asked for every pricing node: more than 12,000 in place of zones and hubs, some 80 pages a
/// day.</summary>
public static class PjmAllNodes
{
    private const string NodeParameter = "&pnode_id=";

    /// <summary>The feeds that name nodes by themselves, with requests for all.</summary>
    internal static IReadOnlyList<Feed<LmpRow>> Feeds { get; } = [Of(RealTimeLmp.Feed)];

    /// <summary>The feed with requests that name no node. Prices that are not verified are there for zones and hubs alone.</summary>
    public static Feed<LmpRow> Of(Feed<LmpRow> feed) => feed.With(locate: (day, now) =>
        [.. feed.Locate(day, now).Select(request => request with { PathAndQuery = Without(request.PathAndQuery) })]);

    private static string Without(string path)
    {
        var from = path.IndexOf(NodeParameter, StringComparison.Ordinal);
        if (from < 0)
        {
            return path;
        }

        var to = path.IndexOf('&', from + 1);
        return to < 0 ? path[..from] : path[..from] + path[to..];
    }
}
