using System.Globalization;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Ecb;

/// <summary>Rates against the euro for every working day since 1999, in a list of currencies that changes.</summary>
internal sealed class EcbBook(World world)
{
    /// <summary>The first fixing.</summary>
    public static readonly LocalDate First = new(1999, 1, 4);

    /// <summary>When a day's rates appear, UTC.</summary>
    private static readonly LocalTime PublishedAt = new(15, 0);

    private static readonly (string Code, double Level, int Decimals, LocalDate Until)[] Currencies =
    [
        ("USD", 1.12, 4, LocalDate.MaxIsoValue), ("JPY", 148, 2, LocalDate.MaxIsoValue), ("BGN", 1.9558, 4, new(2025, 12, 31)),
        ("CZK", 25.1, 3, LocalDate.MaxIsoValue), ("GBP", 0.86, 5, LocalDate.MaxIsoValue), ("HRK", 7.5345, 4, new(2022, 12, 31)),
        ("CHF", 0.97, 4, LocalDate.MaxIsoValue), ("NOK", 11.2, 4, LocalDate.MaxIsoValue), ("CAD", 1.55, 4, LocalDate.MaxIsoValue),
        ("MXN", 20.4, 4, LocalDate.MaxIsoValue), ("BRL", 5.9, 4, LocalDate.MaxIsoValue), ("INR", 92, 4, LocalDate.MaxIsoValue),
    ];

    private readonly Dice _dice = world.Dice.For("ecb");

    /// <summary>The newest day whose rates are out.</summary>
    public static LocalDate Newest(Instant now)
    {
        var utc = now.InUtc().LocalDateTime;
        var date = utc.TimeOfDay >= PublishedAt ? utc.Date : utc.Date.PlusDays(-1);
        while (IsClosed(date))
        {
            date = date.PlusDays(-1);
        }

        return date;
    }

    /// <summary>Weekends, and the holidays of the payment system.</summary>
    public static bool IsClosed(LocalDate date)
    {
        var easterMonday = (date.Year, date) switch
        {
            (2024, _) => new LocalDate(2024, 4, 1),
            (2025, _) => new LocalDate(2025, 4, 21),
            (2026, _) => new LocalDate(2026, 4, 6),
            _ => LocalDate.MinIsoValue.PlusDays(10),
        };
        return date.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday
            || (date.Month, date.Day) is (1, 1) or (5, 1) or (12, 25) or (12, 26)
            || date == easterMonday || date == easterMonday.PlusDays(-3);
    }

    /// <summary>Codes and rates of a day, as printed.</summary>
    public IEnumerable<(string Code, string Rate)> Rates(LocalDate date)
    {
        foreach (var (code, level, decimals, until) in Currencies)
        {
            if (date <= until)
            {
                var drift = 1 + (0.12 * _dice.For(code).Smooth(date.DaysSinceEpoch() / 200.0))
                    + (0.01 * _dice.For(code).Smooth(date.DaysSinceEpoch() / 3.0));
                yield return (code, (level * drift).ToString("F" + decimals, CultureInfo.InvariantCulture));
            }
        }
    }
}
