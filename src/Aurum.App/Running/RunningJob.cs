using System.Diagnostics.CodeAnalysis;
using Aurum.Store.Jobs;

namespace Aurum.App.Running;

/// <summary>A job that this process works on, and who watches it. Safe for several threads.</summary>
[SuppressMessage("Design", "CA1001", Justification = "its token source has no timer and no parent: nothing is left to free")]
internal sealed class RunningJob(string id, int priority, long age)
{
    private readonly Lock _lock = new();
    private readonly List<Action<BackfillEvent>> _watchers = [];
    private readonly CancellationTokenSource _stop = new();
    private volatile int _priority = priority;

    public string Id => id;

    public CancellationToken Stopped => _stop.Token;

    /// <summary>Whose turn it is; may change while the job runs.</summary>
    public JobRank Rank => new(_priority, age);

    /// <summary>Ends with the job, or with its stop; the state says how it stands then.</summary>
    public Task<JobState> Ended { get; set; } = Task.FromResult(JobState.Queued);

    public void Prioritise(int value) => _priority = value;

    public void Watch(Action<BackfillEvent> watcher)
    {
        lock (_lock)
        {
            _watchers.Add(watcher);
        }
    }

    public void Leave(Action<BackfillEvent> watcher)
    {
        lock (_lock)
        {
            _watchers.Remove(watcher);
        }
    }

    public void Tell(BackfillEvent happened)
    {
        List<Action<BackfillEvent>> watchers;
        lock (_lock)
        {
            watchers = [.. _watchers];
        }

        watchers.ForEach(watcher => watcher(happened));
    }

    public void Stop() => _ = _stop.CancelAsync();
}
