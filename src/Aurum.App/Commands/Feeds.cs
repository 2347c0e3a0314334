using Aurum.Market.Feeds;
using Aurum.Sources;

namespace Aurum.App.Commands;

/// <summary>Feeds as people name them on the command line.</summary>
internal static class Feeds
{
    /// <exception cref="CommandException">No feed has this id; the message names the nearest.</exception>
    public static Feed Named(string id)
    {
        try
        {
            return FeedCatalog.Find(new FeedId(id));
        }
        catch (ArgumentException e)
        {
            throw new CommandException(ExitCodes.BadInput, e.Message);
        }
    }
}
