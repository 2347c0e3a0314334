using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Aeso;

/// <summary>The sandbox's AESO: the API under <c>/public</c>, which wants a key in the header API-KEY, and the forecasts of the web
/// site.</summary>
public sealed class AesoPublisher : SandboxPublisher
{
    private const string Web = "/Market/Reports/Manual/Operations/prodweb_reports/wind_solar_forecast/";
    private const int MostDays = 31;

    private readonly AesoBooks _books;
    private readonly AesoReports _reports;

    public AesoPublisher(World world)
        : base(world)
    {
        _books = new AesoBooks(world);
        _reports = new AesoReports(_books);
    }

    public override string Name => "aeso";

    public override int DefaultPort => 8010;

    public override IReadOnlyList<string> Hosts { get; } = ["apimgw.aeso.ca", "ets.aeso.ca"];

    public override IReadOnlyList<SandboxSeries> Series =>
    [
        new("pool-price", "CAD/MWh", 3600, (at, now) => AesoBooks.IsOver(at, now)
            ? _books.Price(at, OperatingDay.Of(Instant.FromUnixTimeSeconds(at), MarketZones.Mountain), now) / 100.0
            : null),
        new("load", "MW", 3600, (at, now) => AesoBooks.IsOver(at, now)
            ? _books.Load(at, OperatingDay.Of(Instant.FromUnixTimeSeconds(at), MarketZones.Mountain), now)
            : null),
    ];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment)
    {
        switch (request.Path)
        {
            case Web + "wind_rpt_longterm.csv":
                return Written(RowForm.CsvCrLf, "text/csv", moment, writer => _reports.WriteForecast(writer, isWind: true, moment.Now));
            case Web + "solar_rpt_longterm.csv":
                return Written(RowForm.CsvCrLf, "text/csv", moment, writer => _reports.WriteForecast(writer, isWind: false, moment.Now));
        }

        if (string.IsNullOrEmpty(request.Header("API-KEY")))
        {
            return Refusal(401, "Access denied due to missing subscription key. Make sure to include subscription key when making "
                + "requests to an API.");
        }

        Action<RowWriter, IEnumerable<OperatingDay>, Instant>? write = request.Path switch
        {
            "/public/poolprice-api/v1.1/price/poolPrice" => _reports.WritePoolPrice,
            "/public/systemmarginalprice-api/v1.1/price/systemMarginalPrice" => _reports.WriteMarginalPrice,
            "/public/actualforecast-api/v1/load/albertaInternalLoad" => _reports.WriteLoad,
            "/public/currentsupplydemand-api/v2/csd/summary/current" => (writer, _, now) => _reports.WriteSummary(writer, now),
            _ => null,
        };
        return write is null ? Refusal(404, "Resource not found")
            : DaysOf(request) is { } days
                ? Written(AesoReports.Json, "application/json", moment, writer => write(writer, days, moment.Now))
                : Refusal(400, "Dates must be of the form yyyy-MM-dd");
    }

    private static SandboxResponse Written(RowForm form, string type, Moment moment, Action<RowWriter> write)
    {
        var body = new MemoryStream();
        var writer = new RowWriter(body, form, moment.Tampering);
        write(writer);
        writer.Flush();
        return SandboxResponse.Of(200, type, body.ToArray());
    }

    private static SandboxResponse Refusal(int status, string message) =>
        SandboxResponse.Text(status, "application/json", $"{{ \"statusCode\": {status}, \"message\": \"{message}\" }}");

    /// <summary>The days asked for, both ends inclusive; none for the summary, which takes no dates; null for dates that are
    /// none.</summary>
    private static List<OperatingDay>? DaysOf(SandboxRequest request)
    {
        if (request.Path.EndsWith("/current", StringComparison.Ordinal))
        {
            return [];
        }

        var query = Query.Of(request);
        var start = LocalDatePattern.Iso.Parse(query["startDate"] ?? "");
        var end = LocalDatePattern.Iso.Parse(query["endDate"] ?? query["startDate"] ?? "");
        if (!start.Success || !end.Success || Period.DaysBetween(start.Value, end.Value) is < 0 or >= MostDays)
        {
            return null;
        }

        var days = new List<OperatingDay>();
        for (var date = start.Value; date <= end.Value; date = date.PlusDays(1))
        {
            days.Add(new OperatingDay(date, MarketZones.Mountain));
        }

        return days;
    }
}
