using System.Diagnostics.Metrics;

namespace Aurum.App.Ticks.Lanes;

/// <summary>What a worker tells on <c>/metrics</c>; how far it is behind by partition is told by the consumer.</summary>
internal sealed class WorkerMetrics : IDisposable
{
    private readonly Meter _meter = new("Aurum");

    public WorkerMetrics(TickWorker worker, string stage)
    {
        var figures = worker.Figures;
        KeyValuePair<string, object?> tag = new("stage", stage);
        void Count(string name, string unit, string what, Func<long> read) =>
            _meter.CreateObservableCounter(name, () => new Measurement<long>(read(), tag), unit, what);
        Count("aurum.ticks.worker.messages", "{message}", "Messages of the topic that were taken", () => figures.Messages);
        Count("aurum.ticks.worker.ticks", "{tick}", "Messages of sources that were stored", () => figures.Ticks);
        Count("aurum.ticks.worker.bars", "{bar}", "Bars and revisions that were stored", () => figures.Bars);
        Count("aurum.ticks.worker.letters", "{letter}", "Dead letters", () => figures.Letters);
        Count("aurum.ticks.worker.frames", "{frame}", "Frames that were sent to the stage behind", () => figures.Frames);
        Count("aurum.ticks.worker.commits", "{commit}", "Commits of lanes", () => figures.Commits);
        Count("aurum.ticks.worker.claims", "{lane}", "Lanes that came", () => figures.Claims);
        Count("aurum.ticks.worker.restarts", "{restart}", "Times that it left the group and came back", () => figures.Restarts);
        _meter.CreateObservableGauge(
            "aurum.ticks.worker.lanes", () => new Measurement<long>(worker.Lanes.Count, tag), "{lane}", "Lanes that it has");
    }

    public void Dispose() => _meter.Dispose();
}
