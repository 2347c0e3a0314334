using Aurum.App.Ingest;
using Aurum.App.Running;

namespace Aurum.App.Commands;

/// <summary>Live collection of the feeds that are set, or of all whose credentials are there, until it is stopped.</summary>
internal static class LiveCollection
{
    /// <param name="platform">What collects.</param>
    /// <param name="console">Hears of feeds without credentials.</param>
    /// <param name="onDay">Hears of each try.</param>
    /// <param name="cancel">Stops it, which is no error.</param>
    /// <param name="shared">How days are shared with other processes; null: as the platform's settings say.</param>
    public static async Task Run(
        Platform platform, CommandConsole console, Action<DayReport> onDay, CancellationToken cancel, SharedDays? shared = null)
    {
        var feeds = platform.Options.Feeds.Count > 0 ? platform.Feeds : FeedsWithSecrets.Of(platform, console);
        try
        {
            shared ??= SharedDays.Of(platform, text => Tell(console, text));
            await platform.Collector.RunLive(feeds, platform.Options.LookbackDays, onDay, cancel, shared);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped as asked: what was being fetched is asked for again.
        }
    }

    private static void Tell(CommandConsole console, string text) => console.Error.WriteLine($"{console.Now:HH:mm:ss} {text}");
}
