using Aurum.Market.Time;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Miso;

/// <summary>Writes market reports of prices: a preamble, then blocks of prices, congestion and loss with 24 hours in a row.</summary>
internal sealed class MisoReports(MisoBooks books)
{
    private const int Hours = 24;

    /// <summary>How long after a day's end its preliminary prices are kept.</summary>
    private static readonly Duration PreliminaryKept = Duration.FromDays(4);

    private static readonly string[] Parts = ["LMP", "MCC", "MLC"];

    /// <summary>Body of a report; null where it is not there (yet, or any more).</summary>
    public byte[]? Write(string name, OperatingDay day, Moment moment)
    {
        var isFinal = moment.Now >= MisoBooks.FinalAt(day);
        return name switch
        {
            "da_expost_lmp" => Write(books.DayAhead, "Day Ahead Market ExPost LMPs", Padded(day.Date), day, moment, isShort: true),
            "da_exante_lmp" => Write(books.DayAheadExAnte, "Day Ahead Market ExAnte LMPs", Padded(day.Date), day, moment, isShort: true),
            "rt_lmp_prelim" when moment.Now < day.End + PreliminaryKept =>
                Write(books.Hourly, "Realtime Market LMPs", Plain(day.Date), day, moment, isShort: false),
            "rt_lmp_final" when isFinal =>
                Write(books.Hourly, "Realtime Market LMPs", Plain(day.Date), day, moment, isShort: false),
            _ => null,
        };
    }

    private static string Padded(LocalDate date) => $"{date.Month:00}/{date.Day:00}/{date.Year}";

    private static string Plain(LocalDate date) => $"{date.Month}/{date.Day}/{date.Year}";

    private static byte[]? Write(PriceBook book, string title, string date, OperatingDay day, Moment moment, bool isShort)
    {
        var starts = book.Starts(day, moment.Now).ToArray();
        if (starts.Length < Hours)
        {
            return null;
        }

        using var body = new MemoryStream();
        var writer = new RowWriter(body, RowForm.CsvLf, moment.Tampering);
        writer.Text($"{title}\n{date}\n\n,,,All Hours-Ending are Eastern Standard Time (EST)\nNode,Type,Value");
        for (var hour = 1; hour <= Hours; hour++)
        {
            writer.Text(hour == Hours && moment.Tampering.RenamesColumn ? ",Hour 24" : $",HE {hour}");
        }

        if (moment.Tampering.RenamesColumn)
        {
            moment.Tampering.Note("HE 24 is called Hour 24");
        }

        writer.Text(moment.Tampering.AddsColumn ? ",Remark\n" : "\n");
        var lost = starts.Select(start => IsLost(moment.Tampering, start)).ToArray();
        var prices = book.Corrected(day, moment.Now)
            .Select(p => (p.Place, Prices: starts.Select(s => book.Price(book.States(s), p.Place, p.CorrectionUsd)).ToArray())).ToList();
        for (var part = 0; part < Parts.Length; part++)
        {
            foreach (var (place, day24) in prices)
            {
                WriteRow(writer, place, part, day24, lost, isShort);
            }
        }

        writer.Flush();
        return body.ToArray();
    }

    private static void WriteRow(RowWriter writer, Place place, int part, PriceParts[] hours, bool[] lost, bool isShort)
    {
        writer.Begin(-1, place);
        writer.Text($"{place.Id},{place.TypeText},{Parts[part]}");
        for (var hour = 0; hour < Hours; hour++)
        {
            writer.Byte((byte)',');
            if (hour == 0)
            {
                writer.Value();
            }

            if (!lost[hour])
            {
                var price = hours[hour];
                Number(writer, part switch { 0 => price.Lmp, 1 => price.Congestion, _ => price.Loss }, isShort);
            }
        }

        writer.End();
    }

    /// <summary>An hour that is left out has empty cells in all rows.</summary>
    private static bool IsLost(Tampering tampering, long start) =>
        tampering.Kind == FaultKind.MissingInterval && tampering.Fate(start, null, 1) == RowFate.Drop;

    /// <summary>Two decimals, or short: without zeros on both sides (<c>.6</c>, <c>-.37</c>, <c>10</c>).</summary>
    private static void Number(RowWriter writer, long hundredths, bool isShort)
    {
        if (!isShort || hundredths == 0 || Math.Abs(hundredths) >= 100)
        {
            writer.Fixed(hundredths, 2, cutZeros: isShort);
            return;
        }

        writer.Text(hundredths < 0 ? "-."u8 : "."u8);
        var rest = (int)Math.Abs(hundredths);
        writer.Digits(rest % 10 == 0 ? rest / 10 : rest, rest % 10 == 0 ? 1 : 2);
    }
}
