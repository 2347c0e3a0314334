using System.Text;
using System.Text.Unicode;
using Aurum.Market.Feeds;
using Aurum.Market.Power;

namespace Aurum.Sources.Reading;

/// <summary>The one object for each name that a file's rows repeat: places, fuels, products, series.</summary>
/// <param name="file">Name for errors.</param>
/// <param name="make">Makes the object at the first sight of a name (without blanks around it).</param>
/// <param name="limit">Distinct names that are accepted.</param>
public sealed class NameTable<T>(string file, Func<string, T> make, int limit = Utf8Table<T>.DefaultLimit)
    where T : class
{
    private readonly Utf8Table<T> _table = new(limit);
    private byte[] _lastText = new byte[64];
    private int _lastLength;
    private T? _last;

    public IEnumerable<T> Values => _table.Values;

    /// <summary>The object for a name, made at its first sight.</summary>
    /// <param name="text">The name.</param>
    /// <param name="line">For errors; 0 where there is none.</param>
    /// <exception cref="FeedFormatException">An empty name, a name that is not UTF-8, or more names than the limit.</exception>
    public T Of(ReadOnlySpan<byte> text, long line = 0) => Find(text) ?? Add(text, line);

    /// <summary>The object for a name that was seen before; null for a new one.</summary>
    public T? Find(ReadOnlySpan<byte> text)
    {
        if (_last is not null && text.SequenceEqual(_lastText.AsSpan(0, _lastLength)))
        {
            return _last;
        }

        if (!_table.TryGet(text, out var value))
        {
            return null;
        }

        if (_lastText.Length < text.Length)
        {
            _lastText = new byte[text.Length];
        }

        text.CopyTo(_lastText);
        _lastLength = text.Length;
        return _last = value;
    }

    /// <inheritdoc cref="Of"/>
    public T Add(ReadOnlySpan<byte> text, long line)
    {
        var place = line > 0 ? $"{line}" : "";
        if (!Utf8.IsValid(text))
        {
            throw new FeedFormatException(file, place, "UTF-8 text", Encoding.Latin1.GetString(text));
        }

        var name = Encoding.UTF8.GetString(text).Trim();
        if (name.Length == 0)
        {
            throw new FeedFormatException(file, place, "a name", "nothing");
        }

        if (_table.Count >= limit)
        {
            throw new FeedFormatException(file, place, $"at most {limit} distinct names", "more");
        }

        var value = make(name);
        _table.Add(text, value);
        return value;
    }
}

/// <summary>Makers of the tables that most feeds need.</summary>
public static class NameTables
{
    public static NameTable<Location> Locations(string file, Func<string, LocationType> typeOf) =>
        new(file, name => new Location(name, typeOf(name)));

    public static NameTable<Symbol> Symbols(string file) => new(file, static name => new Symbol(name), limit: 10_000);
}
