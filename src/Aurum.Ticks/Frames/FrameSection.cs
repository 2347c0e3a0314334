namespace Aurum.Ticks.Frames;

/// <summary>What a part of a frame holds. Stored by number: numbers are only ever added.</summary>
internal enum FrameSection : ushort
{
    Names = 1,
    Ticks = 2,
    Bars = 3,
    Prices = 4,
    CurvePoints = 5,
    Letter = 6,
    Checkpoint = 7,
    BatchKey = 8,
    Redriven = 9,
    Watermark = 10,
    Complete = 11,

    /// <summary>The last one: counters, and when the frame was made.</summary>
    End = 12,

    /// <summary>How the letter before it is read again.</summary>
    LetterForm = 13,
}
