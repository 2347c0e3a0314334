using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Isone;

/// <summary>How ISO New England writes instants and numbers.</summary>
internal static class IsoneText
{
    /// <summary><c>2024-11-03T01:00:00.000-04:00</c>.</summary>
    public static string Stamp(long unixSeconds)
    {
        var at = LocalLabel.Of(unixSeconds, MarketZones.Eastern);
        var offset = -at.OffsetSeconds / 3600;
        return $"{at.Year:0000}-{at.Month:00}-{at.Day:00}T{at.Hour:00}:{at.Minute:00}:{at.Second:00}.000-{offset:00}:00";
    }

    /// <summary>Midnight at the beginning of a day.</summary>
    public static string Stamp(OperatingDay day) => Stamp(day.Start.ToUnixTimeSeconds());

    /// <summary><c>02/25/2025 10:02:35 EST</c>.</summary>
    public static string ReportStamp(long unixSeconds)
    {
        var at = LocalLabel.Of(unixSeconds, MarketZones.Eastern);
        var zone = at.IsSummer(-5) ? "EDT" : "EST";
        return $"{at.Month:00}/{at.Day:00}/{at.Year:0000} {at.Hour:00}:{at.Minute:00}:{at.Second:00} {zone}";
    }

    public static string Date(LocalDate date) => $"{date.Month:00}/{date.Day:00}/{date.Year:0000}";

    /// <summary>A price in a report: one decimal where the second would be a zero.</summary>
    public static void ReportNumber(RowWriter writer, long hundredths)
    {
        if (hundredths % 10 == 0)
        {
            writer.Fixed(hundredths / 10, 1, cutZeros: false);
        }
        else
        {
            writer.Fixed(hundredths, 2, cutZeros: false);
        }
    }
}
