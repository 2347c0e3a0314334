using System.Buffers;

namespace Aurum.Store.Ticks;

/// <summary>Values in one pooled array that grows, and is used again after <see cref="Clear"/>.</summary>
internal sealed class Pile<T> : IDisposable
    where T : unmanaged
{
    private const int LeastCapacity = 1024;

    private T[] _items = [];

    public int Count { get; private set; }

    /// <summary>Valid until the next <see cref="Add"/>.</summary>
    public Span<T> Items => _items.AsSpan(0, Count);

    public void Add(ReadOnlySpan<T> items)
    {
        if (Count + items.Length > _items.Length)
        {
            var larger = ArrayPool<T>.Shared.Rent(Math.Max(LeastCapacity, Math.Max(Count + items.Length, _items.Length * 2)));
            Items.CopyTo(larger);
            Return();
            _items = larger;
        }

        items.CopyTo(_items.AsSpan(Count));
        Count += items.Length;
    }

    public void Clear() => Count = 0;

    public void Dispose()
    {
        Clear();
        Return();
        _items = [];
    }

    private void Return()
    {
        if (_items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(_items);
        }
    }
}
