namespace Aurum.Ticks.Frames;

/// <summary>Reads what <see cref="TickFrameWriter"/> wrote.</summary>
public static class TickFrameReader
{
    /// <summary>Bytes at a frame's beginning that tell its length.</summary>
    public const int HeadBytes = 24;

    /// <summary>Most bytes of a frame.</summary>
    public const int MaxBytes = 256 << 20;

    /// <summary>Bytes of the whole frame, its head among them.</summary>
    /// <param name="head">The frame's first <see cref="HeadBytes"/> bytes.</param>
    /// <exception cref="InvalidDataException">No frame, one of another version or layout of ticks, or one that is too long.</exception>
    public static int LengthOf(ReadOnlySpan<byte> head) => throw new NotSupportedException();

    /// <summary>Reads one frame, and checks all of it.</summary>
    /// <param name="frame">The whole frame; kept by what is returned.</param>
    /// <exception cref="InvalidDataException">The bytes are not what was written.</exception>
    public static TickFrame Read(ReadOnlyMemory<byte> frame) => throw new NotSupportedException();
}
