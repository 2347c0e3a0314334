using Microsoft.Win32.SafeHandles;

namespace Aurum.Store.Ticks;

/// <summary>Limits of a journal. Checked when it opens.</summary>
public sealed record TickJournalOptions
{
    /// <summary>Bytes after which a segment is full, 64 KiB to 1 GiB; default 64 MiB. The frame that fills it is written whole.</summary>
    public int SegmentBytes { get; init; } = 64 << 20;

    /// <summary>Bytes of the largest frame, 1 KiB to 1 GiB; default 64 MiB.</summary>
    public int MaxFrameBytes { get; init; } = 64 << 20;

    /// <summary>Bytes of the largest snapshot, 1 KiB to 2,147,483,000; default 1 GiB.</summary>
    public int MaxSnapshotBytes { get; init; } = 1 << 30;

    /// <summary>Bytes of all segments together beyond which frames are refused until some are released, from
    /// <see cref="SegmentBytes"/>; default 64 GiB.</summary>
    public long MaxBytes { get; init; } = 64L << 30;

    /// <summary>Writes bytes at a place of a file: the wall behind which the disk is.</summary>
    internal WriteAt Write { get; init; } = static (file, bytes, position) => RandomAccess.Write(file, bytes, position);

    /// <exception cref="ArgumentOutOfRangeException">A value outside of its range.</exception>
    internal void Check()
    {
        Range(SegmentBytes, 64 << 10, 1 << 30, nameof(SegmentBytes));
        Range(MaxFrameBytes, 1 << 10, 1 << 30, nameof(MaxFrameBytes));
        Range(MaxSnapshotBytes, 1 << 10, 2_147_483_000, nameof(MaxSnapshotBytes));
        Range(MaxBytes, SegmentBytes, long.MaxValue, nameof(MaxBytes));
    }

    private static void Range(long value, long from, long to, string name)
    {
        if (value < from || value > to)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {from} to {to}");
        }
    }
}

/// <summary>Writes all bytes, or throws.</summary>
internal delegate void WriteAt(SafeFileHandle file, ReadOnlySpan<byte> bytes, long position);
