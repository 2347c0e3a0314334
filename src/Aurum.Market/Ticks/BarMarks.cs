namespace Aurum.Market.Ticks;

/// <summary>Why a bar may not hold all that happened in its window. Stored by number.</summary>
[Flags]
public enum BarMarks
{
    None = 0,

    /// <summary>Its source was first heard after the window began.</summary>
    PartialStart = 1,

    /// <summary>The input ended before the watermark passed the window's end.</summary>
    PartialEnd = 2,
}
