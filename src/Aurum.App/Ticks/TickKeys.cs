namespace Aurum.App.Ticks;

/// <summary>Answers by idempotency key: the last ones, so that a submission that comes again is answered as before. Safe from
/// several threads.</summary>
/// <param name="limit">Most keys; the oldest is forgotten first.</param>
internal sealed class TickKeys(int limit)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TickKey, Entry> _entries = [];
    private readonly Queue<TickKey> _order = new();

    /// <summary>Remembers an answer from before.</summary>
    public void Recall(TickKey key, TickReceipt receipt)
    {
        lock (_gate)
        {
            Add(key).Receipt = receipt;
        }
    }

    /// <summary>Sees to work whose key is known: it is answered as the first was, now or when that is.</summary>
    /// <returns>False where the key is new; it is known from now on.</returns>
    public bool TryAnswer(TickKey key, TickWork work)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                Add(key);
                return false;
            }

            if (entry.Receipt is null)
            {
                entry.Repeats.Add(work);
                return true;
            }

            work.Succeed(entry.Receipt with { IsRepeat = true });
            return true;
        }
    }

    /// <summary>The first submission of a key is on disk.</summary>
    public void Answered(TickKey key, TickReceipt receipt)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var entry))
            {
                entry.Receipt = receipt;
                foreach (var work in entry.Repeats)
                {
                    work.Succeed(receipt with { IsRepeat = true });
                }

                entry.Repeats.Clear();
            }
        }
    }

    /// <summary>The first submission of a key was refused: it may come again.</summary>
    public void Forget(TickKey key, Exception refusal)
    {
        lock (_gate)
        {
            if (_entries.Remove(key, out var entry))
            {
                entry.Repeats.ForEach(work => work.Fail(refusal));
            }
        }
    }

    /// <summary>What was not answered is not known any more.</summary>
    public void Fail(Exception reason)
    {
        lock (_gate)
        {
            foreach (var (key, entry) in _entries.Where(static e => e.Value.Receipt is null).ToList())
            {
                entry.Repeats.ForEach(work => work.Fail(reason));
                _entries.Remove(key);
            }
        }
    }

    private Entry Add(TickKey key)
    {
        while (_entries.Count >= limit && _order.TryDequeue(out var oldest))
        {
            if (_entries.TryGetValue(oldest, out var old) && old.Receipt is not null)
            {
                _entries.Remove(oldest);
            }
        }

        _order.Enqueue(key);
        return _entries[key] = new Entry();
    }

    private sealed class Entry
    {
        public TickReceipt? Receipt { get; set; }

        public List<TickWork> Repeats { get; } = [];
    }
}

/// <summary>An idempotency key, and whose it is.</summary>
internal readonly record struct TickKey(string Tenant, string Key);
