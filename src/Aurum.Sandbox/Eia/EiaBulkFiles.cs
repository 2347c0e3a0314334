using System.Globalization;
using Aurum.Market.Feeds;
using Aurum.Market.Series;
using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Truths;
using Aurum.Sandbox.Worlds;
using NodaTime;

namespace Aurum.Sandbox.Eia;

/// <summary>The sandbox's bulk files: the hourly grid of three authorities over the last two weeks, and a few coal series; each a line of
/// JSON in a zip, written anew at 06:00 and 18:00 UTC.</summary>
internal sealed class EiaBulkFiles
{
    private const int Days = 14;
    private const int FirstCoalYear = 2018;
    private const string Source = "\"copyright\":\"None\",\"source\":\"EIA, U.S. Energy Information Administration\",\"iso3166\":\"USA\"";

    private static readonly RowForm Values = new("[", "]", ",", ",0");
    private static readonly string[] Authorities = ["CISO", "ERCO", "NYIS"];

    /// <summary>Id without frequency, name, tons in a quarter.</summary>
    private static readonly (string Id, string Name, double Tons)[] CoalSeries =
    [
        ("COAL.CONS_TOT.US-98", "Coal consumption : United States : electric power", 95_000_000),
        ("COAL.PRODUCTION.TOT-US-TOT", "Coal production : United States : all", 128_000_000),
        ("COAL.STOCKS.TOT-US-98", "Coal stocks : United States : electric power", 119_000_000),
    ];

    private readonly Dice _dice;
    private readonly IReadOnlyList<(EiaBook Book, EiaSeries Series, string Id)> _grid;

    public EiaBulkFiles(World world, EiaBooks books)
    {
        _dice = world.Dice.For("eia bulk");
        _grid =
        [
            .. Of(books.RegionData).Select(s => (books.RegionData, s, $"EBA.{s.First.Code}-ALL.{s.Second.Code}.H")),
            .. Of(books.FuelTypeData).Select(s => (books.FuelTypeData, s, $"EBA.{s.First.Code}-ALL.NG.{s.Second.Code}.H")),
        ];

        static IEnumerable<EiaSeries> Of(EiaBook book) => book.Series.Where(s => Authorities.Contains(s.First.Code));
    }

    public IEnumerable<TruthSource> Truth =>
    [
        new TruthSource<SeriesPoint>(new FeedId("eia/bulk-grid"), GridRows, _ => []),
        new TruthSource<SeriesPoint>(new FeedId("eia/bulk-series"), CoalRows, _ => []),
    ];

    /// <summary>The zip of a path below <c>/bulk</c>; null where there is none.</summary>
    public SandboxResponse? Answer(string path, Moment moment)
    {
        Action<Stream, Moment>? write = path switch
        {
            "/bulk/EBA.zip" => WriteGrid,
            "/bulk/COAL.zip" => WriteCoal,
            _ => null,
        };
        var name = path[(path.LastIndexOf('/') + 1)..].Replace(".zip", ".txt", StringComparison.Ordinal);
        return write is null ? null : SandboxResponse.Of(
            200, "application/zip", Zips.One(name, moment.Stamp, stream => write(stream, moment)));
    }

    /// <summary>When the files of an instant were written.</summary>
    private static Instant WrittenAt(Instant now)
    {
        var sixes = (now.ToUnixTimeSeconds() - 21_600) / 43_200;
        return Instant.FromUnixTimeSeconds((sixes * 43_200) + 21_600);
    }

    private void WriteGrid(Stream stream, Moment moment)
    {
        var writer = new RowWriter(stream, Values, moment.Tampering);
        var at = WrittenAt(moment.Now);
        writer.Text("{\"category_id\":\"2123635\",\"parent_category_id\":\"2122628\",\"name\":\"Demand\",\"childseries\":[]}\n");
        foreach (var (book, series, id) in _grid)
        {
            Open(writer, id, $"{series.Second.Name} for {series.First.Name}, hourly - UTC time", "megawatthours", "H");
            var last = at.ToUnixTimeSeconds() / 3600 * 3600;
            var isFirst = true;
            for (var end = last; end > last - (Days * 86_400); end -= 3600)
            {
                if (EiaBook.IsPublished(series, end - 3600, at))
                {
                    writer.Text(isFirst ? "" : ",");
                    isFirst = false;
                    WriteHour(writer, end, book.Value(series, end - 3600, at));
                }
            }

            writer.Text("]}\n");
        }

        // The first series once more on the clock of its own place, as EIA does for all.
        Open(writer, _grid[0].Id + "L", "the same, hourly - local time", "megawatthours", "HL");
        writer.Text("[\"20250101T00-08\",1]]}\n");
        writer.Flush();
    }

