using NodaTime;

namespace Aurum.Cluster.Lineage;

/// <summary>Tells of work that lasts as long as its process, as one run: START, RUNNING once an hour with what it has done so far, and
/// COMPLETE or FAIL. A process that is killed leaves a run without an end.</summary>
public sealed class StreamLineage : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);

    private readonly Action<LineageEvent> _add;
    private readonly LineageEvent _start;
    private readonly StreamWork _work;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _telling;
    private string? _error;

    /// <param name="space">Namespace of the jobs.</param>
    /// <param name="holder">Name of the process.</param>
    /// <param name="work">What it does.</param>
    /// <param name="time">The clock.</param>
    /// <param name="add">Takes events; must not wait.</param>
    public StreamLineage(string space, string holder, StreamWork work, TimeProvider time, Action<LineageEvent> add)
    {
        (_add, _work, _time) = (add, work, time);
        var now = Now;
        _start = new LineageEvent(LineageState.Start, now, LineageRunId.Of(space, work.Job.Name, $"{holder} {now}"), work.Job)
        {
            Inputs = work.Inputs, Outputs = work.Outputs,
        };
        add(_start);
        _telling = Tell(_stop.Token);
    }

    /// <summary>It ends because of an error.</summary>
    public void Failed(string error) => _error = error;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _telling;
        _stop.Dispose();
        _add(Event(_error is null ? LineageState.Complete : LineageState.Fail) with { Error = _error });
    }

    private Instant Now => Instant.FromDateTimeOffset(_time.GetUtcNow());

    private LineageEvent Event(LineageState state) => _start with { State = state, At = Now, Metadata = _work.Figures() };

    private async Task Tell(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Between, _time, stop);
                _add(Event(LineageState.Running));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The work has ended.
        }
    }
}

/// <summary>Work without an end of its own.</summary>
/// <param name="Job">The job; a stream.</param>
/// <param name="Inputs">What it reads.</param>
/// <param name="Outputs">What it writes.</param>
/// <param name="Figures">What it has done so far: numbers.</param>
public sealed record StreamWork(
    LineageJob Job, IReadOnlyList<LineageDataset> Inputs, IReadOnlyList<LineageDataset> Outputs,
    Func<IReadOnlyDictionary<string, object>> Figures);
