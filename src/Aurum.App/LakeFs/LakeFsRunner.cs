using Aurum.Cluster;
using Aurum.Cluster.LakeFs;
using NodaTime;

namespace Aurum.App.LakeFs;

/// <summary>Brings lakeFS to the state of the store's branches in intervals while a server runs. A failure is told and tried again at the
/// next look; the store does not wait for it.</summary>
/// <param name="platform">Store, clock and settings.</param>
/// <param name="tell">Is told of what was done and of what went wrong.</param>
internal sealed class LakeFsRunner(Platform platform, Action<string> tell)
{
    /// <summary>Runs until it is cancelled; at once where lakeFS is not set.</summary>
    public async Task Run(CancellationToken cancel)
    {
        if (platform.Options.LakeFs is not { } options)
        {
            return;
        }

        using var client = new LakeFsClient(options, platform.Time, Chance.Token);
        var mirror = new LakeFsMirror(client, platform.Store.Branches, platform.Store.Archive);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.SyncSeconds), platform.Time);
        try
        {
            do
            {
                await SyncOnce(mirror, platform.Clock.GetCurrentInstant(), cancel);
            }
            while (await timer.WaitForNextTickAsync(cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped as asked: the next start goes on from there.
        }
    }

    private async Task SyncOnce(LakeFsMirror mirror, Instant now, CancellationToken cancel)
    {
        try
        {
            foreach (var done in await mirror.Sync(now, cancel))
            {
                tell($"lakeFS: {done}");
            }
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            // Whatever it is: a loop that ended would leave lakeFS behind for good, and nobody would hear of it.
            tell($"lakeFS: {error.Message}; the next try is in {platform.Options.LakeFs!.SyncSeconds} seconds");
        }
    }
}
