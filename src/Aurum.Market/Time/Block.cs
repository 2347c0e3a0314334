namespace Aurum.Market.Time;

/// <summary>Which hours of a day a price is for. 5x16, 2x16 and 7x8 make up 7x24 without overlap; so do on-peak and
/// off-peak.</summary>
public enum Block
{
    /// <summary>7x24: every hour.</summary>
    AllHours,

    /// <summary>The market's own peak: 5x16 in the east and Texas, 6x16 in the west.</summary>
    OnPeak,

    /// <summary>Every other hour: nights, weekends and holidays.</summary>
    OffPeak,

    /// <summary>5x16: peak hours of Monday to Friday, holidays excepted.</summary>
    FiveBySixteen,

    /// <summary>2x16: peak hours of weekends and holidays.</summary>
    TwoBySixteen,

    /// <summary>7x8: the night hours of every day; seven of them when the clock jumps ahead, nine when it goes back.</summary>
    SevenByEight,

    /// <summary>7x16: peak hours of every day, holidays included; all but 7x8.</summary>
    SevenBySixteen,
}
