using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Worlds;

/// <summary>What a publisher mends afterwards: for a few (place, operating day) pairs, one or two days after the day's end, once
/// or twice.</summary>
/// <param name="dice">The dataset's chance.</param>
/// <param name="share">Share of pairs that are mended, 0 to 1.</param>
/// <param name="size">Largest change: USD/MWh for prices, a share of the value for quantities.</param>
/// <param name="finalAt">When the final values of a day take the place of the preliminary ones, of all places at once; null: each
/// pair is mended at a time of its own.</param>
public sealed class Corrections(Dice dice, double share, double size, Func<OperatingDay, Instant>? finalAt = null)
{
    /// <summary>Nothing is ever mended.</summary>
    public static readonly Corrections None = new(new Dice(0), 0, 0);

    /// <summary>The change that holds at an instant; 0 before the first correction.</summary>
    public double At(ulong place, OperatingDay day, Instant now)
    {
        var own = dice.For(place);
        var number = day.Date.DaysSinceEpoch();
        if (own.Unit(number) >= share)
        {
            return 0;
        }

        return now < First(own, day) ? 0 : now < Second(own, day) ? Amount(own, number) : Amount(own, number + 500_000);
    }

    /// <summary>The instants at which the pair's values change.</summary>
    public IReadOnlyList<Instant> Moments(ulong place, OperatingDay day)
    {
        var own = dice.For(place);
        if (own.Unit(day.Date.DaysSinceEpoch()) >= share)
        {
            return [];
        }

        return Second(own, day) == Instant.MaxValue ? [First(own, day)] : [First(own, day), Second(own, day)];
    }

    /// <summary>With the final values, or else 22 to 34 hours after the day's end.</summary>
    private Instant First(Dice own, OperatingDay day) => finalAt is not null
        ? finalAt(day)
        : day.End + Duration.FromMinutes(1320 + own.Below(day.Date.DaysSinceEpoch() + 100_000, 720));

    /// <summary>For one pair in five: half a day later.</summary>
    private Instant Second(Dice own, OperatingDay day) =>
        finalAt is null && own.Unit(day.Date.DaysSinceEpoch() + 200_000) < 0.2
            ? First(own, day) + Duration.FromHours(12)
            : Instant.MaxValue;

    private double Amount(Dice own, long number) => size * ((2 * own.Unit(number + 300_000)) - 1);
}
