using System.Text;
using Aurum.Market.Feeds;

namespace Aurum.Ticks.Normalize;

/// <summary>Numbers for the names that messages repeat: tenants and sources. A number is an index, from 0, and is kept for the
/// table's life.</summary>
/// <param name="limit">Most names.</param>
public sealed class NameTable(int limit)
{
    private readonly Utf8Table<Entry> _entries = new(limit);
    private readonly List<string> _names = [];
    private Entry _last = new([], -1);

    public int Count => _names.Count;

    public string this[int number] => _names[number];

    /// <summary>The number of a name, made where it is new.</summary>
    /// <returns>False where the name is new and the table is full.</returns>
    public bool TryNumber(ReadOnlySpan<byte> name, out int number)
    {
        if (name.SequenceEqual(_last.Name) && _last.Number >= 0)
        {
            number = _last.Number;
            return true;
        }

        if (!_entries.TryGet(name, out var entry))
        {
            if (_names.Count == limit)
            {
                number = -1;
                return false;
            }

            entry = new Entry(name.ToArray(), _names.Count);
            _entries.Add(name, entry);
            _names.Add(Encoding.UTF8.GetString(name));
        }

        _last = entry;
        number = entry.Number;
        return true;
    }

    /// <summary>The number of a name that has one.</summary>
    internal bool TryFind(ReadOnlySpan<byte> name, out int number)
    {
        var isThere = _entries.TryGet(name, out var entry);
        number = entry?.Number ?? -1;
        return isThere;
    }

    /// <summary>Gives a name the next number.</summary>
    /// <exception cref="InvalidDataException">It has one already, or the table is full.</exception>
    internal void Add(string name)
    {
        var number = _names.Count;
        if (!TryNumber(Encoding.UTF8.GetBytes(name), out var found) || found != number)
        {
            throw new InvalidDataException(
                found < 0 ? $"expected at most {limit} names, found one more: {name}" : $"expected a new name, found {name} again");
        }
    }

    private sealed record Entry(byte[] Name, int Number);
}
