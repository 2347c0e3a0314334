using Aurum.App.Ticks.Lanes;
using Aurum.Cluster.Kafka;
using Aurum.Store;
using Aurum.Ticks.Enrich;

namespace Aurum.Tests.Engines.Kafka.Workers;

/// <summary>A worker in this process.</summary>
internal sealed class WorkerMember : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _run;

    /// <param name="store">Where it stores.</param>
    /// <param name="kafka">Where it reads.</param>
    /// <param name="name">Who it is.</param>
    /// <param name="with">Changes its options; null: those of all workers of tests.</param>
    /// <param name="told">Takes what it tells people; null: nobody.</param>
    /// <param name="time">Its clock; null: the machine's.</param>
    /// <param name="stage">What it does with messages.</param>
    /// <param name="metrics">What tells of it; null: nothing.</param>
    public WorkerMember(
        AurumStore store, KafkaOptions kafka, string name, Func<TickWorkerOptions, TickWorkerOptions>? with = null,
        Action<string>? told = null, TimeProvider? time = null, string stage = LaneStages.Fused, KafkaMetrics? metrics = null)
    {
        var options = TickWorkerProcess.Options(stage) with { Holder = name };
        Worker = new TickWorker(
            new LaneWorld(
                with is null ? options : with(options), kafka, store.TickLanes, InstrumentBook.Empty,
                time ?? TimeProvider.System,
                told ?? (static _ => { })) { Work = store.Work },
            new Random(1));
        _run = Task.Run(() => Worker.Run(metrics, _stop.Token));
    }

    public TickWorker Worker { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }
}
