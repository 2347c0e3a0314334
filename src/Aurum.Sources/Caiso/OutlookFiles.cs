using System.Text;
using Aurum.Market.Feeds;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Caiso;

/// <summary>Makes the row of one column's value.</summary>
internal delegate TRow OutlookRow<TRow>(string column, DeliveryInterval delivery, double value)
    where TRow : struct;

/// <summary>The files behind Today's Outlook: a CSV a day, a row every five minutes of the Pacific clock, which says neither its date
/// nor its zone.</summary>
/// <remarks>
/// <para>The running day's file is another than those of days before. Shortly after midnight it may still show yesterday: its name
/// here carries the time at which it was asked for, and one that shows what had not happened then is not this day's.</para>
/// <para>In spring the lost hour is there with empty cells. In autumn the repeated hour stands there once, for one of its two passes,
/// nobody says which: it is left out, unless both are there.</para>
/// <para>Behind the last row of the day may stand the first of the next, and rows without a time.</para>
/// </remarks>
internal static class OutlookFiles
{
    public const int Minutes = 5;

    private const string AskedAt = "uuuuMMdd'T'HHmm";
    private const int DateLength = 8;
    private const int AskedLength = 13;

    public static IReadOnlyList<FeedRequest> Locate(string name, OperatingDay day, Instant now)
    {
        var today = OperatingDay.Of(now, day.Zone);
        var fresh = $"?_={now.ToUnixTimeSeconds()}";
        return day.Date > today.Date ? []
            : day.Date == today.Date
            ? [
                new FeedRequest(
                    CaisoFeeds.Outlook.Name, $"/outlook/current/{name}.csv{fresh}",
                    $"{now.InZone(day.Zone).LocalDateTime.ToString(AskedAt, null)}_{name}.csv"),
            ]
            : [
                new FeedRequest(
                    CaisoFeeds.Outlook.Name, $"/outlook/history/{day.Date:uuuuMMdd}/{name}.csv{fresh}", $"{day.Date:uuuuMMdd}_{name}.csv"),
            ];
    }

    /// <summary>Whether a file has these columns behind its time.</summary>
    public static bool Recognizes(FileHead head, params ReadOnlySpan<string> columns) =>
        head.FirstLine.StartsWith("Time,", StringComparison.OrdinalIgnoreCase) && head.HeaderHas(columns);

    /// <summary>Reads a file.</summary>
    /// <param name="file">As fetched; its day, or the date that its name begins with.</param>
    /// <param name="output">Takes the rows.</param>
    /// <param name="required">Columns that must be there, in the order of the rows.</param>
    /// <param name="optional">Columns that came later.</param>
    /// <param name="ignored">Columns that are known and not read.</param>
    /// <param name="make">Makes a row.</param>
    public static ParseResult Parse<TRow>(
        FeedFile file, IRowOutput<TRow> output, string[] required, string[] optional, string[] ignored, OutlookRow<TRow> make)
        where TRow : struct
    {
        using var archive = new ArchiveReader(file);
        if (archive.Next() is not { } entry)
        {
            throw new FeedFormatException(file.Name, "", "a CSV", "an archive without a file");
        }

        if (ContentGuard.Refusal(entry) is { } refusal)
        {
            return refusal;
        }

        using var csv = new CsvReader(entry.Content, entry.Name);
        var columns = required.Select(name => (Name: name, Index: csv.Header.Required(name)))
            .Concat(optional.Select(name => (Name: name, Index: csv.Header.Optional(name))).Where(c => c.Index >= 0)).ToArray();
        csv.Header.Ignore(ignored);
        var readings = Read(csv, csv.Header.Required("Time"), columns, DateOf(file), AskedOf(file.Name), out var isOfAnotherDay);
        if (file.IsAnswer && csv.EndsInLine)
        {
            throw new FeedFormatException(entry.Name, $"{csv.Line - 1}", "a line end", "the end of the file: it may be cut");
        }

        if (isOfAnotherDay)
        {
            return ParseResult.NotYetPublished($"{file.Name} still shows the day before");
        }

        var rows = new RowBuffer<TRow>(output);
        var leftOut = 0;
        foreach (var reading in readings)
        {
            if (reading.Start is not { } start)
            {
                leftOut++;
                continue;
            }

            var delivery = DeliveryInterval.FromUnixSeconds(start, Minutes * 60);
            for (var i = 0; i < columns.Length; i++)
            {
                rows.Add(make(columns[i].Name, delivery, reading.Values[i]));
            }
        }

        rows.Flush();
        List<string> notes = [.. csv.Header.UnknownColumnNotes()];
        if (leftOut > 0)
        {
            notes.Add($"{file.Name}: {leftOut} readings of the repeated hour left out: they stand there once, for one of two hours");
        }

        return rows.Total > 0 ? ParseResult.DataWith(notes) : ParseResult.NotYetPublished($"{file.Name} shows no reading yet");
    }

