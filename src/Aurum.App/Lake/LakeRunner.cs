using System.Diagnostics.Metrics;
using Aurum.App.Running;
using Aurum.Store.Engines;
using Aurum.Store.Lake;
using Aurum.Store.Lake.Projection;
using NodaTime;

namespace Aurum.App.Lake;

/// <summary>Brings the lake up to date in intervals while a server runs, and says how far it is behind.</summary>
/// <param name="follower">Writes.</param>
/// <param name="interval">Between two looks.</param>
/// <param name="time">Clock of the waiting.</param>
/// <param name="tell">Is told of commits and of what went wrong.</param>
/// <param name="committed">Is told of each commit; null: nobody is.</param>
internal sealed class LakeRunner(
    LakeFollower follower, TimeSpan interval, TimeProvider time, Action<string> tell, Action<LakeCommit>? committed = null)
{
    /// <summary>Registers how far the lake is behind.</summary>
    public void Watch(AurumMetrics metrics, IClock clock)
    {
        metrics.Watch("aurum.lake.lag.deliveries", "{delivery}", "Deliveries of the store that are not in the lake yet, by table",
            () => Lags().Select(l => Measured(l.Lag.Deliveries, l.Table)));
        metrics.Watch("aurum.lake.lag", "s", "Time since the first delivery that is not in the lake yet was known, by table",
            () => Lags().Select(l => Measured(
                l.Lag.Since is { } since ? Math.Max(0, (clock.GetCurrentInstant() - since).TotalSeconds) : 0, l.Table)));
    }

    /// <summary>Runs until it is cancelled. A failure is told and tried again at the next look: the lake is behind then, and the
    /// store is not touched.</summary>
    public async Task Run(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
            {
                await Task.Run(() => SyncOnce(cancel), cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Stopped as asked: what is not in the lake yet comes after the next start.
        }
    }

    private void SyncOnce(CancellationToken cancel)
    {
        try
        {
            var done = follower.Sync(committed, cancel);
            if (done.Commits > 0)
            {
                tell($"lake: {done.Rows:N0} rows in {done.Commits:N0} commits");
            }
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            // Whatever it is: a loop that ended would leave the lake behind for good, and nobody would hear of it.
            tell($"lake: {error.Message}; the next try is in {interval.TotalSeconds:N0} seconds");
        }
    }

    /// <summary>How far each table is behind; nothing where that can't be told.</summary>
    public IReadOnlyList<(LakeName Table, LakeLag Lag)> Lags()
    {
        try
        {
            return follower.Lags();
        }
        catch (Exception error) when (error is LakeException or EngineException or IOException or ObjectDisposedException)
        {
            // A scrape never fails; a damaged lake is told of by the sync.
            return [];
        }
    }

    private static Measurement<double> Measured(double value, LakeName table) =>
        new(value, new KeyValuePair<string, object?>("table", table.ToString()));
}
