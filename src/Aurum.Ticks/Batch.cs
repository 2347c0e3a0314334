using System.Buffers;
using System.Runtime.CompilerServices;

namespace Aurum.Ticks;

/// <summary>Items that move between stages together, in one pooled array that is used again after <see cref="Clear"/>.</summary>
public sealed class Batch<T> : IDisposable
{
    private const int LeastCapacity = 256;

    private T[] _items = [];

    /// <summary>Items in it.</summary>
    public int Count { get; private set; }

    /// <summary>The items; valid until the next <see cref="Add(in T)"/>, <see cref="Clear"/> or <see cref="Dispose"/>.</summary>
    public Span<T> Items => _items.AsSpan(0, Count);

    public void Add(in T item)
    {
        if (Count == _items.Length)
        {
            Grow();
        }

        _items[Count++] = item;
    }

    public void Add(ReadOnlySpan<T> items)
    {
        while (_items.Length - Count < items.Length)
        {
            Grow();
        }

        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    /// <summary>Keeps the first items only.</summary>
    public void Truncate(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            _items.AsSpan(count, Count - count).Clear();
        }

        Count = count;
    }

    public void Clear() => Truncate(0);

    public void Dispose()
    {
        Clear();
        Return(_items);
        _items = [];
    }

    private void Grow()
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(LeastCapacity, _items.Length * 2));
        Items.CopyTo(larger);
        Return(_items);
        _items = larger;
    }

    private static void Return(T[] items)
    {
        if (items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(
                items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());
        }
    }
}
