using System.Numerics;

namespace Aurum.Quality.Checks;

/// <summary>What a row is to the rows before it.</summary>
internal enum Sighting
{
    First,

    /// <summary>Key and values were seen before.</summary>
    Identical,

    /// <summary>The key was seen before, with other values.</summary>
    Conflicting,
}

/// <summary>The intervals of one operating day that were seen, by series: one bit each, and a hash of what the row
/// said.</summary>
/// <param name="startUnixSeconds">Start of the day.</param>
/// <param name="endUnixSeconds">End of the day.</param>
/// <param name="intervalSeconds">Length of an interval.</param>
internal sealed class DaySheet(long startUnixSeconds, long endUnixSeconds, int intervalSeconds)
{
    private readonly int _words = Bits.WordsFor((int)((endUnixSeconds - startUnixSeconds) / intervalSeconds));
    private ulong[] _seen = [];
    private uint[] _hashes = [];

    public long StartUnixSeconds { get; } = startUnixSeconds;

    public long EndUnixSeconds { get; } = endUnixSeconds;

    /// <summary>Intervals in the day.</summary>
    public int Intervals { get; } = (int)((endUnixSeconds - startUnixSeconds) / intervalSeconds);

    /// <summary>Series that there is room for; those above were not seen on this day.</summary>
    public int SeriesRoom { get; private set; }

    public Sighting Mark(int series, int interval, uint hash)
    {
        if (series >= SeriesRoom)
        {
            Grow(series);
        }

        ref var word = ref _seen[(series * _words) + (interval >> 6)];
        ref var said = ref _hashes[(series * Intervals) + interval];
        var bit = 1UL << (interval & 63);
        if ((word & bit) == 0)
        {
            word |= bit;
            said = hash;
            return Sighting.First;
        }

        return said == hash ? Sighting.Identical : Sighting.Conflicting;
    }

    /// <summary>How many of the day's intervals were seen of a series.</summary>
    public int CountOf(int series) => series < SeriesRoom ? Bits.Count(_seen.AsSpan(series * _words, _words)) : 0;

    /// <summary>First interval that is missing at or after the given one; <see cref="Intervals"/> where none is.</summary>
    public int NextMissing(int series, int from) => Next(series, from, ulong.MaxValue);

    /// <summary>First interval that was seen at or after the given one; <see cref="Intervals"/> where none was.</summary>
    public int NextSeen(int series, int from) => Next(series, from, 0);

    private int Next(int series, int from, ulong flip)
    {
        for (var word = from >> 6; word < _words; word++)
        {
            var bits =
                (_seen[(series * _words) + word] ^ flip) & (word == from >> 6 ? ulong.MaxValue << (from & 63) : ulong.MaxValue);
            if (bits != 0)
            {
                return Math.Min(Intervals, (word << 6) + BitOperations.TrailingZeroCount(bits));
            }
        }

        return Intervals;
    }

    private void Grow(int series)
    {
        SeriesRoom = Math.Max(series + 1, Math.Max(16, SeriesRoom * 2));
        Array.Resize(ref _seen, SeriesRoom * _words);
        Array.Resize(ref _hashes, checked(SeriesRoom * Intervals));
    }
}
