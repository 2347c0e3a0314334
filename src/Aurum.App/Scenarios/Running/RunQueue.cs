using Aurum.Store.Models;
using NodaTime;

namespace Aurum.App.Scenarios.Running;

/// <summary>Which run is next. A higher priority overtakes those that were queued shortly before it, never those that have waited long:
/// no run starves. Not safe from several threads.</summary>
/// <param name="tenantConcurrency">Runs of one tenant at once.</param>
internal sealed class RunQueue(int tenantConcurrency)
{
    private readonly Dictionary<string, QueuedRun> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _running = new(StringComparer.Ordinal);

    public int Waiting => _waiting.Count;

    public int Running => _running.Values.Sum();

    /// <summary>How long after a run a critical one may be queued and still come before it.</summary>
    public static Duration HandicapOf(RunPriority priority) => priority switch
    {
        RunPriority.Critical => Duration.Zero,
        RunPriority.High => Duration.FromMinutes(1),
        RunPriority.Normal => Duration.FromMinutes(5),
        _ => Duration.FromMinutes(15),
    };

    public void Add(QueuedRun run) => _waiting[run.Id] = run;

    /// <returns>Whether it waited.</returns>
    public bool Remove(string id) => _waiting.Remove(id);

    /// <summary>Takes the next run that may begin; null where none may.</summary>
    public QueuedRun? Take(Instant now)
    {
        QueuedRun? next = null;
        foreach (var run in _waiting.Values)
        {
            if (!(run.NotBefore > now) && _running.GetValueOrDefault(run.Tenant) < tenantConcurrency
                && (next is null || Compare(run, next) < 0))
            {
                next = run;
            }
        }

        if (next is not null)
        {
            _waiting.Remove(next.Id);
            _running[next.Tenant] = _running.GetValueOrDefault(next.Tenant) + 1;
        }

        return next;
    }

    /// <summary>A run that was taken is over.</summary>
    public void Done(QueuedRun run)
    {
        if (--_running[run.Tenant] == 0)
        {
            _running.Remove(run.Tenant);
        }
    }

    /// <summary>When the first of the runs that wait for their next attempt may begin; null: none does.</summary>
    public Instant? NextDue(Instant now)
    {
        Instant? due = null;
        foreach (var run in _waiting.Values)
        {
            if (run.NotBefore is { } at && at > now && !(at >= due))
            {
                due = at;
            }
        }

        return due;
    }

    private static int Compare(QueuedRun a, QueuedRun b)
    {
        var order = (a.QueuedAt + HandicapOf(a.Priority)).CompareTo(b.QueuedAt + HandicapOf(b.Priority));
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
    }
}

/// <summary>A run that waits.</summary>
/// <param name="Id">The run.</param>
/// <param name="Tenant">Whose.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="QueuedAt">Since when it waits.</param>
/// <param name="NotBefore">Earliest begin; null: at once.</param>
internal sealed record QueuedRun(string Id, string Tenant, RunPriority Priority, Instant QueuedAt, Instant? NotBefore)
{
    public static QueuedRun Of(RunRecord run) => new(run.Id, run.Tenant, run.Priority, run.QueuedAt, run.NotBefore);
}
