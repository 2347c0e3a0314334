using Aurum.Market.Ticks;

namespace Aurum.Store.Ticks;

/// <summary>Names of one kind that a settlement brings, in the order of their numbers.</summary>
internal sealed class NewNames<T>
{
    private readonly List<T> _names = [];

    /// <summary>Number of the first one.</summary>
    public int First { get; private set; }

    public int Count => _names.Count;

    /// <exception cref="StoreException">The names do not follow those before.</exception>
    public void Add(string what, NameRange<T> range)
    {
        if (range.Names.Count == 0)
        {
            return;
        }

        if (_names.Count == 0)
        {
            First = range.First;
        }

        if (range.First != First + _names.Count)
        {
            throw new StoreException($"expected {what} {First + _names.Count} as the next new one, found {range.First}");
        }

        _names.AddRange(range.Names);
    }

    /// <summary>The names with their numbers.</summary>
    public IEnumerable<(int Number, T Name)> Numbered() => _names.Select((name, i) => (First + i, name));

    public void Clear() => _names.Clear();
}
