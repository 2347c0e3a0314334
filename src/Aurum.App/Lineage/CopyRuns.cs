using Aurum.App.Api.Slices;
using Aurum.App.Caching;
using Aurum.App.Sinks;
using Aurum.Cluster.ClickHouse;
using Aurum.Cluster.Lineage;
using Aurum.Cluster.Redis;

namespace Aurum.App.Lineage;

/// <summary>What a process copies to ClickHouse and Redis, as lineage tells it: a run for each kind of thing, from the start of the process
/// to its end.</summary>
internal sealed class CopyRuns : IAsyncDisposable
{
    private readonly List<StreamLineage> _runs = [];
    private readonly JobLineage _lineage;
    private readonly string _holder;

    private CopyRuns(JobLineage lineage, string holder) => (_lineage, _holder) = (lineage, holder);

    /// <summary>Begins to tell of what is configured; null where nobody is told.</summary>
    /// <param name="lineage">Tells; null: nobody is told.</param>
    /// <param name="platform">Settings and name of the process.</param>
    /// <param name="sinks">Sinks of the process.</param>
    /// <param name="clickHouse">What it does with ClickHouse beside them; null: nothing.</param>
    /// <param name="redis">What it does with Redis beside them; null: nothing.</param>
    public static CopyRuns? Begin(
        JobLineage? lineage, Platform platform, SinkFleet sinks, ClickHouseService? clickHouse = null, RedisDesk? redis = null)
    {
        if (lineage is null)
        {
            return null;
        }

        var runs = new CopyRuns(lineage, platform.Holder);
        var copies = new CopyLineage(LineagePlaces.Of(platform.Options));
        if (platform.Options.ClickHouse is { } house)
        {
            runs.Of(RunnerOf(sinks, ClickHouseSink.SinkName), runner => copies.ClickHouseDeliveries(
                house,
                () => new Dictionary<string, object>
                {
                    ["deliveries"] = runner.Deliveries, ["rows"] = (runner.Sink as ClickHouseSink)?.Rows ?? 0,
                }));
            runs.Of(clickHouse?.Follower, follower => copies.ClickHouseTicks(
                house, () => new Dictionary<string, object> { ["rows"] = follower.Rows, ["frame"] = follower.Position ?? 0 }));
        }

        if (platform.Options.Redis is { } options)
        {
            runs.Of(RunnerOf(sinks, RedisSink.SinkName), runner => copies.RedisDeliveries(
                options, () => new Dictionary<string, object> { ["deliveries"] = runner.Deliveries }));
            runs.Of(platform.TicksIfOpen is null ? null : redis, desk => copies.RedisPrices(options, () => new Dictionary<string, object>
            {
                ["prices"] = desk.Written(RedisDesk.Prices), ["points"] = desk.Written(RedisDesk.Points),
            }));
            runs.Of(redis, desk => copies.RedisAnswers(
                options, SliceRule.AllTables, () => new Dictionary<string, object> { ["answers"] = desk.Written(RedisDesk.Answers) }));
        }

        return runs;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs)
        {
            await run.DisposeAsync();
        }
    }

    private void Of<T>(T? copier, Func<T, StreamWork> work)
        where T : class
    {
        if (copier is not null)
        {
            _runs.Add(_lineage.Begin(_holder, work(copier)));
        }
    }

    private static SinkRunner? RunnerOf(SinkFleet sinks, string name) => sinks.Runners.FirstOrDefault(r => r.Name == name);
}
