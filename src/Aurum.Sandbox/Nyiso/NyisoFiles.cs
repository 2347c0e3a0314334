using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Nyiso;

/// <summary>The daily files of the sandbox's NYISO, written out.</summary>
internal sealed class NyisoFiles
{
    private static readonly string[] PriceColumns =
        ["Time Stamp", "Name", "PTID", "LBMP ($/MWHr)", "Marginal Cost Losses ($/MWHr)", "Marginal Cost Congestion ($/MWHr)"];

    private readonly NyisoBooks _books;

    public NyisoFiles(NyisoBooks books)
    {
        _books = books;
        All =
        [
            Prices("damlbmp", "damlbmp_zone", books.DayAheadZone, isQuoted: false, hasSeconds: false, isEnd: false),
            Prices("damlbmp", "damlbmp_gen", books.DayAheadGenerator, isQuoted: false, hasSeconds: false, isEnd: false),
            Prices("realtime", "realtime_zone", books.RealTimeZone, isQuoted: true, hasSeconds: true, isEnd: true),
            Prices("realtime", "realtime_gen", books.RealTimeGenerator, isQuoted: true, hasSeconds: true, isEnd: true),
            Prices("rtlbmp", "rtlbmp_zone", books.HourlyZone, isQuoted: true, hasSeconds: false, isEnd: false),
            Prices("rtlbmp", "rtlbmp_gen", books.HourlyGenerator, isQuoted: true, hasSeconds: false, isEnd: false),
            new("pal", "pal", ["Time Stamp", "Time Zone", "Name", "PTID", "Load"], true, RowForm.CsvCrLf, Running, WriteLoad),
            new("palIntegrated", "palIntegrated", ["Time Stamp", "Time Zone", "Name", "PTID", "Integrated Load"], true, RowForm.CsvCrLf,
                (day, now) => HourStarts(day, now).Any(), WriteIntegratedLoad),
            new("isolf", "isolf", ["Time Stamp", .. books.Zones.Select(z => z.ForecastName), "NYISO"], true, RowForm.CsvLf,
                (day, now) => now >= NyisoBooks.ForecastAt(day), WriteForecast),
            new("rtfuelmix", "rtfuelmix", ["Time Stamp", "Time Zone", "Fuel Category", "Gen MW"], false, RowForm.CsvCrLf,
                (day, now) => now >= day.Start + Duration.FromMinutes(5), WriteFuelMix),
            new("ExternalLimitsFlows", "ExternalLimitsFlows",
                ["Timestamp", "Interface Name", "Point ID", "Flow (MWH)", "Positive Limit (MWH)", "Negative Limit (MWH)"], false,
                RowForm.CsvCrLf, Running, WriteFlows),
            books.DayAheadReserves.File,
            books.RealTimeReserves.File,
            books.Rooftops.File,
            books.RooftopForecast.File,
        ];
    }

    public IReadOnlyList<NyisoFile> All { get; }

    /// <summary>Starts of the hours whose integrated load is shown: twenty minutes after their end.</summary>
    public static IEnumerable<long> HourStarts(OperatingDay day, Instant now)
    {
        for (var at = day.Start.ToUnixTimeSeconds(); at < day.End.ToUnixTimeSeconds() && at + 4800 <= now.ToUnixTimeSeconds(); at += 3600)
        {
            yield return at;
        }
    }

    /// <summary>Hours of the six days of a forecast file.</summary>
    public static IEnumerable<long> ForecastStarts(OperatingDay day)
    {
        var end = new OperatingDay(day.Date.PlusDays(6), day.Zone).Start.ToUnixTimeSeconds();
        for (var at = day.Start.ToUnixTimeSeconds(); at < end; at += 3600)
        {
            yield return at;
        }
    }

    private static bool Running(OperatingDay day, Instant now) => now >= day.Start;

    private NyisoFile Prices(string folder, string name, PriceBook book, bool isQuoted, bool hasSeconds, bool isEnd) => new(
        folder, name, PriceColumns, isQuoted, RowForm.CsvCrLf,
        (day, now) => book.Starts(day, now).Any(),
        (writer, day, now) => WritePrices(writer, book, day, now, isQuoted, hasSeconds, isEnd));

