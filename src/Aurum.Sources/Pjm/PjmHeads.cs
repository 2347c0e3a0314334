using Aurum.Market.Feeds;

namespace Aurum.Sources.Pjm;

/// <summary>What the beginnings of Data Miner files have in common.</summary>
internal static class PjmHeads
{
    private const string Route = "/api/v1/";

    /// <summary>Whether a file is of a feed: by the link to itself that an answer begins with, else by its columns.</summary>
    /// <param name="head">Beginning of the file.</param>
    /// <param name="feed">Name of the feed in Data Miner.</param>
    /// <param name="columns">Columns that no other feed has together.</param>
    public static bool Is(FileHead head, string feed, params ReadOnlySpan<string> columns)
    {
        if (head.FirstLine is not ['{' or '[', ..])
        {
            return head.HeaderHas(columns);
        }

        var link = head.Text.IndexOf(Route, StringComparison.Ordinal);
        if (link >= 0)
        {
            var route = head.Text.AsSpan(link + Route.Length);
            return route.StartsWith(feed) && route.Length > feed.Length && route[feed.Length] is '?' or '/' or '"';
        }

        foreach (var column in columns)
        {
            if (!head.Has($"\"{column}\""))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the feed's name stands in the file's name: <c>rt_hrl_lmps_2025-06.csv</c>.</summary>
    public static bool IsNamed(FileHead head, string feed) =>
        head.Name.Contains(feed, StringComparison.OrdinalIgnoreCase) || head.InnerName.Contains(feed, StringComparison.OrdinalIgnoreCase);
}
