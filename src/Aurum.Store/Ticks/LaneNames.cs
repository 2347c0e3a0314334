using Aurum.Market.Ticks;

namespace Aurum.Store.Ticks;

/// <summary>What a partition's own numbers stand for, and which numbers of the store that is. A stage numbers what it meets in its
/// partition; the store has one number for each name, whichever partition it came in.</summary>
public sealed class LaneNames
{
    internal LaneTable<TickInstrument> Instruments { get; } = new("instrument");

    internal LaneTable<string> Sources { get; } = new("source");

    internal LaneTable<Taxonomy> Classifications { get; } = new("classification");

    internal LaneTable<TickCurve> Curves { get; } = new("curve");

    /// <summary>Adds names; those that are there already are left.</summary>
    /// <exception cref="StoreException">They do not follow those before: a defect.</exception>
    public void Add(TickNames names)
    {
        Sources.Add(names.Sources);
        Instruments.Add(names.Instruments);
        Classifications.Add(names.Classifications);
        Curves.Add(names.Curves);
    }

    /// <summary>Forgets numbers of the store that were given out in a commit that failed.</summary>
    internal void Unresolve()
    {
        Sources.Numbers.Clear();
        Instruments.Numbers.Clear();
        Classifications.Numbers.Clear();
        Curves.Numbers.Clear();
    }
}

/// <summary>Names of one kind by a partition's own numbers.</summary>
internal sealed class LaneTable<T>(string what)
{
    private readonly List<T> _names = [];

    public int Count => _names.Count;

    /// <summary>The store's numbers of the first names.</summary>
    public List<int> Numbers { get; } = [];

    public T this[int number] => _names[number];

    public void Add(NameRange<T> range)
    {
        if (range.Names.Count > 0 && range.First > _names.Count)
        {
            throw new StoreException($"expected {what} {_names.Count} as the next new one, found {range.First}");
        }

        _names.AddRange(range.Names.Skip(_names.Count - range.First));
    }
}
