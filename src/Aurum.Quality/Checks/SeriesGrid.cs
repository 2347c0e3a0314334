using System.Numerics;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Quality.Checks;

/// <summary>Which intervals of which series were seen, and what their rows said: with it duplicates, gaps and missing intervals
/// are found. A row on the raster of its operating day costs a bit and a word; any other goes to a table.</summary>
/// <remarks>Values are compared by a hash of 32 bits: of four billion conflicting rows, one passes for identical.</remarks>
internal sealed class SeriesGrid(GridShape shape, IReadOnlyList<ColumnData> columns)
{
    /// <summary>Days that are kept by raster; rows of further days go to the table.</summary>
    private const int MaxSheets = 1024;

    // The years that a delivery interval is valid for.
    private const long MinUnixSeconds = -2_208_988_800;
    private const long MaxUnixSeconds = 7_258_118_400;

    private readonly List<DaySheet> _sheets = [];
    private readonly OffGridRows _offGrid = new();
    private readonly SeriesNames _names = new(shape, columns);
    private int[] _series = [];
    private uint[] _hashes = [];
    private ulong[] _duplicates = [];
    private ulong[] _conflicts = [];
    private DaySheet? _current;

    public GridShape Shape => shape;

    /// <summary>The days seen, in the order of their first row.</summary>
    public IReadOnlyList<DaySheet> Sheets => _sheets;

    /// <summary>The sheet of a day; null where the batch has no row of it.</summary>
    public DaySheet? SheetOf(OperatingDay day) => _sheets.Find(s => s.StartUnixSeconds == day.Start.ToUnixTimeSeconds());

    /// <summary>Rows whose interval is not one of the feed's own.</summary>
    public IReadOnlyCollection<OffGridKey> OffGrid => _offGrid;

    /// <summary>Rows of the batch whose key was seen before.</summary>
    public ReadOnlySpan<ulong> Duplicates => _duplicates;

    /// <summary>Rows of the batch whose key was seen before with other values.</summary>
    public ReadOnlySpan<ulong> Conflicts => _conflicts;

    public string NameOf(int series) => _names.NameOf(series);

    public void Reset(int rows)
    {
        if (_series.Length < rows)
        {
            _series = new int[rows];
            _hashes = new uint[rows];
            _duplicates = new ulong[Bits.WordsFor(rows)];
            _conflicts = new ulong[Bits.WordsFor(rows)];
        }
    }

    public void Observe(int count)
    {
        _names.Number(_series.AsSpan(0, count));
        HashValues(_hashes.AsSpan(0, count));
        _duplicates.AsSpan().Clear();
        _conflicts.AsSpan().Clear();
        var starts = ((InstantData)columns[shape.Start]).Values.AsSpan(0, count);
        var ends = ((InstantData)columns[shape.End]).Values.AsSpan(0, count);
        for (var row = 0; row < starts.Length; row++)
        {
            var sighting = Place(_series[row], starts[row], ends[row], _hashes[row]);
            if (sighting != Sighting.First)
            {
                _duplicates[row >> 6] |= 1UL << (row & 63);
                _conflicts[row >> 6] |= (sighting == Sighting.Conflicting ? 1UL : 0UL) << (row & 63);
            }
        }
    }

    private Sighting Place(int series, long start, long end, uint hash)
    {
        if (end - start == shape.IntervalSeconds && shape.IntervalSeconds > 0 && SheetOf(start) is { } sheet)
        {
            var offset = (uint)(start - sheet.StartUnixSeconds);
            var interval = offset / (uint)shape.IntervalSeconds;
            if (interval * (uint)shape.IntervalSeconds == offset && interval < (uint)sheet.Intervals)
            {
                return sheet.Mark(series, (int)interval, hash);
            }
        }

        return _offGrid.Mark(series, start, end, hash);
    }

    private DaySheet? SheetOf(long start)
    {
        if (_current is { } current && start >= current.StartUnixSeconds && start < current.EndUnixSeconds)
        {
            return current;
        }

        foreach (var sheet in _sheets)
        {
            if (start >= sheet.StartUnixSeconds && start < sheet.EndUnixSeconds)
            {
                return _current = sheet;
            }
        }

        if (_sheets.Count == MaxSheets || start is < MinUnixSeconds or >= MaxUnixSeconds)
        {
            return null;
        }

        var day = OperatingDay.Of(Instant.FromUnixTimeSeconds(start), shape.Zone);
        _current = new DaySheet(day.Start.ToUnixTimeSeconds(), day.End.ToUnixTimeSeconds(), shape.IntervalSeconds);
        _sheets.Add(_current);
        return _current;
    }

    private void HashValues(Span<uint> hashes)
    {
        hashes.Clear();
        foreach (var slot in shape.Numbers)
        {
            var values = ((NumberData)columns[slot]).Values.AsSpan(0, hashes.Length);
            for (var row = 0; row < hashes.Length; row++)
            {
                // Adding zero makes minus zero the same number as zero.
                hashes[row] = Mix(hashes[row], BitConverter.DoubleToUInt64Bits(values[row] + 0.0));
            }
        }

        foreach (var slot in shape.Texts)
        {
            var codes = ((TextData)columns[slot]).Codes.AsSpan(0, hashes.Length);
            for (var row = 0; row < hashes.Length; row++)
            {
                hashes[row] = Mix(hashes[row], (ulong)codes[row]);
            }
        }
    }

    private static uint Mix(uint hash, ulong value) =>
        (uint)(((BitOperations.RotateLeft(hash, 13) ^ value ^ (value << 32)) * 0x9E3779B97F4A7C15) >> 32);
}

/// <summary>A row outside the raster: series and interval.</summary>
internal readonly record struct OffGridKey(int Series, long Start, long End);
