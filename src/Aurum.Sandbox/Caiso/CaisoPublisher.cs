using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Caiso;

/// <summary>The sandbox's CAISO: OASIS' SingleZip door, CSV (<c>resultformat=6</c>) and XML in a zip whose inner name repeats
/// the request; its GroupZip door for public bids; and the files
/// behind Today's Outlook.</summary>
/// <remarks>What is not published yet, or not known, is error 1000 in XML inside a zip, with status 200, whatever format was asked for.
/// A request that cannot be answered (unknown report, too long a span) is INVALID_REQUEST.xml; its codes other than 1000 and 1015 were
/// never recorded from the publisher and are ours.</remarks>
public sealed class CaisoPublisher : SandboxPublisher
{
    private static readonly InstantPattern Gmt = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HH:mm'-0000'");

    private readonly CaisoBooks _books;
    private readonly IReadOnlyList<OasisReport> _reports;

    public CaisoPublisher(World world)
        : base(world)
    {
        _books = new CaisoBooks(world);
        _reports = OasisReports.Of(_books);
    }

    public override string Name => "caiso";

    public override int DefaultPort => 8001;

    public override IReadOnlyList<string> Hosts { get; } = ["oasis.caiso.com", "www.caiso.com"];

    public override IReadOnlyList<SandboxSeries> Series =>
    [
        .. World.CaisoPlaces.Take(12).Select(p => PriceSeries.Of("day-ahead-lmp", _books.DayAhead, p, MarketZones.Pacific)),
        .. World.CaisoPlaces.Take(12).Select(p => PriceSeries.Of("real-time-lmp", _books.RealTime, p, MarketZones.Pacific)),
        .. _books.LoadActual.Series.Select(s => Quantity("load-actual", _books.LoadActual, s)),
    ];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment)
    {
        if (_books.Outlook.Answer(request.Path, moment) is { } outlook)
        {
            return outlook;
        }

        if (request.Path is "/oasisapi/GroupZip" or "/GroupZip")
        {
            return Group(Query.Of(request), moment);
        }

        if (request.Path is not ("/oasisapi/SingleZip" or "/SingleZip"))
        {
            return SandboxResponse.Text(
                404, "text/html", "<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>");
        }

        var query = Query.Of(request);
        var run = query["market_run_id"] ?? "";
        var execution = query["execution_type"] ?? "ALL";
        var reports = _reports
            .Where(r => r.Query == query["queryname"] && r.MarketRun == run)
            .Where(r => execution == "ALL" || r.Query != "SLD_FCST" || run != "RTM" || r.Seconds == (execution == "RTD" ? 300 : 900))
            .ToList();
        if (reports.Count == 0)
        {
            return Invalid(1002, "The query name or market run is not valid.", moment);
        }

        if (!Gmt.Parse(query["startdatetime"] ?? "").TryGetValue(default, out var start)
            || !Gmt.Parse(query["enddatetime"] ?? "").TryGetValue(default, out var end) || end <= start)
        {
            return Invalid(1003, "startdatetime and enddatetime are expected as YYYYMMDDTHH:MM-0000.", moment);
        }

        if (end - start > Duration.FromHours(reports[0].MostHours + 1))
        {
            return Invalid(1004, $"The date range exceeds the maximum of {reports[0].MostHours} hours.", moment);
        }

        return Answer(reports, query, (start, end), moment);
    }

    /// <summary>Public bids, one day at a time.</summary>
    private SandboxResponse Group(Query query, Moment moment)
    {
        var group = query["groupid"] ?? "";
        if (_books.Bids.FirstOrDefault(b => group == $"PUB_{b.Name[^3..]}_GRP") is not { } bids)
        {
            return Invalid(1002, "The group is not valid.", moment);
        }

        if (!Gmt.Parse(query["startdatetime"] ?? "").TryGetValue(default, out var start))
        {
            return Invalid(1003, "startdatetime and enddatetime are expected as YYYYMMDDTHH:MM-0000.", moment);
        }

        var day = OperatingDay.Of(start, MarketZones.Pacific);
        var name = $"{day.Date:uuuuMMdd}_{day.Date:uuuuMMdd}_";
        return CaisoBids.IsShown(day, moment.Now)
            ? Zip($"{name}{group}_N_N_v3_csv.zip", Zips.One(
                $"{name}{bids.Name}_v3.csv", bids.Write(day, moment.Tampering), moment.Stamp))
            : Zip($"{name}{group}.xml.zip", Zips.One($"{name}{group}.xml",
                OasisError.Document(1000, OasisError.NoData, moment.Stamp), moment.Stamp));
    }

    private static SandboxResponse Answer(IReadOnlyList<OasisReport> reports, Query query, (Instant Start, Instant End) span, Moment moment)
    {
        var isCsv = query["resultformat"] == "6";
        var pacific = MarketZones.Pacific;
        var name = $"{span.Start.InZone(pacific).Date:uuuuMMdd}_{span.End.InZone(pacific).Date:uuuuMMdd}_"
            + $"{reports[0].Query}_{(reports[0].MarketRun.Length == 0 ? "" : reports[0].MarketRun + "_")}"
            + $"{moment.Stamp.InZone(pacific).LocalDateTime:uuuuMMdd'_'HH'_'mm'_'ss}_v{query["version"] ?? "1"}";
        return OasisContent.HasRows(reports, query, span, moment.Now)
            ? Zip(name + ".zip", Zips.One(
                name + (isCsv ? ".csv" : ".xml"), moment.Stamp, stream => OasisContent.Write(stream, reports, query, span, isCsv, moment)))
            : Zip(name + ".xml.zip", Zips.One(name + ".xml", OasisError.Document(1000, OasisError.NoData, moment.Stamp), moment.Stamp));
    }

    private static SandboxResponse Invalid(int code, string description, Moment moment) =>
        Zip("INVALID_REQUEST.xml.zip", Zips.One("INVALID_REQUEST.xml", OasisError.Document(code, description, moment.Stamp), moment.Stamp));

    private static SandboxResponse Zip(string name, byte[] body) =>
        SandboxResponse.Of(200, "application/x-zip-compressed", body).With("Content-Disposition", $"inline; filename={name}");

    private static SandboxSeries Quantity(string dataset, CaisoQuantities book, CaisoQuantity series) =>
        new($"{dataset}.{series.Place.Id.Replace(' ', '_')}", "MW", book.Seconds, (start, now) =>
        {
            var day = OperatingDay.Of(Instant.FromUnixTimeSeconds(start), MarketZones.Pacific);
            return start + book.Seconds <= book.Release.VisibleUntil(day, now) ? book.Value(series, start, day, now) / book.Scale : null;
        });
}
