namespace Aurum.Market.Ticks;

/// <summary>Length of a bar. Stored by number.</summary>
public enum BarInterval
{
    OneMinute = 1,
    FiveMinutes = 2,
    FifteenMinutes = 3,
    OneHour = 4,

    /// <summary>A day of the market's clock: 23, 24 or 25 hours.</summary>
    OneDay = 5,
}
