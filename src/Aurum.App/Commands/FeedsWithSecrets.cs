using Aurum.App.Ingest;
using Aurum.Market.Feeds;

namespace Aurum.App.Commands;

/// <summary>The feeds whose credentials are there. Those that lack one are named once, with what to do.</summary>
internal static class FeedsWithSecrets
{
    public static IReadOnlyList<Feed> Of(Platform platform, CommandConsole console)
    {
        var ready = new List<Feed>();
        foreach (var feed in platform.Feeds)
        {
            var day = feed.Day(Planner.LastDay(feed, console.Now).Date);
            var missing = feed.Locate(day, console.Now).SelectMany(r => r.Secrets).FirstOrDefault(s => !platform.Secrets.TryGet(s.SecretName, out _));
            if (missing is null)
            {
                ready.Add(feed);
            }
            else
            {
                console.Error.WriteLine($"aurum: {feed.Id} is not collected: set {Secrets.VariableOf(missing.SecretName)}");
            }
        }

        return ready;
    }
}
