namespace Aurum.App.Caching;

/// <summary>Keeps values in memory up to a number of bytes; what was not asked for longest goes first. Safe from several threads.</summary>
/// <param name="maxBytes">Bytes of values and their keys at most.</param>
/// <param name="time">The clock.</param>
internal sealed class MemoryHotCache(long maxBytes, TimeProvider time) : IHotCache
{
    /// <summary>Bytes that an entry takes beside its value, about.</summary>
    private const int EntryBytes = 400;

    /// <summary>A value that would push out more than this part of the others is not kept.</summary>
    private const int LargestPart = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<HotKey, LinkedListNode<Kept>> _byKey = [];
    private readonly LinkedList<Kept> _byUse = [];
    private long _bytes;

    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    public ValueTask<HotEntry?> Find(HotKey key, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (!_byKey.TryGetValue(key, out var node))
            {
                return new((HotEntry?)null);
            }

            var left = node.Value.Stay - time.GetElapsedTime(node.Value.KeptAt);
            if (left <= TimeSpan.Zero)
            {
                Remove(node);
                return new((HotEntry?)null);
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return new(new HotEntry(node.Value.Value, left));
        }
    }

    public ValueTask Keep(HotKey key, ReadOnlyMemory<byte> value, TimeSpan stay, CancellationToken cancel)
    {
        if (value.Length > maxBytes / LargestPart || stay <= TimeSpan.Zero)
        {
            return ValueTask.CompletedTask;
        }

        lock (_gate)
        {
            if (_byKey.TryGetValue(key, out var old))
            {
                Remove(old);
            }

            _byKey[key] = _byUse.AddFirst(new Kept(key, value, time.GetTimestamp(), stay));
            _bytes += value.Length + EntryBytes;
            while (_bytes > maxBytes)
            {
                Remove(_byUse.Last!);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>There is no other process to share with.</summary>
    public ValueTask<HotTurn> Claim(HotKey key, string owner, CancellationToken cancel) => new(HotTurn.Own);

    public ValueTask Release(HotKey key, string owner, CancellationToken cancel) => ValueTask.CompletedTask;

    private void Remove(LinkedListNode<Kept> node)
    {
        _byUse.Remove(node);
        _byKey.Remove(node.Value.Key);
        _bytes -= node.Value.Value.Length + EntryBytes;
    }

    private sealed record Kept(HotKey Key, ReadOnlyMemory<byte> Value, long KeptAt, TimeSpan Stay);
}
