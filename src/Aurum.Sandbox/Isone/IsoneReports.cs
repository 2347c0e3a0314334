using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Isone;

/// <summary>The CSV reports of the web site: lines that begin with C, H, D or T.</summary>
/// <remarks>The T line counts the D lines that are really there, headings not among them, and has no line end.</remarks>
internal static class IsoneReports
{
    /// <summary>Days across in a forecast; the last one has the hours to the one that the first begins at.</summary>
    private const int ForecastDays = 8;

    private static readonly RowForm Lines = new("\"D\",", "\n", "", ",0");

    /// <summary>Hourly prices of all places.</summary>
    /// <param name="book">Where they stand.</param>
    /// <param name="report">Which report.</param>
    /// <param name="state">The instant whose corrections it has.</param>
    /// <param name="moment">When it is asked for.</param>
    public static byte[] Prices(PriceBook book, IsonePriceReport report, Instant state, Moment moment) => Report(
        moment,
        writer =>
        {
            var date = IsoneText.Date(report.Day.Date);
            Comments(writer, report.Title, report.FileName, $"for: {date} - {date}", $"generated: {IsoneText.ReportStamp(report.Made)}");
            writer.Text("\"H\",\"Date\",\"Hour Ending\",\"Location ID\",\"Location Name\",\"Location Type\","
                + $"\"{Name(writer, "Locational Marginal Price")}\",\"Energy Component\",\"Congestion Component\","
                + $"\"Marginal Loss Component\"{Added(writer, ",\"Remark\"")}\n"
                + "\"H\",\"Date\",\"HE\",\"String\",\"String\",\"String\",\"Number\",\"Number\",\"Number\",\"Number\""
                + $"{Added(writer, ",\"Number\"")}\n");
        },
        writer =>
        {
            var places = book.Corrected(report.Day, state);
            foreach (var start in book.Starts(report.Day, moment.Now))
            {
                var states = book.States(start);
                var hour = report.QuotesHours ? $"\"{HourOf(start)}\"" : HourOf(start);
                var labels = $"\"{IsoneText.Date(report.Day.Date)}\",{hour}";
                foreach (var (place, correction) in places)
                {
                    var price = book.Price(states, place, correction);
                    writer.Begin(start, place);
                    writer.Text($"{labels},\"{place.PublisherId}\",\"{place.Id}\",\"{place.TypeText}\",");
                    writer.Value();
                    IsoneText.ReportNumber(writer, price.Lmp);
                    foreach (var part in (ReadOnlySpan<long>)[price.Energy, price.Congestion, price.Loss])
                    {
                        writer.Byte((byte)',');
                        IsoneText.ReportNumber(writer, part);
                    }

                    writer.End();
                }
            }
        });

    /// <summary>The solar or wind forecast that is made on a day: hours down, days across. Hours that are over, and hours that a day
    /// does not have, are empty.</summary>
    public static byte[] Forecast(IsoneBooks books, bool isWind, OperatingDay day, Moment moment)
    {
        var kind = isWind ? "Wind" : "Solar";
        var made = IsoneIssues.Report(day);
        var days = Enumerable.Range(0, ForecastDays).Select(i => new OperatingDay(day.Date.PlusDays(i), day.Zone)).ToArray();
        var hours = days.Select(d => IsoneBooks.Hours(d).Where(h => IsForecast(h, day)).ToDictionary(HourOf)).ToArray();
        return Report(moment, writer =>
        {
            Comments(writer, $"ISO New England Inc. Seven Day {kind} Power Forecast Report",
                $"seven_day_{(isWind ? "wind" : "solar")}_power_forecast_{day.Date:uuuuMMdd}.csv",
                $"for {IsoneText.Date(day.Date)}", $"generated {IsoneText.ReportStamp(made)}");
            var numbers = string.Join(',', Enumerable.Range(1, ForecastDays).Select(i => $"\"Day {i}\""));
            writer.Text($"\"H\",\"\",,{numbers}{Added(writer, ",\"Remark\"")}\n");
            writer.Text($"\"D\",\"Day\",,{Quoted(days, d => d.Date.DayOfWeek.ToString()[..3])}{Added(writer, ",")}\n");
            writer.Text($"\"D\",\"Date\",\"{Name(writer, "Hour Ending")}\",{Quoted(days, d => IsoneText.Date(d.Date))}"
                + $"{Added(writer, ",")}\n");
        }, writer =>
        {
            foreach (var hour in Labels(hours))
            {
                writer.Begin(hours.Where(h => h.ContainsKey(hour)).Select(h => h[hour]).FirstOrDefault());
                writer.Text($",{hour}");
                writer.Value();
                foreach (var ofDay in hours)
                {
                    writer.Byte((byte)',');
                    if (ofDay.TryGetValue(hour, out var start))
                    {
                        writer.Whole(books.RenewableForecast(isWind, start, made));
                    }
                }

                writer.End();
            }
        });
    }

    /// <summary>The hours that a forecast made on a day has: from the running one on, for seven days of the clock.</summary>
    public static IEnumerable<long> ForecastHours(OperatingDay made) =>
        Enumerable.Range(0, ForecastDays)
            .SelectMany(i => IsoneBooks.Hours(new OperatingDay(made.Date.PlusDays(i), made.Zone)))
            .Where(hour => IsForecast(hour, made));

    private static bool IsForecast(long hour, OperatingDay made)
    {
        var first = Local(IsoneIssues.Report(made)).With(TimeAdjusters.TruncateToHour);
        var local = Local(hour);
        return local >= first && local < first.PlusDays(ForecastDays - 1);
    }

    private static LocalDateTime Local(long unixSeconds) =>
        Instant.FromUnixTimeSeconds(unixSeconds).InZone(MarketZones.Eastern).LocalDateTime;

    /// <summary>Hour ending: 01 to 24, 02X for the second of two hours of one name.</summary>
    private static string HourOf(long start)
    {
        var hour = HourEnding.FromInterval(DeliveryInterval.FromUnixSeconds(start, IsoneBooks.HourSeconds), MarketZones.Eastern);
        return $"{hour.Hour:00}{(hour.IsRepeated ? "X" : "")}";
    }

    private static IEnumerable<string> Labels(Dictionary<string, long>[] days) =>
        Enumerable.Range(1, 24).Select(hour => $"{hour:00}").Concat(days.SelectMany(d => d.Keys).Where(k => k.EndsWith('X')))
            .Distinct().Order(StringComparer.Ordinal);

    private static string Quoted(OperatingDay[] days, Func<OperatingDay, string> text) =>
        string.Join(',', days.Select(d => $"\"{text(d)}\""));

    private static void Comments(RowWriter writer, string title, string fileName, string period, string made) =>
        writer.Text($"\"C\",\"{title}\"\n\"C\",\"Filename: {fileName}\"\n\"C\",\"Report {period}\"\n\"C\",\"Report {made}\"\n");

    private static byte[] Report(Moment moment, Action<RowWriter> writeHead, Action<RowWriter> writeRows)
    {
        using var stream = new MemoryStream();
        var writer = new RowWriter(stream, Lines, moment.Tampering);
        writeHead(writer);
        writer.Flush();
        var head = (int)stream.Length;
        writeRows(writer);
        writer.Flush();
        var rows = stream.GetBuffer().AsSpan(head, (int)stream.Length - head).Count((byte)'\n');
        writer.Text($"\"T\",\"{rows} lines\"");
        writer.Flush();
        return stream.ToArray();
    }

    private static string Added(RowWriter writer, string text) => writer.Tampering.AddsColumn ? text : "";

    private static string Name(RowWriter writer, string name)
    {
        if (!writer.Tampering.RenamesColumn)
        {
            return name;
        }

        writer.Tampering.Note($"{name} is called Renamed {name}");
        return "Renamed " + name;
    }
}

/// <summary>A report of hourly prices of a day.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="Day">The day.</param>
internal sealed record IsonePriceReport(string FileName, OperatingDay Day)
{
    public string Title { get; init; } = "";

    /// <summary>When it was made, seconds since 1970.</summary>
    public long Made { get; init; }

    /// <summary>Whether its hours stand in quotes, as in day-ahead reports.</summary>
    public bool QuotesHours { get; init; }
}
