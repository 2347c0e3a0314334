using Aurum.Market.Feeds;
using Aurum.Market.Series;

namespace Aurum.Sources.Ercot;

/// <summary>The series of a file, named by the publisher's own words: <c>dam_shadow_prices/6056__A/DBIGKEN5/ShadowPrice</c>.</summary>
/// <param name="file">Name for errors.</param>
/// <param name="prefix">Report by the name of its endpoint.</param>
/// <remarks>A slash in a name becomes a bar, so that the parts of a series' name can be told apart.</remarks>
internal sealed class ErcotSeries(string file, string prefix)
{
    private const int MostSeries = 200_000;
    private const int MostNameBytes = 400;
    private const byte Slash = (byte)'/';

    private readonly Utf8Table<SeriesKey> _keys = new(MostSeries);
    private readonly byte[] _name = new byte[MostNameBytes];
    private int _length;

    /// <summary>Begins a name.</summary>
    public ErcotSeries Begin()
    {
        _length = 0;
        return this;
    }

    /// <summary>Adds a part.</summary>
    /// <exception cref="FeedFormatException">An empty part, or a name longer than the limit.</exception>
    public ErcotSeries Add(ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty || _length + part.Length + 1 > MostNameBytes)
        {
            throw new FeedFormatException(file, "", $"a name of 1 to {MostNameBytes} bytes", $"{_length + part.Length}");
        }

        if (_length > 0)
        {
            _name[_length++] = Slash;
        }

        part.CopyTo(_name.AsSpan(_length));
        _name.AsSpan(_length, part.Length).Replace(Slash, (byte)'|');
        _length += part.Length;
        return this;
    }

    /// <summary>The series of the name.</summary>
    /// <param name="unit">Its unit.</param>
    public SeriesKey Key(string unit)
    {
        var name = _name.AsSpan(0, _length);
        if (!_keys.TryGet(name, out var key))
        {
            key = new SeriesKey($"{prefix}/{System.Text.Encoding.UTF8.GetString(name)}", unit);
            _keys.Add(name, key);
        }

        return key;
    }
}
