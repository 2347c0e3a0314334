using System.Diagnostics.Metrics;

namespace Aurum.App.Scenarios.Requests;

/// <summary>What a worker tells on <c>/metrics</c> beside its runs; how far it is behind is told by the consumers.</summary>
internal sealed class RequestMetrics : IDisposable
{
    private readonly Meter _meter = new("Aurum");

    public RequestMetrics(RequestWorker worker)
    {
        var figures = worker.Figures;
        void Count(string name, string unit, string what, Func<long> read) => _meter.CreateObservableCounter(name, read, unit, what);
        Count("aurum.scenario.worker.requests", "{message}", "Requests that were taken in hand", () => figures.Requests);
        Count("aurum.scenario.worker.known", "{message}", "Requests of runs that had ended when they came", () => figures.Known);
        Count("aurum.scenario.worker.letters", "{message}", "Requests that were given up", () => figures.Letters);
        Count("aurum.scenario.worker.takeovers", "{run}", "Runs that a worker had left who died", () => figures.TakenOver);
        Count("aurum.scenario.worker.restarts", "{restart}", "Times that it left a group and came back", () => figures.Restarts);
        _meter.CreateObservableGauge("aurum.scenario.worker.lanes", () => worker.Lanes, "{lane}", "Partitions that it has");
        _meter.CreateObservableGauge("aurum.scenario.queued", () => worker.Waiting, "{run}", "Runs of scenarios that wait");
        _meter.CreateObservableGauge("aurum.scenario.running", () => worker.Running, "{run}", "Runs of scenarios that are computed now");
    }

    public void Dispose() => _meter.Dispose();
}
