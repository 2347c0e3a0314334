namespace Aurum.App.Ticks;

/// <summary>The last items of a sequence: one writer, who waits for nobody; readers find out where they were overtaken.</summary>
internal sealed class TickRing<T>
    where T : struct
{
    private readonly T[] _items;
    private readonly int _mask;
    private long _reserved;

    /// <param name="capacity">Items, a power of two.</param>
    public TickRing(int capacity)
    {
        _items = new T[capacity];
        _mask = capacity - 1;
    }

    /// <summary>Items that were written since it was made.</summary>
    public long Written { get; private set; }

    public void Write(ReadOnlySpan<T> items)
    {
        // Readers who copy what is written over now see that from the place that is told first.
        Volatile.Write(ref _reserved, Written + items.Length);
        Interlocked.MemoryBarrier();
        var first = Math.Max(0, items.Length - _items.Length);
        for (var i = first; i < items.Length;)
        {
            var at = (int)(Written + i) & _mask;
            var length = Math.Min(items.Length - i, _items.Length - at);
            items.Slice(i, length).CopyTo(_items.AsSpan(at));
            i += length;
        }

        Written += items.Length;
    }

    /// <summary>Copies items that were written.</summary>
    /// <returns>False where they are not there any more.</returns>
    public bool TryRead(long from, Span<T> to)
    {
        for (var i = 0; i < to.Length;)
        {
            var at = (int)(from + i) & _mask;
            var length = Math.Min(to.Length - i, _items.Length - at);
            _items.AsSpan(at, length).CopyTo(to[i..]);
            i += length;
        }

        Interlocked.MemoryBarrier();
        return from >= Volatile.Read(ref _reserved) - _items.Length;
    }
}
