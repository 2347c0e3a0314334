using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sandbox.Miso;

/// <summary>What the addresses behind the web site show at an instant. Readings come five minutes late, so that a day is shown whole in
/// the first five minutes of the next one.</summary>
/// <param name="Reference">Start of the newest five minutes that are shown, seconds since 1970.</param>
internal readonly record struct MisoMoment(long Reference)
{
    /// <summary>The newest reading of load, fuels, wind and sun.</summary>
    public static MisoMoment OfReadings(Instant now) => new((now.ToUnixTimeSeconds() - 300) / 300 * 300);

    /// <summary>The newest prices: a minute after the end of their interval.</summary>
    public static MisoMoment OfPrices(Instant now) => new((now.ToUnixTimeSeconds() - 360) / 300 * 300);

    public OperatingDay Day => OperatingDay.Of(Instant.FromUnixTimeSeconds(Reference), MarketZones.EasternStandard);

    /// <summary>Start of the clock hour that the reference lies in; EST hours are UTC hours.</summary>
    public long Hour => Reference / 3600 * 3600;

    /// <summary>Starts of the five minutes of a day that are shown.</summary>
    public IEnumerable<long> FiveMinutes(OperatingDay day)
    {
        for (var at = day.Start.ToUnixTimeSeconds(); at < day.End.ToUnixTimeSeconds() && at <= Reference; at += 300)
        {
            yield return at;
        }
    }

    /// <summary>Starts of all hours of a day.</summary>
    public static IEnumerable<long> Hours(OperatingDay day)
    {
        for (var at = day.Start.ToUnixTimeSeconds(); at < day.End.ToUnixTimeSeconds(); at += 3600)
        {
            yield return at;
        }
    }

    /// <summary>Whether an hour has ended, as far as is shown.</summary>
    public bool HasEnded(long hour) => hour + 3600 <= Reference + 300;
}
