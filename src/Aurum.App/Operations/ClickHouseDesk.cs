using Aurum.App.Commands;
using Aurum.Cluster;
using Aurum.Cluster.ClickHouse;

namespace Aurum.App.Operations;

/// <summary>What a server does with ClickHouse, where the settings name one.</summary>
internal static class ClickHouseDesk
{
    /// <summary>Makes it ready, and asks nothing of ClickHouse; null where there is none.</summary>
    public static ClickHouseService? Open(Platform platform, CommandConsole console)
    {
        if (platform.Options.ClickHouse is not { } options)
        {
            return null;
        }

        var service = new ClickHouseService(
            options,
            platform.Store.Ticks,
            console.Time,
            Chance.New(),
            text => console.Error.WriteLine($"{console.Now:HH:mm:ss} {text}"));
        if (service.Follower is { } follower)
        {
            platform.Metrics.Watch(
                "aurum.clickhouse.lag.frames",
                "{frame}",
                "Frames of real-time prices that ClickHouse has not yet",
                () => follower.Lag is { } lag ? [new(lag)] : []);
        }

        if (service.Operations is { } operations)
        {
            platform.Metrics.Watch(
                "aurum.clickhouse.dropped",
                "{row}",
                "Logs, events and measurements that found no room on the way to ClickHouse",
                () => [new(operations.Dropped)]);
        }

        return service;
    }
}
