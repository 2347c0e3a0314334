using System.Diagnostics.Metrics;
using Aurum.App.Configuration;
using Aurum.App.Running;
using Aurum.Store;
using Aurum.Store.Engines;
using Aurum.Store.Sinks;
using NodaTime;

namespace Aurum.App.Sinks;

/// <summary>All sinks of a process: each follows by itself, so that one that is down holds up no other.</summary>
internal sealed class SinkFleet : IAsyncDisposable
{
    private readonly IReadOnlyList<IDeliverySink> _sinks;
    private readonly AurumStore _store;
    private readonly TimeProvider _time;
    private readonly Random _jitter;

    /// <param name="sinks">Sinks; they are disposed with the fleet.</param>
    /// <param name="store">Store.</param>
    /// <param name="settings">Batches and waits.</param>
    /// <param name="time">Clock of waits.</param>
    /// <param name="jitter">Spread of waits.</param>
    /// <param name="tell">Is told of what goes wrong, and when it is right again.</param>
    /// <param name="holder">Name of this process, for the others that have the database open.</param>
    /// <param name="leaseLength">How long the others wait for it when it has died.</param>
    public SinkFleet(
        IReadOnlyList<IDeliverySink> sinks, AurumStore store, SinkSettings settings, TimeProvider time, Random jitter, Action<string> tell,
        string holder = "aurum", Duration? leaseLength = null)
    {
        (_sinks, _store, _time, _jitter) = (sinks, store, time, new Random(jitter.Next()));
        Runners =
            [.. sinks.Select(sink => new SinkRunner(sink, store, settings, time, new Random(jitter.Next()), tell, holder, leaseLength))];
    }

    public IReadOnlyList<SinkRunner> Runners { get; }

    /// <summary>Registers how far each sink is behind.</summary>
    public void Watch(AurumMetrics metrics)
    {
        if (Runners.Count == 0)
        {
            return;
        }

        var look = new SharedLook<IReadOnlyList<SinkStanding>>(Seen);
        metrics.Watch("aurum.sink.lag.deliveries", "{delivery}", "Deliveries of the store that a sink has not taken yet",
            () => look.For("deliveries").Select(static s => Measured(s.DeliveriesBehind, s)));
        metrics.Watch("aurum.sink.lag", "s", "Time since the first delivery that a sink has not taken was known",
            () => look.For("lag").Select(s => Measured(
                s.BehindSince is { } since ? Math.Max(0, (Instant.FromDateTimeOffset(_time.GetUtcNow()) - since).TotalSeconds) : 0, s)));
        metrics.Watch("aurum.sink.failures", "{try}", "Tries in a row that a sink failed",
            () => look.For("failures").Select(static s => Measured(s.Failures, s)));
    }

    /// <summary>The same, for gauges; where the database is away, nothing is known of it.</summary>
    private IReadOnlyList<SinkStanding> Seen()
    {
        try
        {
            return Standings();
        }
        catch (EngineException)
        {
            return [];
        }
    }

    /// <summary>Where each sink stands, those included that took something once and are not configured any more.</summary>
    public IReadOnlyList<SinkStanding> Standings()
    {
        var noted = _store.Sinks.All().ToDictionary(static c => c.Sink, static c => c.Delivery);
        var running = Runners.Select(r => r.Standing(noted.GetValueOrDefault(r.Name))).ToList();
        return [.. running, .. noted.Where(n => running.TrueForAll(r => r.Sink != n.Key)).Select(n => Idle(_store, n.Key, n.Value))];
    }

    /// <summary>Where sinks stand as noted in the store, whoever works with them.</summary>
    /// <param name="store">Store.</param>
    /// <param name="configured">Names of those that are told of in any case.</param>
    public static IReadOnlyList<SinkStanding> Noted(AurumStore store, IEnumerable<string> configured) =>
    [
        .. store.Sinks.All().Select(static c => (c.Sink, c.Delivery)).UnionBy(configured.Select(static s => (s, 0L)), static s => s.Item1)
            .Select(s => Idle(store, s.Item1, s.Item2)),
    ];

    /// <summary>Follows with all sinks until it is cancelled.</summary>
    public Task Run(CancellationToken cancel) => Runners.Count == 0 ? Task.CompletedTask : Task.WhenAll(
    [
        Task.Run(() => _store.HearOthers(_jitter, cancel), CancellationToken.None),
        .. Runners.Select(r => Task.Run(() => r.Run(cancel), CancellationToken.None)),
    ]);

    public async ValueTask DisposeAsync()
    {
        foreach (var sink in _sinks)
        {
            await sink.DisposeAsync();
        }
    }

    private static SinkStanding Idle(AurumStore store, string sink, long cursor)
    {
        var lag = store.Sinks.Lag(cursor);
        return new SinkStanding(sink, SinkStanding.NotRunning, cursor, lag.Deliveries, lag.Since, 0, null);
    }

    private static Measurement<double> Measured(double value, SinkStanding standing) =>
        new(value, new KeyValuePair<string, object?>("sink", standing.Sink));
}