    private void WritePrices(RowWriter writer, PriceBook book, OperatingDay day, Instant now, bool isQuoted, bool hasSeconds, bool isEnd)
    {
        var places = book.Corrected(day, now);
        var end = 0L;
        foreach (var start in book.Starts(day, now))
        {
            WriteInterval(book, start);
            end = start + book.Seconds;
        }

        if (isEnd)
        {
            foreach (var start in LookAhead(end, day))
            {
                // The commitment run's look-ahead stands behind the dispatched prices of the running day, at day-ahead level.
                WriteInterval(book == _books.RealTimeZone ? _books.DayAheadZone : _books.DayAheadGenerator, start);
            }
        }

        void WriteInterval(PriceBook from, long start)
        {
            var states = from.States(start);
            foreach (var (place, correction) in places)
            {
                var price = from.Price(states, place, correction + from.ProvisionalUsd(place, start, now));
                writer.Begin(start, place);
                NyisoCells.Stamp(writer, isEnd ? start + book.Seconds : start, hasSeconds, isQuoted);
                NyisoCells.Word(writer, place.Id, isQuoted);
                writer.Byte((byte)',');
                writer.Text(place.PublisherId!);
                writer.Byte((byte)',');
                writer.Value();
                writer.Fixed(price.Lmp, 2, cutZeros: false);
                NyisoCells.Number(writer, price.Loss, 2, cutZeros: false);
                NyisoCells.Number(writer, -price.Congestion, 2, cutZeros: false);
                writer.End();
            }
        }
    }

    /// <summary>Five-minute starts whose ends are the quarter hours of the next two and a half hours; none near the day's end.</summary>
    public static IEnumerable<long> LookAhead(long end, OperatingDay day)
    {
        var last = day.End.ToUnixTimeSeconds();
        if (end == 0 || last - end < 3 * 900)
        {
            yield break;
        }

        for (var at = (end / 900 * 900) + 900; at <= Math.Min(last, end + 9000); at += 900)
        {
            yield return at - 300;
        }
    }

    private void WriteLoad(RowWriter writer, OperatingDay day, Instant now)
    {
        for (var at = day.Start.ToUnixTimeSeconds(); at < day.End.ToUnixTimeSeconds() && at <= now.ToUnixTimeSeconds(); at += 300)
        {
            foreach (var zone in _books.Zones)
            {
                WriteLoadRow(writer, at, zone, _books.Load(zone, at, day, now));
            }
        }
    }

    private void WriteIntegratedLoad(RowWriter writer, OperatingDay day, Instant now)
    {
        foreach (var at in HourStarts(day, now))
        {
            foreach (var zone in _books.Zones)
            {
                WriteLoadRow(writer, at, zone, _books.HourlyLoad(zone, at, day, now));
            }
        }
    }

    private static void WriteLoadRow(RowWriter writer, long at, NyisoArea zone, long load)
    {
        writer.Begin(at);
        NyisoCells.Stamp(writer, at, hasSeconds: true, isQuoted: true);
        NyisoCells.ZoneWord(writer, at, isQuoted: true);
        NyisoCells.Word(writer, zone.Name, isQuoted: true);
        writer.Byte((byte)',');
        writer.Text(zone.Ptid);
        writer.Byte((byte)',');
        writer.Value();
        writer.Fixed(load, 4, cutZeros: true);
        writer.End();
    }

    private void WriteForecast(RowWriter writer, OperatingDay day, Instant now)
    {
        foreach (var at in ForecastStarts(day))
        {
            writer.Begin(at);
            NyisoCells.Stamp(writer, at, hasSeconds: false, isQuoted: true);
            var sum = 0L;
            foreach (var zone in _books.Zones)
            {
                var mw = _books.Forecast(zone, at, day.Date);
                sum += mw;
                writer.Byte((byte)',');
                writer.Value();
                writer.Whole(mw);
            }

            NyisoCells.Number(writer, sum, 0, cutZeros: false);
            writer.End();
        }
    }

    private void WriteFuelMix(RowWriter writer, OperatingDay day, Instant now)
    {
        foreach (var at in _books.Readings(day, isEnd: true, now))
        {
            foreach (var fuel in NyisoBooks.Fuels)
            {
                writer.Begin(at);
                NyisoCells.Stamp(writer, at, hasSeconds: true, isQuoted: false);
                NyisoCells.ZoneWord(writer, at, isQuoted: false);
                NyisoCells.Word(writer, fuel, isQuoted: false);
                writer.Byte((byte)',');
                writer.Value();
                writer.Fixed(_books.Generation(fuel, at) * 10, 1, cutZeros: false);
                writer.End();
            }
        }
    }

    private void WriteFlows(RowWriter writer, OperatingDay day, Instant now)
    {
        foreach (var at in _books.Readings(day, isEnd: false, now))
        {
            foreach (var border in _books.Borders)
            {
                writer.Begin(at);
                NyisoCells.Stamp(writer, at, hasSeconds: false, isQuoted: false);
                NyisoCells.Word(writer, border.Name, isQuoted: false);
                NyisoCells.Word(writer, border.Point, isQuoted: false);
                writer.Byte((byte)',');
                writer.Value();
                writer.Fixed(border.Flow(at), 2, cutZeros: true);
                NyisoCells.Number(writer, border.PositiveMw, 0, cutZeros: false);
                NyisoCells.Number(writer, border.NegativeMw, 0, cutZeros: false);
                writer.End();
            }
        }
    }
}
