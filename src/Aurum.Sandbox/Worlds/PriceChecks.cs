using NodaTime;

namespace Aurum.Sandbox.Worlds;

/// <summary>Checks that a publisher makes of its own real-time prices every quarter of an hour: one of the three five-minute intervals
/// of each quarter is first shown with a provisional price, and mended some minutes after the quarter's end.</summary>
/// <remarks>The price after the check is the one that the world has without checks: only what is shown before it differs. A pure
/// function of seed, place and instant, like the world: a publisher that is started again mends the same prices at the same
/// minutes.</remarks>
/// <param name="dice">The market's chance.</param>
/// <param name="sizeUsdPerMwh">Largest error of a provisional price, on the congestion part; the least is a quarter of it.</param>
/// <param name="delayMinutes">From the end of a quarter of an hour to its check: longer than the release of its last interval.</param>
public sealed class PriceChecks(Dice dice, double sizeUsdPerMwh, int delayMinutes)
{
    private const int QuarterSeconds = 900;
    private const int IntervalSeconds = 300;
    private const int Intervals = QuarterSeconds / IntervalSeconds;

    /// <summary>What the shown price of an interval is off by, USD/MWh: 0 where it never was, and from its check on.</summary>
    public double ErrorUsdPerMwh(ulong place, long startUnixSeconds, Instant now)
    {
        if (CheckedAt(startUnixSeconds) is not { } check || now >= check)
        {
            return 0;
        }

        var own = dice.For(place);
        var quarter = startUnixSeconds / QuarterSeconds;
        var size = sizeUsdPerMwh * (0.25 + (0.75 * own.Unit(quarter)));
        return own.Unit(quarter + 900_000_000) < 0.5 ? -size : size;
    }

    /// <summary>When the interval is mended; null where its first price stands.</summary>
    public Instant? CheckedAt(long startUnixSeconds)
    {
        var quarter = startUnixSeconds / QuarterSeconds;
        return startUnixSeconds % QuarterSeconds / IntervalSeconds == dice.Below(quarter, Intervals)
            ? Instant.FromUnixTimeSeconds(((quarter + 1) * QuarterSeconds) + (delayMinutes * 60))
            : null;
    }
}
