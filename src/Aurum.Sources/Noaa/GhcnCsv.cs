using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sources.Reading;

namespace Aurum.Sources.Noaa;

/// <summary>Reads the access CSV of a station: every field in quotes, a row a day, each element followed by a column of its
/// attributes, blank where the station had none. Numbers may be padded with blanks.</summary>
internal static class GhcnCsv
{
    private const string AttributesSuffix = "_ATTRIBUTES";

    /// <summary>Reads all days, or the one that was asked for.</summary>
    /// <exception cref="FeedFormatException">No station, no date, no element, or a cell that cannot be read.</exception>
    public static ParseResult Read(FeedFile file, ArchiveEntry entry, IRowOutput<SeriesPoint> output)
    {
        using var csv = new CsvReader(entry.Content, entry.Name);
        var station = csv.Header.Required("STATION");
        var date = csv.Header.Required("DATE");
        csv.Header.Ignore("LATITUDE", "LONGITUDE", "ELEVATION", "NAME");
        var elements = ElementsOf(csv);
        if (elements.Count == 0)
        {
            throw new FeedFormatException(
                entry.Name, "1", "a column of attributes beside each element", string.Join(',', csv.Header.Names));
        }

        var rows = new RowBuffer<SeriesPoint>(output);
        var flags = NameTables.Symbols(entry.Name);
        var series = new Dictionary<(string Station, int Column), GhcnSeries>();
        var name = "";
        while (csv.Read())
        {
            if (!Stamps.TryParseDate(csv[date], out var day))
            {
                throw csv.Unexpected(date, "a date like 2024-01-31");
            }

            name = csv.Text(station) is var found && found == name ? name : found;
            var period = CalendarPeriods.Of(day, SeriesFrequency.Daily);
            foreach (var (value, attributes) in elements)
            {
                if (csv.IsEmpty(value) || (file.Day is { } asked && asked.Date != day))
                {
                    continue;
                }

                if (!series.TryGetValue((name, value), out var key))
                {
                    series[(name, value)] = key = GhcnSeries.Of(
                        csv[station], System.Text.Encoding.UTF8.GetBytes(csv.Header.NameOf(value)));
                }

                var text = GhcnSeries.Flags(csv[attributes]);
                rows.Add(new SeriesPoint(
                    key.Key, period, csv.Number(value) / key.Divisor, Flags: text.IsEmpty ? null : flags.Of(text)));
            }
        }

        if (csv.EndsInLine && file.IsAnswer)
        {
            throw new FeedFormatException(entry.Name, $"{csv.Line - 1}", "a line end", "the end of the file: it may be cut");
        }

        rows.Flush();
        return rows.Total == 0
            ? ParseResult.ProvenEmpty($"{entry.Name} has no values")
            : ParseResult.DataWith(csv.Header.UnknownColumnNotes());
    }

    private static List<(int Value, int Attributes)> ElementsOf(CsvReader csv)
    {
        var elements = new List<(int, int)>();
        foreach (var name in csv.Header.Names)
        {
            if (!name.EndsWith(AttributesSuffix, StringComparison.OrdinalIgnoreCase)
                && csv.Header.Optional(name + AttributesSuffix) is var attributes and >= 0)
            {
                elements.Add((csv.Header.Required(name), attributes));
            }
        }

        return elements;
    }
}
