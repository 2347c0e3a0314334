using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Sources.Reading;
using NodaTime;

namespace Aurum.Sources.Fred;

/// <summary>Reads <c>fredgraph.csv</c>: <c>observation_date,DGS10</c> (older: <c>DATE</c>), the latest values of one or more series
/// without vintages; a holiday is a row with an empty value.</summary>
internal static class FredGraph
{
    /// <exception cref="FeedFormatException">No date column, no series, a date or number that cannot be read.</exception>
    public static ParseResult Read(ArchiveEntry entry, IRowOutput<SeriesPoint> output)
    {
        using var csv = new CsvReader(entry.Content, entry.Name);
        var date = csv.Header.Required("observation_date", "DATE");
        var columns = csv.Header.Names.Select((name, column) => (Name: name, Column: column)).Where(c => c.Column != date).ToList();
        if (columns.Count == 0)
        {
            throw new FeedFormatException(entry.Name, "1", "a column named by its series", "only a date");
        }

        var cells = new List<(LocalDate Date, double[] Values)>();
        while (csv.Read())
        {
            if (!FredDates.TryParse(csv[date], out var day))
            {
                throw csv.Unexpected(date, "a date like 2024-12-16");
            }

            cells.Add((day, [.. columns.Select(c => csv[c.Column].SequenceEqual("."u8) ? double.NaN : csv.NumberOrNaN(c.Column))]));
        }

        var inferred = CalendarPeriods.Infer([.. cells.Select(c => c.Date)]) ?? SeriesFrequency.Daily;
        var rows = new RowBuffer<SeriesPoint>(output);
        for (var i = 0; i < columns.Count; i++)
        {
            var known = FredSeries.Find(columns[i].Name);
            var series = new SeriesKey($"series/{columns[i].Name}", known?.Unit ?? "");
            foreach (var (day, values) in cells)
            {
                rows.Add(new SeriesPoint(series, CalendarPeriods.Of(day, known?.Frequency ?? inferred), values[i]));
            }
        }

        rows.Flush();
        return rows.Total == 0 ? ParseResult.ProvenEmpty($"{entry.Name} has a header and no row") : ParseResult.Data;
    }
}
