using Aurum.App.Ingest;

namespace Aurum.App.Commands;

/// <summary>Live collection of the feeds that are set, or of all whose credentials are there, until it is stopped.</summary>
internal static class LiveCollection
{
    /// <param name="platform">What collects.</param>
    /// <param name="console">Hears of feeds without credentials.</param>
    /// <param name="onDay">Hears of each try.</param>
    /// <param name="cancel">Stops it, which is no error.</param>
    public static async Task Run(Platform platform, CommandConsole console, Action<DayReport> onDay, CancellationToken cancel)
    {
        var feeds = platform.Options.Feeds.Count > 0 ? platform.Feeds : FeedsWithSecrets.Of(platform, console);
        try
        {
            await platform.Collector.RunLive(feeds, platform.Options.LookbackDays, onDay, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped as asked: what was being fetched is asked for again.
        }
    }
}
