namespace Aurum.Market.Ticks;

/// <summary>What ticks of one instrument did in the window [<see cref="StartMicros"/>, <see cref="EndMicros"/>) of event time.</summary>
/// <remarks>
/// <para>Open and close are the prices of the first and last tick in the ticks' total order. A bar has at least one tick.</para>
/// <para>The latest <see cref="Revision"/> of an instrument, interval and start counts; earlier ones stay true of their time.</para>
/// </remarks>
public readonly record struct Bar
{
    public required int Instrument { get; init; }

    public required BarInterval Interval { get; init; }

    public required long StartMicros { get; init; }

    public required long EndMicros { get; init; }

    public required double Open { get; init; }

    public required double High { get; init; }

    public required double Low { get; init; }

    public required double Close { get; init; }

    /// <summary>Sum of the known volumes.</summary>
    public required double Volume { get; init; }

    /// <summary>Sum of price times volume by sum of volume; NaN where that is zero.</summary>
    public required double Vwap { get; init; }

    /// <summary>Mean over the seconds from the first tick's to the end of the window: each second has the last price at its end.</summary>
    public required double Twap { get; init; }

    /// <summary>Ticks.</summary>
    public required long Count { get; init; }

    /// <summary>0 at first; one more each time that late ticks change it.</summary>
    public required int Revision { get; init; }

    public required BarMarks Marks { get; init; }
}
