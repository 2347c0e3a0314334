using System.Globalization;
using System.Text;
using Aurum.Market.Power;
using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Isone;

/// <summary>The sandbox's ISO New England: the web service in JSON and XML, which wants user and password, and the reports of the
/// web site in CSV.</summary>
/// <remarks>The web service answers in XML unless the Accept header or the end of the path asks for JSON. Where it has no record,
/// an empty text stands in place of the list.</remarks>
public sealed class IsonePublisher : SandboxPublisher
{
    private const string Api = "/api/v1.1/";
    private const string History = "/static-transform/csv/histRpts/";
    private const string Transform = "/transform/csv/";
    private const string NoPage = "<html><head><title>Not Found</title></head><body>Not Found</body></html>";
    private const string XmlHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    private const string XmlSpace = "xmlns=\"http://WEBSERV.iso-ne.com\"";

    private static readonly LocalDatePattern DatePattern = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    private readonly IsoneBooks _books;
    private readonly IReadOnlyList<IsoneDataset> _datasets;

    public IsonePublisher(World world)
        : base(world)
    {
        _books = new IsoneBooks(world);
        _datasets = IsoneDatasets.All(_books);
    }

    public override string Name => "isone";

    public override int DefaultPort => 8009;

    public override IReadOnlyList<string> Hosts { get; } = ["webservices.iso-ne.com", "www.iso-ne.com"];

