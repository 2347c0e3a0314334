using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Miso;

/// <summary>Reads the market reports of prices: title, date, a blank line in most, a line on the clock; then a row for each node and
/// part with 24 hours, first all prices (LMP), then all congestion parts (MCC), then all loss parts (MLC).</summary>
/// <remarks>
/// <para>Numbers: day-ahead files drop zeros on both sides (<c>.6</c>, <c>10</c>), real-time files have two decimals always.</para>
/// <para>There is no energy part: it is what congestion and loss leave of the price.</para>
/// <para>All nodes have all parts. An answer in which one lacks a part is a cut one, as files do not say how many rows they have; a
/// file that a person hands over may have been thinned out.</para>
/// </remarks>
internal static class LmpReport
{
    private const string Clock = "Eastern Standard Time";
    private const int Hours = 24;

    private static readonly CsvOptions Form = new() { HasHeader = false };

    /// <summary>The request for a day: <c>/20261001_da_expost_lmp.csv</c>.</summary>
    public static FeedRequest Request(OperatingDay day, string name) =>
        new(MisoFeeds.Reports.Name, $"/{day.Date:uuuuMMdd}_{name}.csv", $"{day.Date:uuuuMMdd}_{name}.csv");

    /// <summary>Whether a file begins with the title.</summary>
    /// <param name="head">The beginning.</param>
    /// <param name="title">Letters of the title, without blanks.</param>
    public static bool Recognizes(FileHead head, string title) =>
        IsTitle(head.FirstLine, title) && head.Has("Node,Type,Value,");

    /// <exception cref="FeedFormatException">Not such a report, or one of another day.</exception>
    public static ParseResult Parse(FeedFile file, IRowOutput<LmpRow> output, string title)
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "a market report", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } refusal)
        {
            return refusal;
        }

        using var csv = new CsvReader(entry.Content, entry.Name, Form);
        var date = ReadPreamble(csv, title, file.Day?.Date, out var header);
        var nodes = new NodeDays(csv, header);
        while (csv.Read())
        {
            if (csv.Count != header.Names.Count)
            {
                throw new FeedFormatException(csv.File, $"{csv.Line}", $"{header.Names.Count} fields as in the header", $"{csv.Count}");
            }

            nodes.Add();
        }

        if (csv.EndsInLine && file.IsAnswer)
        {
            throw new FeedFormatException(csv.File, $"{csv.Line}", "a line end", "the end of the file: it may be cut");
        }

        if (file.IsAnswer)
        {
            nodes.RequireAllParts();
        }

        var rows = new RowBuffer<LmpRow>(output);
        nodes.Give(rows, HoursOf(date));
        rows.Flush();
        return rows.Total == 0
            ? ParseResult.ProvenEmpty($"{file.Name} has a header and no price")
            : ParseResult.DataWith([.. nodes.Notes(), .. header.UnknownColumnNotes()]);
    }

    private static DeliveryInterval[] HoursOf(LocalDate date) =>
        [.. Enumerable.Range(1, Hours).Select(hour => new HourEnding(date, hour).ToInterval(MarketZones.EasternStandard))];

    /// <summary>Reads the lines before the rows.</summary>
    private static LocalDate ReadPreamble(CsvReader csv, string title, LocalDate? asked, out CsvHeader header)
    {
        if (!csv.Read() || !IsTitle(csv.Text(0), title))
        {
            throw Unexpected(csv, $"a title with {title}");
        }

        if (!csv.Read() || !Stamps.TryParseDate(csv[0], out var date))
        {
            throw Unexpected(csv, "a date like 10/01/2026");
        }

        if (asked is { } day && day != date)
        {
            throw new FeedFormatException(csv.File, $"{csv.Line}", $"the date {day:uuuu-MM-dd}", $"{date:uuuu-MM-dd}");
        }

        var clock = false;
        while (csv.Read())
        {
            if (csv.Count > Hours)
            {
                header = new CsvHeader(csv.File, csv.Line, [.. Enumerable.Range(0, csv.Count).Select(csv.Text)], loose: false);
                return clock ? date : throw new FeedFormatException(csv.File, $"{csv.Line}", $"a line with {Clock} before it", "none");
            }

            clock |= csv.Text(csv.Count - 1).Contains(Clock, StringComparison.OrdinalIgnoreCase);
        }

        throw new FeedFormatException(csv.File, $"{csv.Line}", "a header Node,Type,Value,HE 1 to HE 24", "the end of the file");
    }

    private static bool IsTitle(string line, string title) =>
        line.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)
            .Contains(title, StringComparison.OrdinalIgnoreCase);

    private static FeedFormatException Unexpected(CsvReader csv, string expected) =>
        new(csv.File, $"{csv.Line}", expected, csv.Count > 0 ? $"'{csv.Text(0)}'" : "the end of the file");
}
