using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Ieso;

/// <summary>IESO's nodal price CSV: a line <c>CREATED AT 2026/06/29 12:33:34 FOR 2026/06/30</c>, then a header and rows, CRLF.</summary>
/// <remarks>Columns by name: Delivery Hour, Interval (5-minute files), Pricing Location, LMP, Energy Loss Price, Energy Congestion
/// Price. A file says neither its length nor how many rows it has: an answer that is cut at the end of a line is known by its last
/// row, which is not of the file's last interval then. One that is cut exactly between two places is known by the places behind it: the
/// rows are ordered by name, and the gate looks for the last ones of the day before.</remarks>
internal static class LmpFile
{
    private static readonly CsvOptions Options = new() { SkipLines = 1 };

    /// <summary>Whether a file is one of these, with a column of intervals or without.</summary>
    public static bool Recognizes(FileHead head, bool hasIntervals) =>
        head.FirstLine.StartsWith("CREATED AT", StringComparison.Ordinal)
        && head.Has("Pricing Location") && head.Has("Energy Congestion Price")
        && head.Has("Delivery Hour,Interval,") == hasIntervals;

    public static ParseResult Parse(FeedFile file, IRowOutput<LmpRow> output, bool hasIntervals) =>
        IesoFiles.Parse(file, output, (entry, rows) => Read(file, entry, rows, hasIntervals));

    private static IReadOnlyList<string> Read(FeedFile file, ArchiveEntry entry, RowBuffer<LmpRow> rows, bool hasIntervals)
    {
        var date = DateOf(entry);
        IesoFiles.CheckDay(file, date, "1");
        var clock = new IesoClock(date);
        using var csv = new CsvReader(entry.Content, entry.Name, Options);
        var hour = csv.Header.Required("Delivery Hour");
        var interval = hasIntervals ? csv.Header.Required("Interval") : -1;
        var name = csv.Header.Required("Pricing Location");
        var price = csv.Header.Required("LMP");
        var loss = csv.Header.Required("Energy Loss Price");
        var congestion = csv.Header.Required("Energy Congestion Price");
        var places = NameTables.Locations(csv.File, IesoPlaces.InPriceFile);
        long last = 0, latest = 0;
        while (csv.Read())
        {
            if (hasIntervals && csv.IsEmpty(price))
            {
                continue;
            }

            var delivery = hasIntervals ? Interval(csv, clock, hour, interval) : Hour(csv, clock, hour);
            last = delivery.StartUnixSeconds;
            latest = Math.Max(latest, last);
            rows.Add(IesoPrice.Row(
                places.Of(csv[name], csv.Line), delivery, csv.Number(price), csv.NumberOrNaN(loss), csv.NumberOrNaN(congestion)));
        }

        if (file.IsAnswer && (csv.EndsInLine || last < latest))
        {
            var expected = csv.EndsInLine ? "a line end" : "rows up to the last interval of the file";
            throw new FeedFormatException(entry.Name, $"{csv.Line - 1}", expected, "the end of the file: it may be cut");
        }

        return csv.Header.UnknownColumnNotes();
    }

    private static DeliveryInterval Hour(CsvReader csv, IesoClock clock, int hour) =>
        clock.TryHour(csv.WholeNumber(hour), out var delivery) ? delivery : throw csv.Unexpected(hour, "an hour from 1 to 24");

    private static DeliveryInterval Interval(CsvReader csv, IesoClock clock, int hour, int interval) =>
        clock.TryInterval(csv.WholeNumber(hour), csv.WholeNumber(interval), out var delivery)
            ? delivery
            : throw csv.Unexpected(interval, "an interval from 1 to 12 of an hour from 1 to 24");

    /// <summary>The date behind FOR in the first line.</summary>
    private static LocalDate DateOf(ArchiveEntry entry)
    {
        const int DateLength = 10;
        var line = entry.Head;
        line = line[..(line.IndexOf((byte)'\n') is var end && end >= 0 ? end : line.Length)].TrimEnd("\r, "u8);
        var at = line.LastIndexOf(" FOR "u8);
        Span<byte> date = stackalloc byte[DateLength];
        if (at >= 0 && line.Length - at - 5 == DateLength)
        {
            line[(at + 5)..].CopyTo(date);
            date.Replace((byte)'/', (byte)'-');
            if (Stamps.TryParseDate(date, out var day))
            {
                return day;
            }
        }

        throw new FeedFormatException(
            entry.Name,
            "1",
            "a line like CREATED AT 2026/06/29 12:33:34 FOR 2026/06/30",
            $"'{System.Text.Encoding.UTF8.GetString(line)}'");
    }
}
