using System.Globalization;
using Aurum.App.Configuration;
using Aurum.App.Curves;
using Aurum.Cluster.Lineage;
using Aurum.Store.Lake.Projection;
using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Lineage;

/// <summary>Tells of jobs that are no deliveries: commits to the lake, runs of scenarios. They wait for nobody; what can't be told is
/// dropped and counted.</summary>
internal sealed class JobLineage : IAsyncDisposable
{
    /// <summary>How long the end of a process waits for what is still to be told.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly LineageSender _sender;
    private readonly AurumOptions _options;
    private readonly LakeLineage _lake;
    private readonly LineageWorld _world;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private readonly TimeProvider _time;

    /// <param name="options">Settings with a section Lineage.</param>
    /// <param name="sender">Tells events; disposed with this.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Is told when something is lost.</param>
    public JobLineage(AurumOptions options, LineageSender sender, TimeProvider time, Action<string> tell)
    {
        _sender = sender;
        _options = options;
        _time = time;
        _world = LineagePlaces.Of(options);
        _lake = new LakeLineage(sender.Options, _world, table => LineagePlaces.LakeTable(options, table));
        Queue = new LineageQueue(sender, tell);
        _running = Task.Run(() => Queue.Run(_stop.Token));
    }

    public LineageQueue Queue { get; }

    /// <summary>A commit to the lake was made.</summary>
    public void Committed(LakeCommit commit) => Add(_lake.EventsOf(commit, Now));

    /// <summary>A run of a scenario has ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="state">How it ended.</param>
    /// <param name="error">Why it failed; null where it did not.</param>
    public void Ended(RunRecord run, RunState state, string? error)
    {
        var job = new LineageJob(
            $"scenario.{run.ScenarioId}", "Computes a run of a scenario from stored curves and histories.",
            "src/Aurum.App/Scenarios/Running/ScenarioService.cs");
        var version = run.ScenarioVersion.ToString(CultureInfo.InvariantCulture);
        var end = Now;
        var start = new LineageEvent(
            LineageState.Start, run.StartedAt ?? end, LineageRunId.Of(_sender.Options.Namespace, job.Name, run.Id), job)
        {
            Inputs =
            [
                _world.TableOf("scenario_versions") with { Version = $"{run.ScenarioId} version {version}" },
                .. ScenarioLineage.Read(run, _world),
            ],
        };
        var isWell = state == RunState.Succeeded;
        Add(
        [
            start,
            start with
            {
                State = isWell ? LineageState.Complete : LineageState.Fail,
                At = end,
                Error = isWell ? null : $"{state}: {error}",
                Outputs = isWell ? [ScenarioLineage.Written(run, _world)] : [],
                Metadata = new Dictionary<string, object>
                {
                    ["runId"] = run.Id, ["inputHash"] = run.InputHash, ["retries"] = run.RetryCount, ["state"] = state.ToString(),
                },
            },
        ]);
    }

    /// <summary>Files of merged curves were written.</summary>
    public void Exported(IReadOnlyList<ExportedFile> files)
    {
        foreach (var day in files.GroupBy(static f => f.AsofDate))
        {
            Add(ExportLineage.EventsOf(day.Key, [.. day], _options, _world, Now));
        }
    }

    /// <summary>Begins to tell of work that lasts as long as the process.</summary>
    public StreamLineage Begin(string holder, StreamWork work) =>
        new(_options.Lineage!.Namespace, holder, work, _time, Queue.Add);

    /// <summary>Tells what is still to be told, for a short time.</summary>
    public async ValueTask DisposeAsync()
    {
        Queue.End();
        _stop.CancelAfter(LastWords);
        await _running;
        _sender.Dispose();
        _stop.Dispose();
    }

    private Instant Now => Instant.FromDateTimeOffset(_time.GetUtcNow());

    private void Add(IEnumerable<LineageEvent> events)
    {
        foreach (var lineage in events)
        {
            Queue.Add(lineage);
        }
    }
}
