using System.Globalization;
using Aurum.Market.Series;
using Aurum.Sandbox.Worlds;
using Aurum.Sources.Fred;
using NodaTime;

namespace Aurum.Sandbox.Fred;

/// <summary>A value as it was published on a day.</summary>
/// <param name="Date">The observation's date.</param>
/// <param name="Published">The day of publication, in St. Louis.</param>
/// <param name="Text">As it is printed: a decimal, or a dot for a holiday.</param>
internal readonly record struct FredVintage(LocalDate Date, LocalDate Published, string Text)
{
    public double Value => Text == "." ? double.NaN : double.Parse(Text, CultureInfo.InvariantCulture);
}

/// <summary>All values of the series that are asked for, with every vintage: daily values are rarely published again, those of months
/// and quarters often, weeks later.</summary>
internal sealed class FredBook(World world)
{
    private static readonly DateTimeZone StLouis = DateTimeZoneProviders.Tzdb["America/Chicago"];

    private readonly Dice _dice = world.Dice.For("fred");

    public IReadOnlyList<FredSeries> Series { get; } = FredSeries.Asked;

    /// <summary>The day in St. Louis whose publications are out: they come at half past eight.</summary>
    public static LocalDate PublishedThrough(Instant now)
    {
        var local = now.InZone(StLouis).LocalDateTime;
        return local.TimeOfDay >= new LocalTime(8, 30) ? local.Date : local.Date.PlusDays(-1);
    }

    /// <summary>Vintages of the observations of a stretch that were published by a day, by observation, then by publication.</summary>
    public IEnumerable<FredVintage> Vintages(FredSeries series, LocalDate first, LocalDate last, LocalDate through)
    {
        var own = _dice.For(series.Id);
        foreach (var date in Dates(series.Frequency, first, last))
        {
            foreach (var vintage in Vintages(own, series, date).Where(v => v.Published <= through))
            {
                yield return vintage;
            }
        }
    }

    private static IEnumerable<LocalDate> Dates(SeriesFrequency frequency, LocalDate first, LocalDate last)
    {
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            var isOne = frequency switch
            {
                SeriesFrequency.Daily => date.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday),
                SeriesFrequency.Weekly => date.DayOfWeek == IsoDayOfWeek.Monday,
                SeriesFrequency.Monthly => date.Day == 1,
                _ => date.Day == 1 && date.Month % 3 == 1,
            };
            if (isOne)
            {
                yield return date;
            }
        }
    }

    private static IEnumerable<FredVintage> Vintages(Dice own, FredSeries series, LocalDate date)
    {
        var number = date.DaysSinceEpoch();
        var (lag, chance, later) = series.Frequency switch
        {
            SeriesFrequency.Daily => (1, 0.08, 2),
            SeriesFrequency.Weekly => (1, 0.1, 7),
            SeriesFrequency.Monthly => (43, 0.5, 30),
            _ => (119, 0.7, 28),
        };
        var published = date.PlusDays(lag);
        var isHoliday = series.Frequency == SeriesFrequency.Daily && (date.Month, date.Day) is (1, 1) or (7, 4) or (12, 25);
        yield return new FredVintage(date, published, isHoliday ? "." : Text(own, series, number, 0));
        if (!isHoliday && own.Unit(number) < chance)
        {
            yield return new FredVintage(date, published.PlusDays(later), Text(own, series, number, 1));
            if (own.Unit(number + 70_000) < 0.2)
            {
                yield return new FredVintage(date, published.PlusDays(2 * later), Text(own, series, number, 2));
            }
        }
    }

    /// <summary>Around a level of the series' own, moving slowly; each vintage a little off the one before.</summary>
    private static string Text(Dice own, FredSeries series, long number, int vintage)
    {
        var level = 2 + (98 * own.Unit(-1));
        var value = level * (1 + (0.2 * own.Smooth(number / 90.0)) + (0.02 * own.Smooth(number / 5.0)));
        var decimals = series.Frequency is SeriesFrequency.Daily or SeriesFrequency.Weekly ? 2 : 3;
        return Math.Round((decimal)(value * (1 + (0.004 * vintage))), decimals)
            .ToString(decimals == 2 ? "0.00" : "0.000", CultureInfo.InvariantCulture);
    }
}
