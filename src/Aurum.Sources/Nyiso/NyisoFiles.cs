using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Nyiso;

/// <summary>Reads one daily CSV to its end.</summary>
/// <param name="csv">The file, behind its header.</param>
/// <param name="date">The date in the file's name; null where it has none.</param>
/// <param name="rows">Takes the rows.</param>
/// <returns>Notes for a person.</returns>
internal delegate IReadOnlyList<string> DayReader<TRow>(CsvReader csv, LocalDate? date, RowBuffer<TRow> rows)
    where TRow : struct;

/// <summary>How NYISO lays out its files: a CSV a day for about a week, and a zip a month with one CSV a day for all that is
/// older.</summary>
internal static class NyisoFiles
{
    /// <summary>Days, today included, for which the daily CSV is asked for. The publisher keeps a few more.</summary>
    public const int DailyFileDays = 7;

    /// <summary>How long the file of a month serves the days in it. That of the running month is written again when a day ends,
    /// those before it when a day is corrected: of days older than a week both are rare.</summary>
    private static readonly Duration MonthFileServes = Duration.FromHours(1);

    /// <summary>The request for a day: <c>/csv/damlbmp/20260923damlbmp_zone.csv</c>, or
    /// <c>/csv/damlbmp/20260901damlbmp_zone_csv.zip</c> for an older one.</summary>
    public static IReadOnlyList<FeedRequest> Locate(string dataset, string name, OperatingDay day, Instant now)
    {
        var today = OperatingDay.Of(now, day.Zone).Date;
        var isDaily = day.Date > today.PlusDays(-DailyFileDays);
        var file = isDaily ? $"{day.Date:uuuuMMdd}{name}.csv" : $"{day.Date:uuuuMM}01{name}_csv.zip";
        return [new FeedRequest(NyisoFeeds.Mis.Name, $"/csv/{dataset}/{file}", file) { SharedFor = isDaily ? null : MonthFileServes }];
    }

    /// <summary>Reads a CSV, or those files of an archive that are for the day asked for (all of them where no day is).</summary>
    /// <param name="file">CSV or archive.</param>
    /// <param name="output">Takes the rows.</param>
    /// <param name="readDay">Reads one CSV.</param>
    /// <param name="endsLines">Whether the publisher ends the last line too: an answer that does not is then a cut one, as daily
    /// files say neither their length nor how many rows they have.</param>
    /// <returns>Data; proven empty for a header without a row; not yet published where an archive lacks the day: the publisher
    /// does not say that the day has nothing, so its gap stays open.</returns>
    /// <exception cref="FeedFormatException">A file is not what the feed documents.</exception>
    public static ParseResult Parse<TRow>(FeedFile file, IRowOutput<TRow> output, DayReader<TRow> readDay, bool endsLines = true)
        where TRow : struct
    {
        var rows = new RowBuffer<TRow>(output);
        var notes = new List<string>();
        var filesRead = 0;
        using var archive = new ArchiveReader(file);
        while (archive.Next() is { } entry)
        {
            var date = DateOf(entry.InnerName);
            if (entry.Name != file.Name && file.Day is { } day && date != day.Date)
            {
                continue;
            }

            if (ContentGuard.Refusal(entry) is { } refusal)
            {
                return refusal;
            }

            filesRead++;
            using var csv = new CsvReader(entry.Content, entry.Name);
            notes.AddRange(Read(csv, date, rows, readDay));
            if (endsLines && csv.EndsInLine && file.IsAnswer)
            {
                throw new FeedFormatException(entry.Name, $"{csv.Line - 1}", "a line end", "the end of the file: it may be cut");
            }

            notes.AddRange(csv.Header.UnknownColumnNotes());
        }

        rows.Flush();
        return filesRead == 0 ? ParseResult.NotYetPublished($"{file.Name} has no file for {file.Day?.ToString() ?? "any day"}")
            : rows.Total == 0 ? ParseResult.ProvenEmpty($"{file.Name} has a header and no row")
            : ParseResult.DataWith(notes);
    }

    /// <summary>The date at the beginning of a file's name; null where there is none.</summary>
    public static LocalDate? DateOf(string name)
    {
        const int Digits = 8;
        Span<byte> text = stackalloc byte[Digits];
        var isDate = name.Length >= Digits
            && Ascii.FromUtf16(name.AsSpan(0, Digits), text, out _) == System.Buffers.OperationStatus.Done
            && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
        return isDate && Stamps.TryParseDate(text, out var date) ? date : null;
    }

    /// <summary>The reader of a time column; NYISO writes <c>11/02/2025 01:05</c>, with seconds in some files.</summary>
    public static StampColumn Times(CsvReader csv, int column) =>
        new(csv, column, Stamps.TryParseLocal, "a time like 11/02/2025 01:05");

    private static IReadOnlyList<string> Read<TRow>(CsvReader csv, LocalDate? date, RowBuffer<TRow> rows, DayReader<TRow> readDay)
        where TRow : struct
    {
        try
        {
            return readDay(csv, date, rows);
        }
        catch (Exception e) when (e is TimeLabelException or ArgumentOutOfRangeException)
        {
            throw new FeedFormatException(csv.File, $"{csv.Line}", "a time that the clock in New York shows", e.Message, e);
        }
    }
}