    public override IReadOnlyList<SandboxSeries> Series =>
    [
        .. Shown(_books.DayAhead, "day-ahead-lmp"), .. Shown(_books.RealTime, "real-time-lmp"),
        new("load", "MW", IsoneBooks.FiveMinutes, (start, now) =>
        {
            var day = OperatingDay.Of(Instant.FromUnixTimeSeconds(start), MarketZones.Eastern);
            return IsoneBooks.Starts(day, IsoneBooks.FiveMinutes, now).Contains(start)
                ? _books.Load(start, IsoneBooks.FiveMinutes, day, now).Load / 1000.0
                : null;
        }),
    ];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment)
    {
        var path = request.Path;
        if (!path.StartsWith(Api, StringComparison.Ordinal))
        {
            return ReportOf(request, moment) is { } csv
                ? SandboxResponse.Of(200, "text/csv", csv)
                : SandboxResponse.Text(404, "text/html", NoPage);
        }

        if (request.Header("Authorization")?.StartsWith("Basic ", StringComparison.Ordinal) != true)
        {
            return SandboxResponse.Text(401, "text/plain", "HTTP 401 Unauthorized")
                .With("WWW-Authenticate", "Basic realm=\"ISO New England web services\"");
        }

        var wantsJson = request.Header("Accept")?.Contains("json", StringComparison.Ordinal) == true;
        var isXml = path.EndsWith(".xml", StringComparison.Ordinal) || !(wantsJson || path.EndsWith(".json", StringComparison.Ordinal));
        return QuestionIn(path[Api.Length..]) is var (dataset, question)
            ? SandboxResponse.Of(
                200, isXml ? "application/xml" : "application/json", Records(dataset, question, isXml, moment))
            : SandboxResponse.Text(404, "text/plain", "HTTP 404 Not Found");
    }

    private static IEnumerable<SandboxSeries> Shown(PriceBook book, string dataset) => book.Places
        .Where(p => p.Location.Type is LocationType.Hub or LocationType.Zone)
        .Select(p => PriceSeries.Of(dataset, book, p, MarketZones.Eastern));

    /// <summary>Dataset, day and selection of a path like <c>hourlylmp/rt/prelim/day/20260308/location/4000.json</c>; null for one
    /// that is none.</summary>
    private (IsoneDataset Dataset, IsoneQuestion Question)? QuestionIn(string path)
    {
        var parts = path.Split("/day/", 2);
        var dataset = _datasets.FirstOrDefault(d => d.Path == parts[0]);
        if (dataset is null || parts.Length < 2)
        {
            return null;
        }

        var words = parts[1].Split('.')[0].Split('/');
        if (!DatePattern.Parse(words[0]).TryGetValue(default, out var date)
            || !dataset.Selections.Contains(words.ElementAtOrDefault(1) ?? ""))
        {
            return null;
        }

        var asked = new IsoneQuestion(new OperatingDay(date, MarketZones.Eastern));
        return words[1..] switch
        {
            [] or ["all"] => (dataset, asked),
            ["starthour" or "hour", var hour] when int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number < 24 => (dataset, asked with { Hour = number }),
            ["location", var id] => (dataset, asked with { LocationId = id }),
            _ => null,
        };
    }

    private static byte[] Records(IsoneDataset dataset, IsoneQuestion question, bool isXml, Moment moment)
    {
        using var rows = new MemoryStream();
        var writer = new RowWriter(rows, isXml ? dataset.XmlForm : dataset.JsonForm, moment.Tampering);
        dataset.Write(new IsoneRecords(writer, dataset, isXml), question, moment.Now);
        writer.Flush();
        var isList = writer.Rows != 1 || !moment.Tampering.IsNone || dataset.Outer is not null;
        var (head, tail) = rows.Length == 0 ? (Empty(dataset, isXml), "")
            : isXml ? XmlAround(dataset, question.Day)
            : JsonAround(dataset, question.Day, isList);
        return [.. Encoding.UTF8.GetBytes(head), .. rows.GetBuffer().AsSpan(0, (int)rows.Length), .. Encoding.UTF8.GetBytes(tail)];
    }

    private static string Empty(IsoneDataset dataset, bool isXml) =>
        isXml ? $"{XmlHead}<{dataset.List} {XmlSpace}/>" : $"{{\"{dataset.List}\":\"\"}}";

    private static (string Head, string Tail) XmlAround(IsoneDataset dataset, OperatingDay day)
    {
        var (open, close) = dataset.Outer?.Invoke(day) is var (name, fields)
            ? ($"<{name}>{string.Concat(fields.Select(f => $"<{f.Name}>{f.Text}</{f.Name}>"))}", $"</{name}>")
            : ("", "");
        return ($"{XmlHead}<{dataset.List} {XmlSpace}>{open}", $"{close}</{dataset.List}>");
    }

    /// <summary>A record alone is an object and no list.</summary>
    private static (string Head, string Tail) JsonAround(IsoneDataset dataset, OperatingDay day, bool isList)
    {
        var (open, close) = isList ? ("[", "]") : ("", "");
        return dataset.Outer?.Invoke(day) is var (name, fields)
            ? ($"{{\"{dataset.List}\":{{\"{name}\":[{{{string.Concat(fields.Select(f => $"\"{f.Name}\":\"{f.Text}\","))}"
                + $"\"{dataset.Record}\":{open}", $"{close}}}]}}}}")
            : ($"{{\"{dataset.List}\":{{\"{dataset.Record}\":{open}", $"{close}}}}}");
    }

    /// <summary>A report of the web site; null for a name that is none, or a report that is not out yet.</summary>
    private byte[]? ReportOf(SandboxRequest request, Moment moment)
    {
        var path = request.Path;
        return path switch
        {
            Transform + "sphf" => ForecastOf(isWind: false, request, moment),
            Transform + "wphf" => ForecastOf(isWind: true, request, moment),
            _ when path.StartsWith(History, StringComparison.Ordinal) => PricesOf(path[History.Length..], moment),
            _ => null,
        };
    }

    private byte[]? ForecastOf(bool isWind, SandboxRequest request, Moment moment)
    {
        if (!DatePattern.Parse(Query.Of(request)["start"] ?? "").TryGetValue(default, out var date))
        {
            return null;
        }

        var day = new OperatingDay(date, MarketZones.Eastern);
        return IsoneDailyReports.IsMade(IsoneIssues.Report(day), moment.Now)
            ? IsoneReports.Forecast(_books, isWind, day, moment)
            : null;
    }

    private byte[]? PricesOf(string file, Moment moment)
    {
        var at = file.LastIndexOf('_') + 1;
        if (!file.EndsWith(".csv", StringComparison.Ordinal) || file.Length < at + 12
            || !DatePattern.Parse(file[at..^4]).TryGetValue(default, out var date))
        {
            return null;
        }

        var day = new OperatingDay(date, MarketZones.Eastern);
        var dayAfter = day.End + Duration.FromHours(1);
        var now = moment.Now;
        var report = new IsonePriceReport(file[(file.IndexOf('/', StringComparison.Ordinal) + 1)..], day);
        return file[..at] switch
        {
            "da-lmp/WW_DALMP_ISO_" when _books.DayAhead.Starts(day, now).Any() => IsoneReports.Prices(
                _books.DayAhead,
                report with { Title = "Day-Ahead Energy Market Hourly LMP Report", Made = IsoneIssues.DayAhead(day), QuotesHours = true },
                now,
                moment),
            "rt-lmp/lmp_rt_prelim_" when now >= dayAfter => IsoneReports.Prices(
                _books.Hourly,
                report with { Title = "Preliminary Real-Time Hourly LMP Report", Made = dayAfter.ToUnixTimeSeconds() },
                Instant.MinValue,
                moment),
            "rt-lmp/lmp_rt_final_" when now >= IsoneBooks.FinalAt(day) => IsoneReports.Prices(
                _books.Hourly,
                report with { Title = "Final Real-Time Hourly LMP Report", Made = IsoneBooks.FinalAt(day).ToUnixTimeSeconds() },
                IsoneBooks.FinalAskedAt(day),
                moment),
            _ => null,
        };
    }
}
