using System.Collections;

namespace Aurum.Quality.Checks;

/// <summary>Rows that are not on the raster of their operating day: readings at instants, other lengths. Where many series share few
/// intervals, as readings of one moment do, a row costs a word; else it goes to a table by its key.</summary>
internal sealed class OffGridRows : IReadOnlyCollection<OffGridKey>
{
    private const int MostIntervals = 4096;
    private const int FirstCells = 16;

    /// <summary>Words that may be there before a row is, and further ones for each row.</summary>
    private const long FreeCells = 1 << 16;
    private const long CellsPerRow = 4;

    private readonly Dictionary<(long Start, long End), int> _places = [];
    private readonly List<(long Start, long End)> _intervals = [];
    private readonly List<uint[]> _said = [];
    private readonly Dictionary<OffGridKey, uint> _others = [];
    private (long Start, long End) _lastInterval;
    private int _lastPlace = -1;
    private long _cells;

    public int Count { get; private set; }

    /// <param name="series">Number of the series.</param>
    /// <param name="start">Start of the interval.</param>
    /// <param name="end">End of it.</param>
    /// <param name="hash">Of what the row says.</param>
    public Sighting Mark(int series, long start, long end, uint hash)
    {
        // Zero is a cell that was not seen.
        hash = Math.Max(1, hash);
        var place = PlaceOf(start, end);
        if (place >= 0 && series < _said[place].Length && _said[place][series] is not 0 and var said)
        {
            return said == hash ? Sighting.Identical : Sighting.Conflicting;
        }

        var key = new OffGridKey(series, start, end);
        if (_others.Count > 0 && _others.TryGetValue(key, out var other))
        {
            return other == hash ? Sighting.Identical : Sighting.Conflicting;
        }

        Count++;
        if (place >= 0 && HasRoom(place, series))
        {
            _said[place][series] = hash;
        }
        else
        {
            _others.Add(key, hash);
        }

        return Sighting.First;
    }

    public IEnumerator<OffGridKey> GetEnumerator()
    {
        for (var place = 0; place < _said.Count; place++)
        {
            var (start, end) = _intervals[place];
            for (var series = 0; series < _said[place].Length; series++)
            {
                if (_said[place][series] != 0)
                {
                    yield return new OffGridKey(series, start, end);
                }
            }
        }

        foreach (var key in _others.Keys)
        {
            yield return key;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Number of an interval; -1 where there are too many.</summary>
    private int PlaceOf(long start, long end)
    {
        if (_lastPlace >= 0 && _lastInterval == (start, end))
        {
            return _lastPlace;
        }

        if (!_places.TryGetValue((start, end), out var place))
        {
            if (_places.Count == MostIntervals)
            {
                return -1;
            }

            place = _places.Count;
            _places.Add((start, end), place);
            _intervals.Add((start, end));
            _said.Add([]);
        }

        _lastInterval = (start, end);
        return _lastPlace = place;
    }

    private bool HasRoom(int place, int series)
    {
        var cells = _said[place];
        if (series < cells.Length)
        {
            return true;
        }

        var length = Math.Max(series + 1, Math.Max(FirstCells, 2 * cells.Length));
        if (_cells + length - cells.Length > FreeCells + (CellsPerRow * Count))
        {
            return false;
        }

        _cells += length - cells.Length;
        Array.Resize(ref cells, length);
        _said[place] = cells;
        return true;
    }
}
