using System.Globalization;
using System.Text;
using System.Text.Json;
using Aurum.Market.Time;
using Aurum.Sandbox.Faults;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Ercot;

/// <summary>The sandbox's ERCOT: reports of the public API as JSON, page by page, documents of its archive, and the
/// dashboards of the web site.</summary>
/// <remarks>A report that is not out yet is an answer without rows. A request without subscription key is refused with 401. DSTFlag is set
/// on the second of two equal hours, which stands first, as in the recorded answer.</remarks>
public sealed class ErcotPublisher : SandboxPublisher
{
    private const int UsualPageSize = 100;
    private const int LargestPageSize = 100_000;
    private const string Reports = "/api/public-reports/";
    private const string Dashboards = "/api/1/services/read/dashboards/";

    private const string NotFound = """{ "statusCode": 404, "message": "Resource not found" }""";

    private const string NoKey =
        """{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }""";

    private readonly ErcotBooks _books;
    private readonly IReadOnlyList<ErcotReport> _reports;
    private readonly ErcotDashboards _dashboards;
    private readonly ErcotArchive _archive;

    public ErcotPublisher(World world)
        : base(world)
    {
        _books = new ErcotBooks(world);
        var markets = new ErcotMarkets(world);
        _reports = [.. new ErcotReports(_books).All, .. new ErcotMarketReports(_books, markets).All];
        _archive = new ErcotArchive(markets);
        _dashboards = new ErcotDashboards(_books);
    }

    public override string Name => "ercot";

    public override int DefaultPort => 8005;

    public override IReadOnlyList<string> Hosts { get; } = ["api.ercot.com", "www.ercot.com"];

    public override IReadOnlyList<SandboxSeries> Series =>
    [
        .. World.ErcotPlaces.Where(p => p.TypeText != "RN")
            .Select(p => PriceSeries.Of("day-ahead-spp", _books.DayAhead, p, MarketZones.Central)),
        .. World.ErcotPlaces.Where(p => p.TypeText != "RN")
            .Select(p => PriceSeries.Of("real-time-spp", _books.RealTime, p, MarketZones.Central)),
        new SandboxSeries("system-load", "MW", 3600, (at, now) =>
            ErcotDashboards.IsMetered(at, now) ? _books.SystemLoad(at) / 100.0 : null),
    ];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment)
    {
        var path = request.Path;
        if (path.StartsWith(Dashboards, StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal)
            && _dashboards.Write(path[Dashboards.Length..^5], moment) is { } dashboard)
        {
            return SandboxResponse.Of(200, "application/json", dashboard);
        }

        if (!path.StartsWith(Reports, StringComparison.Ordinal))
        {
            return Json(404, NotFound);
        }

        if (string.IsNullOrEmpty(request.Header("Ocp-Apim-Subscription-Key")) || string.IsNullOrEmpty(request.Header("Authorization")))
        {
            return Json(401, NoKey);
        }

        if (path == ErcotArchive.Path)
        {
            return _archive.Answer(Query.Of(request), moment);
        }

        var report = _reports.FirstOrDefault(r => path == $"{Reports}{r.Emil}/{r.Endpoint}");
        return report is null ? Json(404, NotFound) : Answer(report, Query.Of(request), moment);
    }

    private static SandboxResponse Json(int status, string text) => SandboxResponse.Text(status, "application/json", text);

    private static SandboxResponse Answer(ErcotReport report, Query query, Moment moment)
    {
        var size = Math.Clamp(Number(query["size"], UsualPageSize), 1, LargestPageSize);
        var number = Math.Max(1, Number(query["page"], 1));
        var today = OperatingDay.Of(moment.Now, MarketZones.Central).Date;
        var from = Date(query[report.DayField + "From"]) ?? today;
        var to = Date(query[report.DayField + "To"]) ?? from;
        if (Period.DaysBetween(from, to) is < 0 or > 100)
        {
            return Json(400, """{ "statusCode": 400, "message": "Bad Request: the range of dates is not valid" }""");
        }

        using var data = new MemoryStream();
        var isWhole = report.IsSparse && moment.Tampering.Kind == FaultKind.MissingInterval;
        var writer = new RowWriter(data, RowForm.JsonArrays, isWhole ? Tampering.None : moment.Tampering);
        var page = new ErcotPage(writer, (number - 1L) * size, size);
        for (var date = to; date >= from; date = date.PlusDays(-1))
        {
            report.Write(page, query, new OperatingDay(date, MarketZones.Central), moment.Now);
        }

        writer.Flush();
        return SandboxResponse.Of(200, "application/json", Envelope(report, query, page.Total, size, number, data, moment));
    }

    private static byte[] Envelope(ErcotReport report, Query query, long total, int size, int number, MemoryStream data, Moment moment)
    {
        var parameters = query.Pairs.Where(p => p.Key is not ("size" or "page")).ToList();
        var asked = JsonSerializer.Serialize(parameters.ToDictionary(p => p.Key, p => p.Value));
        var text = new StringBuilder();
        var pages = (total + size - 1) / size;
        text.Append($$"""{"_meta":{"totalRecords":{{total}},"pageSize":{{size}},"totalPages":{{pages}},"currentPage":{{number}},""");
        text.Append($$"""
            "query":{"parameterCount":{{parameters.Count}},"parameters":{{asked}},"sortedBy":"{{report.SortedBy}}"
            """).Append("}},");
        text.Append($$"""
            "report":{"reportName":"{{report.Endpoint}}","reportDisplayName":"{{report.Title}}","reportId":"{{report.TypeId}}",
            """).Append($$"""
            "reportEMIL":"{{report.Emil.ToUpperInvariant()}}","downloadLimit":2000000},"fields":[
            """);
        for (var i = 0; i < report.Fields.Count; i++)
        {
            text.Append(i > 0 ? "," : "").Append(Field(report, report.Fields[i], i, moment));
        }

        text.Append(moment.Tampering.AddsColumn ? ",{\"name\":\"remark\",\"label\":\"Remark\",\"dataType\":\"INTEGER\"}" : "")
            .Append("],\"data\":[");
        var parent = $"https://api.ercot.com{Reports}{report.Emil}";
        var tail = $"],\"_links\":{{\"self\":{{\"href\":\"{parent}/{report.Endpoint}\"}},\"parent\":{{\"href\":\"{parent}\"}}}}}}";
        return [.. Encoding.UTF8.GetBytes(text.ToString()), .. data.GetBuffer().AsSpan(0, (int)data.Length),
            .. Encoding.UTF8.GetBytes(tail)];
    }

    private static string Field(ErcotReport report, ErcotField field, int index, Moment moment)
    {
        var name = field.Name;
        if (name == report.ValueField && moment.Tampering.RenamesColumn)
        {
            name = "renamed" + name;
            moment.Tampering.Note($"{field.Name} is called {name}");
        }

        var hasRange = field.Type is "VARCHAR" or "BOOLEAN" ? "false" : "true";
        return $$"""
            {"name":"{{name}}","label":"{{field.Label}}","cardinality":{{index + 1}},"dataType":"{{field.Type}}",
            """ + $$"""
            "searchable":true,"sortable":true,"hasRange":{{hasRange}}}
            """;
    }

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    /// <summary>The date of <c>2025-11-02</c> or <c>2025-11-02T23:59:59</c>.</summary>
    private static LocalDate? Date(string? text) =>
        text is { Length: >= 10 } && LocalDatePattern.Iso.Parse(text[..10]) is { Success: true } date ? date.Value : null;
}
