namespace Aurum.Market.Time;

/// <summary>Finds the stretch of a line of time that a second lies in. The stretches follow each other without a gap.</summary>
/// <remarks>The line is cut into buckets of 48 days; a bucket knows the stretch it begins in, and a few steps ahead lead to the
/// right one. Reads only, so any number of threads may share it.</remarks>
internal sealed class StretchIndex
{
    private const int BucketBits = 22;

    private readonly long _start;
    private readonly long _end;
    private readonly long[] _ends;
    private readonly int[] _buckets;

    /// <param name="start">Where the first stretch begins.</param>
    /// <param name="ends">Where each ends and the next begins.</param>
    public StretchIndex(long start, long[] ends)
    {
        _start = start;
        _end = ends[^1];
        _ends = ends;
        _buckets = new int[((_end - _start) >> BucketBits) + 1];
        for (var bucket = 1; bucket < _buckets.Length; bucket++)
        {
            _buckets[bucket] = Advance(_buckets[bucket - 1], _start + ((long)bucket << BucketBits));
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">Before the first stretch or after the last.</exception>
    public int Find(long seconds)
    {
        if (seconds < _start || seconds >= _end)
        {
            throw new ArgumentOutOfRangeException(
                nameof(seconds), LocalSeconds.Text(seconds), "expected a time from 1900 to 2199");
        }

        return Advance(_buckets[(seconds - _start) >> BucketBits], seconds);
    }

    private int Advance(int stretch, long seconds)
    {
        while (seconds >= _ends[stretch])
        {
            stretch++;
        }

        return stretch;
    }
}
