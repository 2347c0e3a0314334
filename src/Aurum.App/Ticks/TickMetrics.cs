using System.Diagnostics.Metrics;
using Aurum.App.Running;

namespace Aurum.App.Ticks;

/// <summary>What the tick service tells on <c>/metrics</c>: names begin with <c>aurum_ticks_</c>.</summary>
internal sealed class TickMetrics : IDisposable
{
    private readonly Meter _meter = new(AurumMetrics.MeterName);
    private readonly Histogram<double> _commitSeconds;
    private readonly Histogram<long> _frameBytes;
    private readonly Histogram<double> _settleSeconds;

    public TickMetrics(TickService service)
    {
        _commitSeconds = _meter.CreateHistogram<double>(
            "aurum.ticks.commit.duration", "s", "Time from a closed frame to its acknowledgement, fsync included");
        _frameBytes = _meter.CreateHistogram<long>("aurum.ticks.frame.size", "By", "Bytes of a frame of the journal");
        _settleSeconds = _meter.CreateHistogram<double>("aurum.ticks.settle.duration", "s", "Time of one transaction into the tables");
        _meter.CreateObservableCounter(
            "aurum.ticks.messages", () => Messages(service.Status), "{message}",
            "Messages by outcome: received is the sum of the others");
        _meter.CreateObservableCounter(
            "aurum.ticks.dead.letters", () => service.Status.Letters.Select(l => Of(l.Value, "reason", l.Key.ToString())), "{message}",
            "Dead letters since the start, by reason");
        Gauge("aurum.ticks.queue.size", "By", "Bytes of messages that are not acknowledged yet", () => service.Status.QueueBytes);
        Gauge("aurum.ticks.journal.size", "By", "Bytes of the journal", () => service.Status.JournalBytes);
        Gauge("aurum.ticks.event.lag", "s", "Now less the newest event time", () => service.Status.EventLagSeconds);
        Gauge("aurum.ticks.ingest.lag", "s", "From a connector's stamp to the commit, of the last frame",
            () => service.Status.IngestLagSeconds);
        Gauge("aurum.ticks.unsettled", "{frame}", "Frames that are not in the tables yet", () => service.Status.UnsettledFrames);
        Gauge("aurum.ticks.subscribers", "{client}", "Clients that follow the events now", () => service.Status.Subscribers);
        Gauge("aurum.ticks.instruments", "{instrument}", "Instruments that have ticks", () => service.Status.Instruments);
        Gauge("aurum.ticks.running", "1", "1 where messages are taken in, else 0",
            () => service.Status.State == TickServiceState.Running ? 1 : 0);
    }

    /// <summary>A frame is on disk.</summary>
    public void Committed(long bytes, double seconds)
    {
        _frameBytes.Record(bytes);
        _commitSeconds.Record(seconds);
    }

    /// <summary>Frames are in the tables.</summary>
    public void Wrote(double seconds) => _settleSeconds.Record(seconds);

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Messages(TickStatus status) =>
    [
        Of(status.Counters.Received, "outcome", "received"),
        Of(status.Counters.Accepted, "outcome", "accepted"),
        Of(status.Counters.Duplicate, "outcome", "duplicate"),
        Of(status.Counters.LateAmended, "outcome", "late_amended"),
        Of(status.Counters.DeadLettered, "outcome", "dead_lettered"),
    ];

    private static Measurement<long> Of(long value, string tag, string name) => new(value, new KeyValuePair<string, object?>(tag, name));

    private void Gauge(string name, string unit, string description, Func<double?> read) => _meter.CreateObservableGauge(
        name, () => read() is { } value ? [new Measurement<double>(value)] : Array.Empty<Measurement<double>>(), unit, description);
}
