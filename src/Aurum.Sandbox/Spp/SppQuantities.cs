using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using NodaTime;

namespace Aurum.Sandbox.Spp;

/// <summary>The load and forecast files of the sandbox's SPP.</summary>
internal static class SppQuantities
{
    private const int Hour = SppBooks.HourSeconds;
    private const int HoursBack = 24;
    private const int HoursAhead = 168;

    /// <summary>First day whose load has a row a zone and type, rather than a column a zone.</summary>
    private static readonly LocalDate LongFrom = new(2026, 3, 25);

    public static SppTable Load(SppBooks books, OperatingDay day, Instant now) => day.Date >= LongFrom
        ? new SppTable(
            ["Market Hour", "Balancing Area Name", "Control Zone Name", "Forecast Area Type", "Load MW"], 4, RowForm.CsvLf,
            writer => WriteLong(writer, books, day, now))
        : new SppTable(
            ["MarketHour", .. books.Zones.Select(z => " " + z.Name)], 0, SppTable.BlankLf, writer => WriteWide(writer, books, day, now));

    public static SppTable LoadForecast(SppBooks books, long issued)
    {
        string[] columns = ["Interval", "GMTIntervalEnd", "MTLF", "Averaged Actual"];
        return Forecast(columns, issued, (writer, authority, start) =>
        {
            Cell(writer, books.LoadForecast(authority, start, issued));
            writer.Byte((byte)',');
            if (start + Hour <= issued)
            {
                writer.Fixed(books.AuthorityLoad(authority, start), 2, cutZeros: false);
            }
        });
    }

    public static SppTable RenewableForecast(SppBooks books, long issued)
    {
        string[] columns = ["Interval", "GMTIntervalEnd", "Wind Forecast MW", "Solar Forecast MW"];
        return Forecast(columns, issued, (writer, authority, start) =>
        {
            Cell(writer, books.WindForecast(authority, start, issued));
            writer.Byte((byte)',');
            writer.Fixed(books.SolarForecast(authority, start, issued), 2, cutZeros: false);
        });
    }

    /// <summary>Starts of the hours that a forecast is for, without those of the past that stand in its file.</summary>
    public static IEnumerable<long> ForecastStarts(long issued)
    {
        for (var hour = 0; hour < HoursAhead; hour++)
        {
            yield return issued + (hour * (long)Hour);
        }
    }

    public static IEnumerable<long> HourStarts(OperatingDay day)
    {
        for (var at = day.Start.ToUnixTimeSeconds(); at < day.End.ToUnixTimeSeconds(); at += Hour)
        {
            yield return at;
        }
    }

    private static void WriteWide(RowWriter writer, SppBooks books, OperatingDay day, Instant now)
    {
        foreach (var start in HourStarts(day))
        {
            writer.Begin(start);
            SppText.Stamp(writer, SppText.Gmt(start + Hour));
            foreach (var zone in books.Zones)
            {
                var (conforming, nonConforming) = books.Load(zone, start, day, now);
                writer.Byte((byte)',');
                writer.Value();
                writer.Fixed(conforming + nonConforming, 3, cutZeros: false);
            }

            writer.End();
        }
    }

    private static void WriteLong(RowWriter writer, SppBooks books, OperatingDay day, Instant now)
    {
        foreach (var start in HourStarts(day))
        {
            foreach (var zone in books.Zones)
            {
                var (conforming, nonConforming) = books.Load(zone, start, day, now);
                Row(zone, "CF", conforming);
                if (zone.HasNonConforming)
                {
                    Row(zone, "NC", nonConforming);
                }
            }

            void Row(SppZone zone, string type, long load)
            {
                writer.Begin(start);
                SppText.Stamp(writer, SppText.Gmt(start + Hour));
                writer.Text($",{SppGrid.East},{zone.Name},{type}");
                Cell(writer, load, decimals: 3);
                writer.End();
            }
        }
    }

    private static SppTable Forecast(string[] columns, long issued, Action<RowWriter, string, long> values)
    {
        var authorities = SppBooks.Authorities(issued);
        var hasNames = authorities.Count > 1;
        return new SppTable(hasNames ? [.. columns, "BAA"] : columns, 2, RowForm.CsvLf, writer =>
        {
            if (hasNames)
            {
                // An hour that is still to be filled in.
                Begin(writer, issued + (HoursAhead * (long)Hour));
                writer.Text(",,,");
                writer.End();
            }

            for (var hour = -HoursBack; hour < HoursAhead; hour++)
            {
                var start = issued + (hour * (long)Hour);
                foreach (var authority in authorities)
                {
                    Begin(writer, start);
                    values(writer, authority, start);
                    writer.Text(hasNames ? "," + authority : "");
                    writer.End();
                }
            }
        });
    }

    private static void Begin(RowWriter writer, long start)
    {
        writer.Begin(start);
        SppText.Stamp(writer, SppText.HourLabel(start + Hour));
        writer.Byte((byte)',');
        SppText.Stamp(writer, SppText.Gmt(start + Hour));
    }

    private static void Cell(RowWriter writer, long units, int decimals = 2)
    {
        writer.Byte((byte)',');
        writer.Value();
        writer.Fixed(units, decimals, cutZeros: false);
    }
}
