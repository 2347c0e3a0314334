using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Ieso;

/// <summary>The sandbox's IESO: public reports under <c>/public</c>, a folder each.</summary>
/// <remarks>A file answers 404 before its first row is published, and again when it is too old to be kept.</remarks>
public sealed class IesoPublisher : SandboxPublisher
{
    private static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    private readonly IesoBooks _books;
    private readonly IReadOnlyList<IesoReport> _reports;

    public IesoPublisher(World world)
        : base(world)
    {
        _books = new IesoBooks(world);
        _reports = [.. new IesoCsv(_books).All, .. new IesoPrices(_books).All, .. new IesoQuantities(_books).All];
    }

    public override string Name => "ieso";

    public override int DefaultPort => 8011;

    public override IReadOnlyList<string> Hosts { get; } = ["reports-public.ieso.ca"];

    public override IReadOnlyList<SandboxSeries> Series =>
    [
        .. _books.DayAheadZones.Places.Select(p => Price("day-ahead-lmp", _books.DayAheadZones, p)),
        .. _books.RealTimeZones.Places.Select(p => Price("real-time-lmp", _books.RealTimeZones, p)),
    ];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts is not ["public", var folder, var name] || _reports.FirstOrDefault(r => r.Name == folder) is not { } report
            || FileOf(report, name) is not { } file || !IsKept(report, file, moment.Now) || !report.IsThere(file, moment.Now))
        {
            return SandboxResponse.Text(404, "text/html", "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n"
                + "<center><h1>404 Not Found</h1></center>\r\n</body>\r\n</html>\r\n");
        }

        var body = new MemoryStream();
        var writer = new RowWriter(body, report.Form, moment.Tampering);
        report.Write(writer, file, moment);
        writer.Flush();
        return SandboxResponse.Of(200, report.Extension == "csv" ? "text/csv" : "text/xml", body.ToArray());
    }

    private static SandboxSeries Price(string dataset, PriceBook book, Place place) =>
        PriceSeries.Of(dataset, book, place, MarketZones.EasternStandard) with { Unit = "CAD/MWh" };

    private static bool IsKept(IesoReport report, IesoFileOf file, Instant now) => report.KeptDays == int.MaxValue
        || Period.DaysBetween(file.Day.Date, OperatingDay.Of(now, file.Day.Zone).Date) < report.KeptDays;

    /// <summary>The file that a name asks for: <c>PUB_Demand_2026.csv</c>, <c>PUB_RealtimeTotals_2026063001.xml</c>.</summary>
    private static IesoFileOf? FileOf(IesoReport report, string name)
    {
        var head = $"PUB_{report.Name}_";
        var tail = $".{report.Extension}";
        if (!name.StartsWith(head, StringComparison.Ordinal) || !name.EndsWith(tail, StringComparison.Ordinal))
        {
            return null;
        }

        var stamp = name[head.Length..^tail.Length];
        var length = report.Span switch { IesoSpan.Year => 4, IesoSpan.Day => 8, _ => 10 };
        if (stamp.Length != length || !stamp.All(char.IsAsciiDigit))
        {
            return null;
        }

        var date = Date.Parse(report.Span == IesoSpan.Year ? stamp + "0101" : stamp[..8]);
        var hour = report.Span == IesoSpan.Hour ? ((stamp[8] - '0') * 10) + (stamp[9] - '0') : 0;
        return date.Success && (hour is >= 1 and <= 24 || report.Span != IesoSpan.Hour)
            ? new IesoFileOf(new OperatingDay(date.Value, MarketZones.EasternStandard), hour)
            : null;
    }
}
