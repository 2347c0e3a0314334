using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Spp;

/// <summary>The sandbox's SPP: files below reports in <c>/file-browser-api/download</c>, and the files of two charts.</summary>
/// <remarks>Five-minute prices come in a file an interval at once, and in one for the day, with corrections, on the sixth day after it.
/// What is not there answers 404.</remarks>
public sealed class SppPublisher : SandboxPublisher
{
    private const string Download = "/file-browser-api/download/";

    private static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");
    private static readonly YearMonthPattern MonthName = YearMonthPattern.CreateWithInvariantCulture("MMMuuuu");

    private readonly SppBooks _books;

    public SppPublisher(World world)
        : base(world) => _books = new SppBooks(world);

    public override string Name => "spp";

    public override int DefaultPort => 8008;

    public override IReadOnlyList<string> Hosts { get; } = ["portal.spp.org"];

    public override IReadOnlyList<SandboxSeries> Series =>
    [
        .. _books.DayAhead.Places.Select(p => PriceSeries.Of("day-ahead-lmp", _books.DayAhead, p, MarketZones.Central)),
        .. _books.RealTime.Places.Select(p => PriceSeries.Of("real-time-lmp", _books.RealTime, p, MarketZones.Central)),
    ];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment) => Find(request, moment.Now) is { } table
        ? SandboxResponse.Of(200, "text/csv", table.Bytes(moment))
        : SandboxResponse.Text(404, "application/json", """{"status":404,"error":"Not Found"}""");

    private SppTable? Find(SandboxRequest request, Instant now)
    {
        switch (request.Path)
        {
            case "/chart-api/interchange-trend/asFile":
                return SppReadings.Chart(_books, SppGrid.East, now);
            case "/chart-api/interchange-trend-swpw/asFile":
                return SppReadings.Chart(_books, SppGrid.West, now);
            case var path when path.StartsWith(Download, StringComparison.Ordinal):
                return Query.Of(request)["path"] is { } file ? File(path[Download.Length..], file, now) : null;
            default:
                return null;
        }
    }

    private SppTable? File(string report, string path, Instant now) => report switch
    {
        "da-lmp-by-settlement-location" => DayAhead(_books.DayAhead, "SL", path, now),
        "da-lmp-by-bus" => DayAhead(_books.DayAheadBus, "B", path, now),
        "rtbm-lmp-by-location" => RealTime(_books.RealTime, "SL", path, now),
        "rtbm-lmp-by-bus" => RealTime(_books.RealTimeBus, "B", path, now),
        "hourly-load" => Load(path, now),
        "mtlf-vs-actual" => Forecast("OP-MTLF", path, now) is { } issued ? SppQuantities.LoadForecast(_books, issued) : null,
        "midterm-resource-forecast" =>
            Forecast("OP-MTRF", path, now) is { } issued ? SppQuantities.RenewableForecast(_books, issued) : null,
        "generation-mix-historical" => FuelMix(path, now),
        "historical-tie-flow" => TieFlows(path, now),
        _ => null,
    };

    private static SppTable? DayAhead(PriceBook book, string kind, string path, Instant now) =>
        DayIn(path) is { } day && path == $"/{day.Date:uuuu'/'MM}/By_Day/DA-LMP-{kind}-{day.Date:uuuuMMdd}0100.csv"
        && book.Starts(day, now).Any()
            ? SppPrices.DayAhead(book, day, now)
            : null;

    private static SppTable? RealTime(PriceBook book, string kind, string path, Instant now)
    {
        if (path.Contains("/By_Day/", StringComparison.Ordinal))
        {
            return DayIn(path) is { } whole && now >= SppBooks.DailyFileAt(whole)
                && path == $"/{whole.Date:uuuu'/'MM}/By_Day/RTBM-LMP-DAILY-{kind}-{whole.Date:uuuuMMdd}.csv"
                    ? SppPrices.Daily(book, whole, now)
                    : null;
        }

        if (DayIn(path) is not { } named)
        {
            return null;
        }

        // The last interval of a day is named by the next one.
        foreach (var day in (OperatingDay[])[named, named.Previous])
        {
            var folder = $"/{day.Date:uuuu'/'MM}/By_Interval/{day.Date:dd}/RTBM-LMP-{kind}-";
            foreach (var start in path.StartsWith(folder, StringComparison.Ordinal) ? book.Starts(day, now) : [])
            {
                if (path.AsSpan(folder.Length).SequenceEqual($"{SppText.IntervalName(start + book.Seconds)}.csv"))
                {
                    return SppPrices.Interval(book, day, start);
                }
            }
        }

        return null;
    }

    private SppTable? Load(string path, Instant now) =>
        DayIn(path) is { } day && path == $"/{day.Date:uuuu}/DAILY_HOURLY_LOAD-{day.Date:uuuuMMdd}.csv"
        && now >= SppBooks.LoadFileAt(day)
            ? SppQuantities.Load(_books, day, now)
            : null;

    /// <summary>When a forecast was made; null where its file is not there.</summary>
    private static long? Forecast(string prefix, string path, Instant now)
    {
        if (DayIn(path) is { } day)
        {
            foreach (var issued in SppBooks.Issues(day))
            {
                if (path == $"/{day.Date:uuuu'/'MM'/'dd}/{prefix}-{SppText.HourName(issued)}.csv"
                    && SppBooks.IsForecastThere(issued, now))
                {
                    return issued;
                }
            }
        }

        return null;
    }

    private SppTable? FuelMix(string path, Instant now)
    {
        foreach (var authority in (string[])[SppGrid.East, SppGrid.West])
        {
            if (path == $"/{authority}/GenMix2Hour_{authority}.csv" || path == $"/{authority}/GenMix365_{authority}.csv")
            {
                return SppReadings.Fuels(_books, authority, path.Contains("365", StringComparison.Ordinal), now);
            }
        }

        return null;
    }

    private SppTable? TieFlows(string path, Instant now)
    {
        const string Prefix = "/TieFlows_";
        var name = path.StartsWith(Prefix, StringComparison.Ordinal) && path.EndsWith(".csv", StringComparison.Ordinal)
            ? path[Prefix.Length..^4]
            : "";
        var parts = name.Split('_');
        if (!MonthName.Parse(parts[^1]).TryGetValue(default, out var month))
        {
            return null;
        }

        var first = month.OnDayOfMonth(1);
        var isNamed = first >= new LocalDate(2026, 3, 1);
        return parts switch
        {
            [SppGrid.East, _] when isNamed => SppReadings.Month(_books, SppGrid.East, first, now),
            [SppGrid.West, _] when isNamed => SppReadings.Month(_books, SppGrid.West, first, now),
            [_] when !isNamed => SppReadings.Month(_books, SppGrid.East, first, now),
            _ => null,
        };
    }

    /// <summary>The day in a file's name, behind the last hyphen; null where there is none.</summary>
    private static OperatingDay? DayIn(string path)
    {
        var at = path.LastIndexOf('-') + 1;
        return at > 0 && path.Length >= at + 8 && Date.Parse(path[at..(at + 8)]).TryGetValue(default, out var date)
            ? new OperatingDay(date, MarketZones.Central)
            : null;
    }
}