    /// <summary>Values stand in one line, so that no fault of rows can leave one out without breaking the line.</summary>
    private static void WriteHour(RowWriter writer, long end, long? value)
    {
        var hour = Instant.FromUnixTimeSeconds(end).InUtc();
        writer.Text("[\"");
        writer.Digits(hour.Year, 4);
        writer.Digits(hour.Month, 2);
        writer.Digits(hour.Day, 2);
        writer.Byte((byte)'T');
        writer.Digits(hour.Hour, 2);
        writer.Text("Z\","u8);
        writer.Text(value is { } megawatthours ? megawatthours.ToString(CultureInfo.InvariantCulture) : "null");
        writer.Byte((byte)']');
    }

    private static void Open(RowWriter writer, string id, string name, string units, string frequency)
    {
        var tampering = writer.Tampering;
        if (tampering.RenamesColumn)
        {
            tampering.Note("units are called unit");
        }

        if (tampering.AddsColumn)
        {
            tampering.Note("a field added");
        }

        writer.Text($$"""
            {"series_id":"{{id}}","name":"{{name}}","{{(tampering.RenamesColumn ? "unit" : "units")}}":"{{units}}","f":"{{frequency}}",
            """.TrimEnd());
        writer.Text(tampering.AddsColumn ? "\"remark\":\"\"," : "");
        writer.Text($"{Source},\"last_updated\":\"2025-01-01T06:00:00-05:00\",\"data\":[");
    }

    private void WriteCoal(Stream stream, Moment moment)
    {
        var writer = new RowWriter(stream, Values, moment.Tampering);
        foreach (var (id, name, tons) in CoalSeries)
        {
            foreach (var isYear in (bool[])[false, true])
            {
                var frequency = isYear ? "A" : "Q";
                Open(writer, $"{id}.{frequency}", $"{name} : {(isYear ? "annual" : "quarterly")}", "short tons", frequency);
                var starts = CoalStarts(isYear, WrittenAt(moment.Now));
                writer.Text(string.Join(',', starts.Reverse().Select(first =>
                    $"[\"{(isYear ? $"{first.Year}" : $"{first.Year}Q{(first.Month + 2) / 3}")}\",{Coal(id, tons, first, isYear)}]")));
                writer.Text("]}\n");
            }
        }

        writer.Flush();
    }

    /// <summary>Quarters are shown 100 days after their end, years 300 days.</summary>
    private static IEnumerable<LocalDate> CoalStarts(bool isYear, Instant at)
    {
        var months = isYear ? 12 : 3;
        for (var first = new LocalDate(FirstCoalYear, 1, 1);
             EiaTables.Midnight(first.PlusMonths(months)) + Duration.FromDays(isYear ? 300 : 100) <= at; first = first.PlusMonths(months))
        {
            yield return first;
        }
    }

    private long Coal(string id, double tons, LocalDate first, bool isYear)
    {
        var own = _dice.For(id);
        return isYear
            ? Enumerable.Range(0, 4).Sum(i => Coal(id, tons, first.PlusMonths(3 * i), isYear: false))
            : (long)Math.Round(tons * (1 + (0.2 * own.Smooth(first.DaysSinceEpoch() / 300.0))));
    }

    private IEnumerable<SeriesPoint> GridRows(OperatingDay day, Instant knownAt)
    {
        var at = WrittenAt(knownAt);
        var oldest = (at.ToUnixTimeSeconds() / 3600 * 3600) - (Days * 86_400);
        foreach (var (book, series, id) in _grid)
        {
            var key = new SeriesKey($"bulk/{id}", "megawatthours");
            for (var start = day.Start.ToUnixTimeSeconds(); start < day.End.ToUnixTimeSeconds(); start += 3600)
            {
                if (start >= oldest && EiaBook.IsPublished(series, start, at))
                {
                    yield return new SeriesPoint(
                        key, DeliveryInterval.FromUnixSeconds(start, 3600), book.Value(series, start, at) ?? double.NaN);
                }
            }
        }
    }

    private IEnumerable<SeriesPoint> CoalRows(OperatingDay day, Instant knownAt)
    {
        if (day.Date.Day != 1 || day.Date.Month % 3 != 1)
        {
            yield break;
        }

        foreach (var (id, _, tons) in CoalSeries)
        {
            foreach (var isYear in (bool[])[false, true])
            {
                if (CoalStarts(isYear, WrittenAt(knownAt)).Contains(day.Date))
                {
                    var period = CalendarPeriods.Of(day.Date, isYear ? SeriesFrequency.Annual : SeriesFrequency.Quarterly);
                    yield return new SeriesPoint(
                        new SeriesKey($"bulk/{id}.{(isYear ? "A" : "Q")}", "short tons"), period, Coal(id, tons, day.Date, isYear));
                }
            }
        }
    }
}
