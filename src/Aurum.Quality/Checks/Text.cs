using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Quality.Checks;

/// <summary>How values are written in reports and read in suites.</summary>
internal static class Text
{
    public static string Of(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string OfInstant(long unixSeconds) => InstantPattern.General.Format(Instant.FromUnixTimeSeconds(unixSeconds));

    public static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads <c>2025-11-02</c> (its midnight, UTC) or <c>2025-11-02T07:00:00Z</c>.</summary>
    public static bool TryInstant(string text, out long unixSeconds)
    {
        unixSeconds = 0;
        if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date))
        {
            unixSeconds = date.AtMidnight().InUtc().ToInstant().ToUnixTimeSeconds();
            return true;
        }

        if (InstantPattern.ExtendedIso.Parse(text).TryGetValue(default, out var instant))
        {
            unixSeconds = instant.ToUnixTimeSeconds();
            return true;
        }

        return false;
    }
}
