using Aurum.Ticks.State;

namespace Aurum.Ticks.Aggregate;

/// <summary>Windows by the time at which something is to be done with them; those of one end and level are linked by
/// <see cref="Window.NextDue"/>.</summary>
internal sealed class DueWindows(WindowStore windows)
{
    private readonly Dictionary<long, int> _first = [];
    private readonly PriorityQueue<long, long> _keys = new();

    /// <summary>Notes a window at its end.</summary>
    public void Add(int slot)
    {
        ref var window = ref windows[slot];
        var key = window.End + window.Level;
        if (!_first.TryGetValue(key, out var next))
        {
            next = WindowStore.None;
            _keys.Enqueue(key, key);
        }

        window.NextDue = next;
        _first[key] = slot;
    }

    /// <summary>Takes the windows of the earliest end, the shortest first, if that end has come.</summary>
    /// <param name="micros">How far time has come.</param>
    /// <param name="first">The first of them.</param>
    public bool TryTake(long micros, out int first)
    {
        // Ends are whole seconds, so the level fits beside the microseconds.
        if (!_keys.TryPeek(out var key, out _) || key - (key % 1000) > micros)
        {
            first = WindowStore.None;
            return false;
        }

        _keys.Dequeue();
        return _first.Remove(key, out first);
    }

    /// <param name="to">Takes them.</param>
    /// <param name="numbers">By slot the number that its window is written under.</param>
    public void Save(StateWriter to, ReadOnlySpan<int> numbers)
    {
        to.Write(_first.Count);
        foreach (var (key, slot) in _first.OrderBy(f => f.Key))
        {
            to.Write(key);
            to.Write(numbers[slot]);
        }
    }

    /// <summary>Takes over what <see cref="Save"/> wrote; the windows are there already, none is noted yet.</summary>
    public void Load(ref StateReader from)
    {
        for (var left = from.Count(sizeof(long) + sizeof(int)); left > 0; left--)
        {
            var (key, slot) = (from.Int64(), from.Index(windows.Slots));
            if (windows[slot].End + windows[slot].Level != key || !_first.TryAdd(key, slot))
            {
                throw from.Wrong("windows by their ends", key);
            }

            _keys.Enqueue(key, key);
        }
    }

    /// <summary>The first windows of all ends, in order.</summary>
    public IEnumerable<int> Firsts() => _first.OrderBy(f => f.Key).Select(f => f.Value);
}
