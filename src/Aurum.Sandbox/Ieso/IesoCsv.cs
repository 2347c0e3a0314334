using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Ieso;

/// <summary>Writes the CSV reports: nodal prices and demand.</summary>
internal sealed class IesoCsv(IesoBooks books)
{
    public IReadOnlyList<IesoReport> All =>
    [
        new("DAHourlyEnergyLMP", "csv", IesoSpan.Day, 90, RowForm.CsvCrLf,
            (file, now) => books.DayAhead.Starts(file.Day, now).Any(), WriteDayAhead),
        new("RealtimeEnergyLMP", "csv", IesoSpan.Hour, 90, RowForm.CsvCrLf,
            (file, now) => books.RealTime.Starts(file.Day, now).Any(file.Holds), WriteRealTime),
        new("Demand", "csv", IesoSpan.Year, int.MaxValue, RowForm.CsvLf, HasDemand, (writer, file, moment) => WriteDemand(
            writer, file, moment, "Hourly Demand Report", ["Market Demand", "Ontario Demand"], books.FillDemand)),
        new("DemandZonal", "csv", IesoSpan.Year, int.MaxValue, RowForm.CsvLf, HasDemand, WriteZonalDemand),
    ];

    /// <summary>Hours of demand are shown half an hour after their end.</summary>
    public static readonly Duration DemandDelay = Duration.FromMinutes(30);

    private static bool HasDemand(IesoFileOf file, Instant now) => IesoBooks.Hours(file.Day, now, DemandDelay).Any();

    private static void Header(RowWriter writer, string columns)
    {
        var tampering = writer.Tampering;
        if (tampering.RenamesColumn)
        {
            var at = columns.LastIndexOf(',') + 1;
            tampering.Note($"{columns[at..]} is called Renamed {columns[at..]}");
            columns = columns[..at] + "Renamed " + columns[at..];
        }

        writer.Text(columns);
        writer.Text(tampering.AddsColumn ? ",Remark" : "");
    }

    private void WriteDayAhead(RowWriter writer, IesoFileOf file, Moment moment) =>
        WritePrices(writer, file, moment, books.DayAhead, hasIntervals: false);

    private void WriteRealTime(RowWriter writer, IesoFileOf file, Moment moment) =>
        WritePrices(writer, file, moment, books.RealTime, hasIntervals: true);

    private static void WritePrices(RowWriter writer, IesoFileOf file, Moment moment, PriceBook book, bool hasIntervals)
    {
        writer.Text($"CREATED AT {IesoText.Stamp(moment.Stamp):uuuu/MM/dd HH:mm:ss} FOR {file.Day.Date:uuuu/MM/dd}\r\n");
        Header(writer, $"Delivery Hour{(hasIntervals ? ",Interval" : "")},Pricing Location,LMP,Energy Loss Price,Energy Congestion Price");
        writer.Text("\r\n");
        var starts = book.Starts(file.Day, moment.Now).Where(file.Holds).ToArray();
        var states = starts.Select(book.States).ToArray();
        foreach (var (place, correction) in book.Corrected(file.Day, moment.Now))
        {
            for (var i = 0; i < starts.Length; i++)
            {
                var price = book.Price(states[i], place, correction);
                writer.Begin(starts[i], place);
                writer.Whole(IesoText.Hour(starts[i]));
                writer.Byte((byte)',');
                if (hasIntervals)
                {
                    writer.Whole(IesoText.Interval(starts[i]));
                    writer.Byte((byte)',');
                }

                writer.Text(place.IdUtf8.Span);
                writer.Byte((byte)',');
                writer.Value();
                writer.Fixed(price.Lmp, 2, cutZeros: false);
                writer.Byte((byte)',');
                writer.Fixed(price.Loss, 2, cutZeros: false);
                writer.Byte((byte)',');
                writer.Fixed(price.Congestion, 2, cutZeros: false);
                writer.End();
            }
        }
    }

    private void WriteZonalDemand(RowWriter writer, IesoFileOf file, Moment moment) => WriteDemand(
        writer, file, moment, "Hourly Zonal Demand Report",
        ["Ontario Demand", .. IesoPlaces.DemandZones.Select(z => z.Name), "Zone Total", "Diff"], books.FillZonalDemand);

    private static void WriteDemand(
        RowWriter writer, IesoFileOf file, Moment moment, string title, string[] columns, DemandOfHour fill)
    {
        var values = new long[columns.Length];
        var commas = new string(',', columns.Length + 1);
        writer.Text($"\\\\{title}{commas}\n\\\\Created at {IesoText.Stamp(moment.Stamp):uuuu-MM-dd HH:mm:ss}{commas}\n");
        writer.Text($"\\\\For {file.Day.Date.Year}{commas}\n");
        Header(writer, $"Date,Hour,{string.Join(',', columns)}");
        writer.Text("\n");
        for (var day = file.Day; day.Date.Year == file.Day.Date.Year && day.Start < moment.Now; day = day.Next)
        {
            foreach (var start in IesoBooks.Hours(day, moment.Now, DemandDelay))
            {
                fill(start, day, moment.Now, values);
                writer.Begin(start);
                writer.Text($"{day},");
                writer.Whole(IesoText.Hour(start));
                foreach (var value in values)
                {
                    writer.Byte((byte)',');
                    writer.Value();
                    writer.Whole(value);
                }

                writer.End();
            }
        }
    }
}