    private static List<Reading> Read(
        CsvReader csv, int time, (string Name, int Index)[] columns, LocalDate date, long? asked, out bool isOfAnotherDay)
    {
        var clock = TransitionTable.For(MarketZones.Pacific);
        var readings = new List<Reading>();
        var (last, isSecondPass, isOver) = (long.MinValue, false, false);
        isOfAnotherDay = false;
        while (csv.Read())
        {
            if (csv.IsEmpty(time))
            {
                continue;
            }

            var local = LocalSeconds.Of(date) + (MinuteOf(csv, time) * 60L);
            var match = clock.Match(local);
            isSecondPass |= local < last && match.Count == 2;
            isOver |= local < last && match.Count != 2 && local == LocalSeconds.Of(date);
            if (isOver)
            {
                continue;
            }

            if (local < last && !isSecondPass)
            {
                throw csv.Unexpected(time, "a time after that of the row before");
            }

            last = local;
            if (ValuesOf(csv, columns) is not { } values)
            {
                continue;
            }

            if (match.Count == 0)
            {
                throw csv.Unexpected(time, $"empty cells in the hour that {date:uuuu-MM-dd} skips");
            }

            isOfAnotherDay |= local > asked;
            readings.Add(new Reading(local, match.Count == 1 ? match.First : isSecondPass ? match.Second : null, values));
        }

        return isSecondPass ? [.. readings.Select(r => r with { Start = r.Start ?? clock.Match(r.Local).First })] : readings;
    }

    /// <summary>The values of a row; null where all its cells are empty.</summary>
    private static double[]? ValuesOf(CsvReader csv, (string Name, int Index)[] columns)
    {
        var values = new double[columns.Length];
        var isEmpty = true;
        for (var i = 0; i < columns.Length; i++)
        {
            values[i] = csv.NumberOrNaN(columns[i].Index);
            isEmpty &= double.IsNaN(values[i]);
        }

        return isEmpty ? null : values;
    }

    private static int MinuteOf(CsvReader csv, int column)
    {
        var text = csv[column].Trim((byte)' ');
        return text.Length == 5 && text[2] == (byte)':'
            && Numbers.TryParseInteger(text[..2], out var hour) && hour is >= 0 and < 24
            && Numbers.TryParseInteger(text[3..], out var minute) && minute is >= 0 and < 60 && minute % Minutes == 0
            ? (hour * 60) + minute
            : throw csv.Unexpected(column, "a time of five minutes like 13:05");
    }

    private static LocalDate DateOf(FeedFile file)
    {
        if (file.Day is { } day)
        {
            return day.Date;
        }

        return file.Name.Length >= DateLength && Stamps.TryParseDate(Encoding.UTF8.GetBytes(file.Name[..DateLength]), out var date)
            ? date
            : throw new FeedFormatException(file.Name, "", "a name that begins with the date, like 20251102_fuelsource.csv", file.Name);
    }

    /// <summary>When the file was asked for, as a reading of the Pacific clock; null for files of past days.</summary>
    private static long? AskedOf(string name)
    {
        var asked = name.Length > AskedLength
            ? NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture(AskedAt).Parse(name[..AskedLength])
            : null;
        return asked is { Success: true } ? LocalSeconds.Of(asked.Value) : null;
    }

    /// <summary>A row: its time on the wall, the instant where it is known, and its values.</summary>
    private sealed record Reading(long Local, long? Start, double[] Values);
}
