using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Nyiso;

/// <summary>The sandbox's NYISO: daily CSVs of the last days and zips of whole months, under <c>/public/csv</c>.</summary>
/// <remarks>A daily file answers 404 before its first row is published and again after ten days; a month zip holds the days that have
/// rows. The running day's real-time files end with look-ahead rows, as the publisher's do.</remarks>
public sealed class NyisoPublisher : SandboxPublisher
{
    /// <summary>Days for which daily files are kept.</summary>
    public const int DailyFileDays = 10;

    private static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    private readonly NyisoBooks _books;
    private readonly NyisoFiles _files;

    public NyisoPublisher(World world)
        : base(world)
    {
        _books = new NyisoBooks(world);
        _files = new NyisoFiles(_books);
    }

    public override string Name => "nyiso";

    public override int DefaultPort => 8004;

    public override IReadOnlyList<string> Hosts { get; } = ["mis.nyiso.com"];

    public override IReadOnlyList<SandboxSeries> Series =>
    [
        .. _books.DayAheadZone.Places.Select(p => PriceSeries.Of("day-ahead-lmp", _books.DayAheadZone, p, MarketZones.Eastern)),
        .. _books.RealTimeZone.Places.Select(p => PriceSeries.Of("real-time-lmp", _books.RealTimeZone, p, MarketZones.Eastern)),
        .. _books.Zones.Select(z => new SandboxSeries($"load.{z.Name}", "MW", 300, (at, now) => at <= now.ToUnixTimeSeconds()
            ? _books.Load(z, at, OperatingDay.Of(Instant.FromUnixTimeSeconds(at), MarketZones.Eastern), now) / 10_000.0
            : null)),
    ];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var at = parts is ["public", ..] ? 1 : 0;
        if (parts.Length != at + 3 || parts[at] != "csv" || parts[at + 2].Length < 9
            || !Date.Parse(parts[at + 2][..8]).TryGetValue(default, out var date))
        {
            return NotFound(request);
        }

        var name = parts[at + 2][8..];
        foreach (var file in _files.All)
        {
            if (file.Folder != parts[at + 1])
            {
                continue;
            }

            if (name == file.Name + ".csv")
            {
                return Daily(file, new OperatingDay(date, MarketZones.Eastern), request, moment);
            }

            if (name == file.Name + "_csv.zip" && date.Day == 1)
            {
                return Month(file, date, request, moment);
            }
        }

        return NotFound(request);
    }

    private static SandboxResponse Daily(NyisoFile file, OperatingDay day, SandboxRequest request, Moment moment)
    {
        var age = Period.DaysBetween(day.Date, OperatingDay.Of(moment.Now, day.Zone).Date);
        if (age > DailyFileDays || !file.IsThere(day, moment.Now))
        {
            return NotFound(request);
        }

        var body = new MemoryStream();
        file.WriteTo(body, day, moment);
        return SandboxResponse.Of(200, "text/csv", body.ToArray());
    }

    private static SandboxResponse Month(NyisoFile file, LocalDate first, SandboxRequest request, Moment moment)
    {
        var days = new List<OperatingDay>();
        for (var date = first; date.Month == first.Month; date = date.PlusDays(1))
        {
            var day = new OperatingDay(date, MarketZones.Eastern);
            if (file.IsThere(day, moment.Now))
            {
                days.Add(day);
            }
        }

        return days.Count == 0
            ? NotFound(request)
            : SandboxResponse.Of(200, "application/zip", Zips.Many(
                days.Select(day => (
                    $"{Date.Format(day.Date)}{file.Name}.csv", (Action<Stream>)(stream => file.WriteTo(stream, day, moment)))),
                moment.Stamp));
    }

    private static SandboxResponse NotFound(SandboxRequest request) => SandboxResponse.Text(404, "text/html; charset=iso-8859-1", $"""
        <!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">
        <html><head>
        <title>404 Not Found</title>
        </head><body>
        <h1>Not Found</h1>
        <p>The requested URL {request.Path} was not found on this server.</p>
        </body></html>
        """);
}
