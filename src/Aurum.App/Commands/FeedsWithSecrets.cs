using Aurum.App.Ingest;
using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.App.Commands;

/// <summary>The feeds whose credentials are there. Those that lack one are named once, with what to do.</summary>
internal static class FeedsWithSecrets
{
    public static IReadOnlyList<Feed> Of(Platform platform, CommandConsole console)
    {
        var missing = platform.Feeds.ToLookup(feed => MissingSecret(feed, platform.Secrets, console.Now));
        foreach (var lacking in missing.Where(group => group.Key is not null))
        {
            var names = string.Join(", ", lacking.Select(feed => feed.Id.Text));
            console.Error.WriteLine($"aurum: not collected, because {Secrets.VariableOf(lacking.Key!)} is not set: {names}");
        }

        return [.. missing[null]];
    }

    /// <summary>Name of the first secret that a feed needs and that is not there; null where none is missing.</summary>
    public static string? MissingSecret(Feed feed, Secrets secrets, Instant now)
    {
        var day = feed.Day(Planner.LastDay(feed, now).Date);
        return feed.Locate(day, now).SelectMany(r => r.SecretNames)
            .FirstOrDefault(name => !secrets.TryGet(name, out _));
    }
}
