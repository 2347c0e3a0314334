using Aurum.Market.Feeds;
using Aurum.Market.Text;
using Aurum.Sources;

namespace Aurum.App.Commands;

/// <summary>Feeds as people name them on the command line.</summary>
internal static class Feeds
{
    /// <exception cref="CommandException">No feed has this id; the message names the nearest.</exception>
    public static Feed Named(string id) =>
        FeedCatalog.All.FirstOrDefault(feed => feed.Id.Text.Equals(id, StringComparison.OrdinalIgnoreCase))
        ?? throw new CommandException(
            ExitCodes.BadInput,
            $"there is no feed '{id}'"
            + (NearestName.To(id, FeedCatalog.All.Select(feed => feed.Id.Text)) is { } near ? $"; did you mean {near}?" : ";")
            + " 'aurum feeds' lists all");
}
