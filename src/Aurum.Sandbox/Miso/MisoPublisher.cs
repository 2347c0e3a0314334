using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime.Text;

namespace Aurum.Sandbox.Miso;

/// <summary>The sandbox's MISO: market reports as CSV, the JSON behind the web site, and pages of the keyed Data Exchange.</summary>
/// <remarks>A report that is not out yet, preliminary prices of more than four days ago, and a day that the Data Exchange does not have
/// answer 404. The Data Exchange refuses a request without subscription key with 401. The web site shows the running day, and the day
/// before it of fuels and 5-minute prices.</remarks>
public sealed class MisoPublisher : SandboxPublisher
{
    private const string NoKey = """
        { "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }
        """;

    private const string NoDate = """{ "statusCode": 404, "message": "Date not found" }""";

    private static readonly LocalDatePattern ReportDate = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    private readonly MisoBooks _books;
    private readonly MisoReports _reports;
    private readonly MisoAnswers _answers;
    private readonly MisoExchange _exchange;

    public MisoPublisher(World world)
        : base(world)
    {
        _books = new MisoBooks(world);
        _reports = new MisoReports(_books);
        _answers = new MisoAnswers(_books);
        _exchange = new MisoExchange(_books);
    }

    public override string Name => "miso";

    public override int DefaultPort => 8006;

    public override IReadOnlyList<string> Hosts { get; } =
        ["docs.misoenergy.org", "public-api.misoenergy.org", "apim.misoenergy.org"];

    public override IReadOnlyList<SandboxSeries> Series =>
    [
        .. _books.DayAhead.Places.Where(p => p.TypeText == "Hub")
            .Select(p => PriceSeries.Of("day-ahead-lmp", _books.DayAhead, p, MarketZones.EasternStandard)),
        .. _books.FiveMinutes.Places.Where(p => p.Id.EndsWith(".HUB", StringComparison.Ordinal))
            .Select(p => PriceSeries.Of("real-time-lmp", _books.FiveMinutes, p, MarketZones.EasternStandard)),
        new SandboxSeries("load", "MW", 300, (at, now) => at <= MisoMoment.OfReadings(now).Reference ? _books.Load(at) : null),
    ];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment)
    {
        var path = Inside(request.Path);
        if (path.StartsWith("v1/", StringComparison.Ordinal))
        {
            return Exchange(request, path, moment);
        }

        if (path.EndsWith(".csv", StringComparison.Ordinal) && path.Length > 13
            && ReportDate.Parse(path[..8]).TryGetValue(default, out var date)
            && _reports.Write(path[9..^4], new OperatingDay(date, MarketZones.EasternStandard), moment) is { } report)
        {
            return SandboxResponse.Of(200, "text/csv", report);
        }

        return _answers.Write(path, moment) is { } answer
            ? SandboxResponse.Of(200, "application/json; charset=utf-8", answer)
            : SandboxResponse.Text(404, "application/xml", """
                <?xml version="1.0" encoding="utf-8"?><Error><Code>BlobNotFound</Code><Message>The specified blob does not exist.</Message></Error>
                """);
    }

    /// <summary>The path behind the folder of the site, which a base address may have or not.</summary>
    private static string Inside(string path)
    {
        foreach (var folder in (string[])["/marketreports/", "/api/", "/pricing/"])
        {
            if (path.StartsWith(folder, StringComparison.Ordinal))
            {
                return path[folder.Length..];
            }
        }

        return path.TrimStart('/');
    }

    private SandboxResponse Exchange(SandboxRequest request, string path, Moment moment)
    {
        if (string.IsNullOrEmpty(request.Header("Ocp-Apim-Subscription-Key")))
        {
            return SandboxResponse.Text(401, "application/json", NoKey);
        }

        return path.Split('/') is [_, var market, var day, var what]
            && LocalDatePattern.Iso.Parse(day).TryGetValue(default, out var date)
            && _exchange.Write(market, what, new OperatingDay(date, MarketZones.EasternStandard), Query.Of(request), moment) is { } page
                ? SandboxResponse.Of(200, "application/json; charset=utf-8", page)
                : SandboxResponse.Text(404, "application/json", NoDate);
    }
}
