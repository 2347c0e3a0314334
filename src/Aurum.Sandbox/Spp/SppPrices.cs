using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Spp;

/// <summary>The price files of the sandbox's SPP, in the forms that the publisher has used in turn.</summary>
internal static class SppPrices
{
    private static readonly string[] Names = ["Interval", "GMTIntervalEnd", "Settlement Location", "Pnode", "LMP", "MLC", "MCC", "MEC"];

    private static readonly string[] DailyNames =
        ["Interval", "GMT Interval", "Settlement Location Name", "PNODE Name", "LMP", "MLC", "MCC", "MEC"];

    /// <summary>Days whose files look as if a spreadsheet had saved them again.</summary>
    private static readonly (LocalDate First, LocalDate Last) Resaved = (new(2026, 6, 1), new(2026, 6, 9));

    /// <summary>A day of hours.</summary>
    public static SppTable DayAhead(PriceBook book, OperatingDay day, Instant now)
    {
        var isResaved = day.Date >= Resaved.First && day.Date <= Resaved.Last;
        var columns = WithAuthority(Names, day, isThird: true);
        return Table(book, isResaved ? [.. columns.Select(Shout)] : columns, writer =>
            Write(writer, book, book.Starts(day, now), day, book.Corrected(day, now), isThird: true, isResaved));
    }

    /// <summary>A file of one interval, never written again.</summary>
    public static SppTable Interval(PriceBook book, OperatingDay day, long start) =>
        Table(book, WithAuthority(Names, day, isThird: false), writer =>
            Write(writer, book, [start], day, Uncorrected(book, day), isThird: false, isResaved: false));

    /// <summary>The one file of a day of five-minute prices, with what was corrected.</summary>
    public static SppTable Daily(PriceBook book, OperatingDay day, Instant now) =>
        Table(book, WithAuthority(DailyNames, day, isThird: false), writer =>
            Write(writer, book, book.Starts(day, now), day, book.Corrected(day, now), isThird: false, isResaved: false));

    /// <summary>The places of a day as its intervals' files have them.</summary>
    public static IReadOnlyList<(Place Place, double CorrectionUsd)> Uncorrected(PriceBook book, OperatingDay day) =>
        [.. book.Places.Where(p => p.IsActive(day.Date)).Select(p => (p, 0.0))];

    private static SppTable Table(PriceBook book, string[] columns, Action<RowWriter> write)
    {
        var hasLocations = book.Places.Any(p => p.PublisherId is not null);
        var names = hasLocations ? columns : [.. columns.Where(c => !c.StartsWith("Settlement", StringComparison.OrdinalIgnoreCase))];
        return new SppTable(names, Array.IndexOf(names, "LMP"), RowForm.CsvLf, write);
    }

    private static string[] WithAuthority(string[] names, OperatingDay day, bool isThird) =>
        !SppGrid.HasWest(day) ? names : isThird ? [.. names[..2], "BAA", .. names[2..]] : [.. names, "BAA"];

    private static string Shout(string name) => name.Replace(' ', '_').ToUpperInvariant();

    private static void Write(
        RowWriter writer,
        PriceBook book,
        IEnumerable<long> starts,
        OperatingDay day,
        IReadOnlyList<(Place Place, double CorrectionUsd)> places,
        bool isThird,
        bool isResaved)
    {
        foreach (var start in starts)
        {
            var states = book.States(start);
            var end = start + book.Seconds;
            var label = book.Minutes == 60 ? SppText.HourLabel(end) : SppText.Local(end);
            foreach (var (place, correction) in places)
            {
                var price = book.Price(states, place, correction);
                writer.Begin(start, place);
                SppText.Stamp(writer, label, isResaved);
                writer.Byte((byte)',');
                SppText.Stamp(writer, SppText.Gmt(end), isResaved);
                writer.Text(isThird && SppGrid.HasWest(day) ? "," + SppGrid.AuthorityOf(place) : "");
                Name(writer, place);
                writer.Byte((byte)',');
                writer.Value();
                writer.Fixed(price.Lmp, 4, isResaved);
                Number(writer, price.Loss, isResaved);
                Number(writer, price.Congestion, isResaved);
                Number(writer, price.Energy, isResaved);
                writer.Text(!isThird && SppGrid.HasWest(day) ? "," + SppGrid.AuthorityOf(place) : "");
                writer.End();
            }
        }
    }

    /// <summary>Settlement location and pricing node, or the bus alone.</summary>
    private static void Name(RowWriter writer, Place place)
    {
        writer.Byte((byte)',');
        writer.Text(place.Id);
        if (place.PublisherId is { } pnode)
        {
            writer.Byte((byte)',');
            writer.Text(pnode);
        }
    }

    private static void Number(RowWriter writer, long units, bool cutZeros)
    {
        writer.Byte((byte)',');
        writer.Fixed(units, 4, cutZeros);
    }
}
