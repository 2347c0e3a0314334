using System.Diagnostics.Metrics;
using Aurum.App.Configuration;
using Aurum.App.Running;
using Aurum.Store;
using Aurum.Store.Sinks;
using NodaTime;

namespace Aurum.App.Sinks;

/// <summary>All sinks of a process: each follows by itself, so that one that is down holds up no other.</summary>
internal sealed class SinkFleet : IAsyncDisposable
{
    private readonly IReadOnlyList<IDeliverySink> _sinks;
    private readonly AurumStore _store;
    private readonly TimeProvider _time;

    /// <param name="sinks">Sinks; they are disposed with the fleet.</param>
    /// <param name="store">Store.</param>
    /// <param name="settings">Batches and waits.</param>
    /// <param name="time">Clock of waits.</param>
    /// <param name="jitter">Spread of waits.</param>
    /// <param name="tell">Is told of what goes wrong, and when it is right again.</param>
    /// <param name="holder">Name of this process, for the others that have the database open.</param>
    public SinkFleet(
        IReadOnlyList<IDeliverySink> sinks, AurumStore store, SinkSettings settings, TimeProvider time, Random jitter, Action<string> tell,
        string holder = "aurum")
    {
        (_sinks, _store, _time) = (sinks, store, time);
        Runners = [.. sinks.Select(sink => new SinkRunner(sink, store, settings, time, new Random(jitter.Next()), tell, holder))];
    }

    public IReadOnlyList<SinkRunner> Runners { get; }

    /// <summary>Registers how far each sink is behind.</summary>
    public void Watch(AurumMetrics metrics)
    {
        if (Runners.Count == 0)
        {
            return;
        }

        metrics.Watch("aurum.sink.lag.deliveries", "{delivery}", "Deliveries of the store that a sink has not taken yet",
            () => Standings().Select(static s => Measured(s.DeliveriesBehind, s)));
        metrics.Watch("aurum.sink.lag", "s", "Time since the first delivery that a sink has not taken was known",
            () => Standings().Select(s => Measured(
                s.BehindSince is { } since ? Math.Max(0, (Instant.FromDateTimeOffset(_time.GetUtcNow()) - since).TotalSeconds) : 0, s)));
        metrics.Watch("aurum.sink.failures", "{try}", "Tries in a row that a sink failed",
            () => Standings().Select(static s => Measured(s.Failures, s)));
    }

    /// <summary>Where each sink stands, those included that took something once and are not configured any more.</summary>
    public IReadOnlyList<SinkStanding> Standings()
    {
        var running = Runners.Select(static r => r.Standing()).ToList();
        return [.. running, .. Noted(_store, []).Where(s => running.TrueForAll(r => r.Sink != s.Sink))];
    }

    /// <summary>Where sinks stand as noted in the store, whoever works with them.</summary>
    /// <param name="store">Store.</param>
    /// <param name="configured">Names of those that are told of in any case.</param>
    public static IReadOnlyList<SinkStanding> Noted(AurumStore store, IEnumerable<string> configured) =>
    [
        .. store.Sinks.All().Select(static c => c.Sink).Union(configured)
            .Select(sink => (Sink: sink, Cursor: store.Sinks.Cursor(sink)))
            .Select(s => (s.Sink, s.Cursor, Lag: store.Sinks.Lag(s.Cursor)))
            .Select(static s => new SinkStanding(s.Sink, SinkStanding.NotRunning, s.Cursor, s.Lag.Deliveries, s.Lag.Since, 0, null)),
    ];

    /// <summary>Follows with all sinks until it is cancelled.</summary>
    public Task Run(CancellationToken cancel) => Task.WhenAll(Runners.Select(r => Task.Run(() => r.Run(cancel), CancellationToken.None)));

    public async ValueTask DisposeAsync()
    {
        foreach (var sink in _sinks)
        {
            await sink.DisposeAsync();
        }
    }

    private static Measurement<double> Measured(double value, SinkStanding standing) =>
        new(value, new KeyValuePair<string, object?>("sink", standing.Sink));
}
