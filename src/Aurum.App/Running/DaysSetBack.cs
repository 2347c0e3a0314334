namespace Aurum.App.Running;

/// <summary>Days whose work came to nothing for a reason of this process's own, and how long each is left alone for that: so that one day
/// that can't be stored keeps no other from its turn. Safe from several threads.</summary>
/// <param name="time">The clock.</param>
internal sealed class DaysSetBack(TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <summary>Doublings after which the longest wait is reached in any case.</summary>
    private const int MostDoublings = 10;

    private readonly Lock _lock = new();
    private readonly Dictionary<WorkItem, (int Failures, long At)> _days = [];

    /// <summary>Whether its turn may come.</summary>
    public bool IsFree(WorkItem item)
    {
        lock (_lock)
        {
            return !_days.TryGetValue(item, out var day) || time.GetElapsedTime(day.At) >= Wait(day.Failures);
        }
    }

    /// <summary>It came to nothing. Returns how long it is left alone.</summary>
    public TimeSpan Failed(WorkItem item)
    {
        lock (_lock)
        {
            var failures = _days.GetValueOrDefault(item).Failures + 1;
            _days[item] = (failures, time.GetTimestamp());
            return Wait(failures);
        }
    }

    /// <summary>It is stored.</summary>
    public void Done(WorkItem item)
    {
        lock (_lock)
        {
            _days.Remove(item);
        }
    }

    private static TimeSpan Wait(int failures)
    {
        var doubled = FirstWait * (1 << Math.Min(failures - 1, MostDoublings));
        return doubled < LongestWait ? doubled : LongestWait;
    }
}
