using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Api.Requests;

/// <summary>Reads the times that callers write: an ISO 8601 instant with its offset, or a date.</summary>
public static class TimeText
{
    /// <summary>The forms that are accepted, for messages.</summary>
    public const string Forms = "an instant like 2025-11-02T07:00:00Z or 2025-11-02T00:00:00-07:00, or a date like 2025-11-02";

    /// <summary>Years that the store can hold; anything else is a slip.</summary>
    public const int FirstYear = 1900;

    public const int LastYear = 2199;

    private static readonly InstantPattern Utc = InstantPattern.ExtendedIso;
    private static readonly OffsetDateTimePattern WithOffset =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFFFFFo<G>");

    private static readonly OffsetDateTimePattern Minutes =
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<G>");

    /// <summary>An instant, or a date and null; false where it is neither, or outside the years that the store holds.</summary>
    public static bool TryParse(string text, out Instant instant, out LocalDate? date)
    {
        date = null;
        instant = default;
        if (LocalDatePattern.Iso.Parse(text) is { Success: true } day)
        {
            date = day.Value;
            return day.Value.Year is >= FirstYear and <= LastYear;
        }

        if (Utc.Parse(text) is { Success: true } utc)
        {
            instant = utc.Value;
            return IsInRange(instant);
        }

        var local = WithOffset.Parse(text) is { Success: true } seconds ? seconds : Minutes.Parse(text);
        if (!local.Success)
        {
            return false;
        }

        instant = local.Value.ToInstant();
        return IsInRange(instant);
    }

    /// <summary>The last instant of a date in UTC that the store can tell from the next: a microsecond before midnight.</summary>
    public static Instant EndOf(LocalDate date) =>
        date.PlusDays(1).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant() - Duration.FromNanoseconds(1000);

    private static bool IsInRange(Instant instant) => instant.InUtc().Year is >= FirstYear and <= LastYear;
}
