using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Sources.Isone;

/// <summary>The seven-day forecasts of sun and wind: one report form, hours down and days across.</summary>
/// <remarks>
/// <para>The first lines of data are headings: weekdays, then <c>Date, Hour Ending</c> and the dates. Behind them a line an hour
/// ending and a column a day; hours that are over, and those beyond the last one, are empty. The T line does not count the
/// headings.</para>
/// <para>No report of a day with a clock change was seen. An hour is read as everywhere in New England's reports, with 02X for the
/// second HE02; HE03 of the 23-hour day is left out, whatever stands there.</para>
/// </remarks>
internal sealed record RenewableForecast(string Id, string Title, string Path, string FileName, string Fuel)
{
    private const int FirstDay = 3;
    private const int HourColumn = 2;
    private const int MostDays = 8;
    private const int LastHour = 24;

    public Feed<GenerationRow> ToFeed() => new()
    {
        Id = new FeedId(Id),
        Title = Title,
        Facts = new FeedFacts(
            $"ISO New England web site, report {FileName}",
            "the hours to come × 8 days, the last of them in part",
            "MW, whole numbers",
            "hour ending, New York clock; issued when the report was made",
            "a new report every morning; all kept, told apart by the time of making"),
        Zone = MarketZones.Eastern,
        Schedule = new Schedule(
            FirstAt: Duration.FromHours(10.5),
            CompleteAt: Duration.FromHours(24),
            RefreshEvery: Duration.FromHours(6),
            CorrectionsFor: Duration.Zero,
            CorrectionChecks: null),
        Contract = IsoContract.Of("ISONE", IsoMarket.DayAhead, IsoProduct.GenerationForecast, MarketZones.Eastern, 60),
        Suite = "iso_genmix",
        RowsLieInDay = false,
        Table = PowerTables.Generation,
        Locate = (day, _) => [IsoneRequests.Report(Path, day, FileName)],
        Recognizes = head => IsoneHeads.IsReport(head, $"Seven Day {Fuel} Power Forecast"),
        Parse = (file, output) => IsoneFile.ParseReport<GenerationRow>(file, output, Read),
    };

    private void Read(ReportCsv report, RowBuffer<GenerationRow> rows)
    {
        // The names of the day columns say nothing: the dates below them do.
        report.Header.Ignore("");
        for (var day = 1; day <= MostDays; day++)
        {
            report.Header.Ignore($"Day {day}");
        }

        var days = ReadDays(report);
        var fuel = new Symbol(Fuel);
        HourEnding? last = null;
        while (report.Read())
        {
            last = CheckOrder(report, last, days[0].Date);
            foreach (var (column, date) in days)
            {
                if (!report[column].IsEmpty && Hour(report, date) is { } hour)
                {
                    rows.Add(new GenerationRow(
                        IsonePlaces.ControlArea, fuel, hour, report.Number(column), report.GeneratedUnixSeconds));
                }
            }
        }

        if (last?.Hour != LastHour)
        {
            throw new FeedFormatException(report.File, $"{report.Line}", $"hours to {LastHour}", $"none behind {last?.Hour ?? 0}");
        }
    }

    /// <summary>The hour of a line, which must be the next one: 01 to 24, and 02X behind 02.</summary>
    private static HourEnding CheckOrder(ReportCsv report, HourEnding? last, LocalDate date)
    {
        var hour = report.Hour(HourColumn, date);
        var next = (last?.Hour ?? 0) + 1;
        return hour.Hour == next && !hour.IsRepeated || hour.IsRepeated && last is { IsRepeated: false } && hour.Hour == last.Value.Hour
            ? hour
            : throw report.Unexpected($"hour {next:00}", report[HourColumn]);
    }

    /// <summary>The interval of the line's hour on a day; null for the hour that the clock jumps over.</summary>
    private static DeliveryInterval? Hour(ReportCsv report, LocalDate date)
    {
        var hour = report.Hour(HourColumn, date);
        var isJumpedOver = !hour.IsRepeated && !TransitionTable.For(MarketZones.Eastern).TryGetHour(date, hour.Hour - 1, false, out _);
        return isJumpedOver ? null : hour.ToInterval(MarketZones.Eastern);
    }

    /// <summary>Reads the headings, up to the dates.</summary>
    private static List<(int Column, LocalDate Date)> ReadDays(ReportCsv report)
    {
        while (report.Read())
        {
            report.IsHeading();
            if (!report[1].SequenceEqual("Date"u8))
            {
                continue;
            }

            if (!report[HourColumn].SequenceEqual("Hour Ending"u8))
            {
                throw report.Unexpected("Hour Ending beside Date", report[HourColumn]);
            }

            var days = new List<(int Column, LocalDate Date)>();
            for (var column = FirstDay; column < report.Count; column++)
            {
                if (!report[column].IsEmpty)
                {
                    days.Add((column, report.Date(column)));
                }
            }

            return days.Count > 0 ? days : throw report.Unexpected("dates behind Hour Ending", report[FirstDay]);
        }

        throw new FeedFormatException(report.File, $"{report.Line}", "a line of dates", "none");
    }
}

/// <summary>ISO New England solar power forecast by hour, as made every morning: see <see cref="RenewableForecast"/>.</summary>
public static class SolarForecast
{
    public static readonly Feed<GenerationRow> Feed = new RenewableForecast(
        "isone/solar-forecast", "ISO New England solar power forecast, seven days", "sphf", "seven_day_solar_power_forecast",
        "Solar").ToFeed();
}

/// <summary>ISO New England wind power forecast by hour, as made every morning: see <see cref="RenewableForecast"/>.</summary>
public static class WindForecast
{
    public static readonly Feed<GenerationRow> Feed = new RenewableForecast(
        "isone/wind-forecast", "ISO New England wind power forecast, seven days", "wphf", "seven_day_wind_power_forecast",
        "Wind").ToFeed();
}
