using System.Text.Json;
using Aurum.Cluster.ClickHouse.Following;
using Aurum.Cluster.ClickHouse.Operations;
using Aurum.Store;
using Aurum.Store.Engines;
using Aurum.Store.Ticks;
using NodaTime;

namespace Aurum.Cluster.ClickHouse;

/// <summary>What a running server does with ClickHouse by itself: copies real-time prices, writes logs, events and measurements, drops old
/// partitions. Each goes on by itself after failures; nobody waits for them.</summary>
/// <remarks>Rows of deliveries are copied by <see cref="ClickHouseSink"/>, which the runner of sinks drives.</remarks>
public sealed class ClickHouseService : IAsyncDisposable
{
    private const string Source = "aurum";

    private readonly ClickHouseClient _client;
    private readonly ClickHouseSchema _schema;
    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private readonly ClickHouseRetention _retention;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <param name="options">Settings.</param>
    /// <param name="ticks">Real-time prices of the store; null: none are copied.</param>
    /// <param name="time">Clock of waits and stamps.</param>
    /// <param name="random">Spreads tries, and makes ids.</param>
    /// <param name="tell">Is told of what goes wrong, and when it is right again.</param>
    public ClickHouseService(ClickHouseOptions options, TickTables? ticks, TimeProvider time, Random random, Action<string> tell)
    {
        (_time, _tell) = (time, tell);
        _client = new ClickHouseClient(options, time, new Random(random.Next()));
        _schema = new ClickHouseSchema(_client, time);
        _retention = new ClickHouseRetention(_client);
        Follower = options.Ticks && ticks is not null ? new TickFollower(ticks, _client, _schema, time) : null;
        Operations = options.Operations ? new OperationsWriter(_client, _schema, time, random) : null;
    }

    /// <summary>Copies real-time prices; null: they are not copied.</summary>
    public TickFollower? Follower { get; }

    /// <summary>Writes lines of how the platform runs; null: none are written.</summary>
    public OperationsWriter? Operations { get; }

    private ClickHouseOptions Options => _client.Options;

    private long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Begins. Nothing is asked of ClickHouse on the caller's time.</summary>
    public void Start()
    {
        Operations?.TryAdd(new EventRow(Now, "server.started", Source, "info", "{}"));
        _running = Task.WhenAll(
            Task.Run(() => Repeat("real-time prices", TimeSpan.FromSeconds(Options.FlushSeconds), Follow)),
            Task.Run(() => Operations?.Run(_stop.Token) ?? Task.CompletedTask),
            Task.Run(() => Repeat("old partitions", TimeSpan.FromHours(Options.RetainHours), Retain)));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            Operations?.TryAdd(new EventRow(Now, "server.stopped", Source, "info", "{}"));
            await _stop.CancelAsync();
            await _running;
            Follower?.Dispose();
            _schema.Dispose();
            _client.Dispose();
            _stop.Dispose();
        }
    }

    /// <summary>Does something again and again; a failure is told once, and so is its end.</summary>
    private async Task Repeat(string what, TimeSpan pause, Func<CancellationToken, Task<bool>> act)
    {
        var hasFailed = false;
        try
        {
            while (true)
            {
                var wait = pause;
                try
                {
                    if (!await act(_stop.Token))
                    {
                        return;
                    }

                    if (hasFailed)
                    {
                        _tell($"ClickHouse: {what}: works again");
                        Operations?.TryAdd(new EventRow(Now, "clickhouse.recovered", Source, "info", Payload("what", what)));
                    }

                    hasFailed = false;
                }
                catch (Exception e) when (e is ClickHouseException or StoreException or EngineException)
                {
                    wait = TimeSpan.FromSeconds(Options.RecoverySeconds);
                    if (!hasFailed)
                    {
                        _tell($"{what}: {e.Message}; the next try is in {Options.RecoverySeconds} s");
                        Operations?.TryAdd(new EventRow(Now, "clickhouse.failed", Source, "error", Payload("error", e.Message)));
                    }

                    hasFailed = true;
                }

                await Task.Delay(wait, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end. What is not copied is in the store.
        }
    }

    /// <returns>Whether there is anything to follow.</returns>
    private async Task<bool> Follow(CancellationToken cancel)
    {
        if (Follower is null)
        {
            return false;
        }

        await Follower.Sync(cancel);
        return true;
    }

    /// <returns>Whether partitions are to be dropped at all.</returns>
    private async Task<bool> Retain(CancellationToken cancel)
    {
        if (Options.RetainHours == 0)
        {
            return false;
        }

        await _schema.Ready(cancel);
        foreach (var old in await _retention.Run(Instant.FromDateTimeOffset(_time.GetUtcNow()), cancel))
        {
            _tell($"ClickHouse: {old.Database}.{old.Table}: dropped partition {old.Partition} with {old.Rows} rows");
            Operations?.TryAdd(new EventRow(
                Now, "clickhouse.partition.dropped", Source, "info", Payload("partition", $"{old.Table} {old.Partition}")));
        }

        return true;
    }

    private static string Payload(string name, string value) =>
        JsonSerializer.Serialize(new Dictionary<string, string> { [name] = value });
}
