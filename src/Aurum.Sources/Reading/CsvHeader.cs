using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Text;

namespace Aurum.Sources.Reading;

/// <summary>The names of a CSV file's columns. A parser asks for the columns it needs by name; order and additions do not
/// matter.</summary>
/// <remarks>A missing column fails with <c>spp.csv:1: expected a column LMP, found Settlement Point,LMP_PRICE (nearest:
/// LMP_PRICE)</c>.</remarks>
public sealed class CsvHeader
{
    private readonly string _file;
    private readonly long _line;
    private readonly bool _loose;
    private readonly string[] _keys;
    private readonly bool[] _used;

    internal CsvHeader(string file, long line, IReadOnlyList<string> names, bool loose)
    {
        _file = file;
        _line = line;
        _loose = loose;
        Names = names;
        _keys = [.. names.Select(Key)];
        _used = new bool[names.Count];
    }

    /// <summary>As the publisher writes them, without blanks around them.</summary>
    public IReadOnlyList<string> Names { get; }

    public string NameOf(int column) =>
        column >= 0 && column < Names.Count && Names[column].Length > 0 ? Names[column] : $"column {column + 1}";

    public bool Has(string name) => Array.IndexOf(_keys, Key(name)) >= 0;

    /// <summary>Position of the first of these names that the file has.</summary>
    /// <exception cref="FeedFormatException">None is there.</exception>
    public int Required(params ReadOnlySpan<string> names)
    {
        var column = Optional(names);
        if (column >= 0)
        {
            return column;
        }

        var found = Names.Count == 0 ? "no columns" : string.Join(',', Names);
        var nearest = NearestName.To(names[0], Names);
        throw new FeedFormatException(
            _file,
            $"{_line}",
            $"a column {string.Join(" or ", names.ToArray())}",
            nearest is null ? found : $"{(found.Length > 100 ? found[..100] + "..." : found)} (nearest: {nearest})");
    }

    /// <summary>Position of the first of these names that the file has; -1 where it has none (its fields then read as
    /// empty).</summary>
    /// <exception cref="FeedFormatException">The name stands twice in the header.</exception>
    public int Optional(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var key = Key(name);
            var column = Array.IndexOf(_keys, key);
            if (column < 0)
            {
                continue;
            }

            if (Array.IndexOf(_keys, key, column + 1) >= 0)
            {
                throw new FeedFormatException(_file, $"{_line}", $"one column {name}", "two of that name");
            }

            _used[column] = true;
            return column;
        }

        return -1;
    }

    /// <summary>Marks columns that the feed knows and does not need, all of a name, so that they are not reported as unknown.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var key = Key(name);
            for (var column = 0; column < _keys.Length; column++)
            {
                _used[column] |= _keys[column] == key;
            }
        }
    }

    /// <summary>One note for each column that was neither asked for nor ignored.</summary>
    public IReadOnlyList<string> UnknownColumnNotes()
    {
        var notes = new List<string>();
        for (var i = 0; i < _used.Length; i++)
        {
            if (!_used[i])
            {
                notes.Add($"{_file}: unknown column {NameOf(i)}");
            }
        }

        return notes;
    }

    private string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var c in name.AsSpan().Trim())
        {
            if (!_loose || c is not (' ' or '_'))
            {
                key.Append(char.ToUpperInvariant(c));
            }
        }

        return key.ToString();
    }
}
