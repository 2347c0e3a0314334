using System.Globalization;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using Aurum.Sources.Fred;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Fred;

/// <summary>The sandbox's FRED: series/observations over a real-time period, series, searches and releases, as JSON, with key and
/// errors in FRED's words.</summary>
public sealed class FredPublisher(World world) : SandboxPublisher(world)
{
    private const int MostRows = 100_000;

    /// <summary>Vintages that one request may span; more is refused as the publisher does.</summary>
    private const int MostVintageDays = 2_000;

    private const string NoPath =
        """{"error_code":404,"error_message":"Not Found.  The requested path does not exist."}""";

    private const string NoKey = "Bad Request.  Variable api_key has not been set.";

    private static readonly LocalDate Forever = new(9999, 12, 31);

    private readonly FredBook _book = new(world);
    private readonly FredLists _lists = new(new FredCatalog(new FredBook(world)));

    public override string Name => "fred";

    public override int DefaultPort => 8012;

    public override IReadOnlyList<string> Hosts { get; } = ["api.stlouisfed.org"];

    public override IReadOnlyList<SandboxSeries> Series =>
    [
        .. _book.Series.Select(series => new SandboxSeries(series.Id, series.Unit, 86_400, (start, now) =>
        {
            var date = Instant.FromUnixTimeSeconds(start).InUtc().Date;
            var known = _book.Vintages(series, date, date, FredBook.PublishedThrough(now)).ToList();
            return known.Count > 0 && !double.IsNaN(known[^1].Value) ? known[^1].Value : null;
        })),
    ];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment)
    {
        var query = Query.Of(request);
        if (string.IsNullOrEmpty(query["api_key"]))
        {
            return Error(NoKey);
        }

        return request.Path == "/fred/series/observations" ? Observations(query, moment)
            : _lists.Answer(request.Path, query, moment) is { } list ? list
            : request.Path is "/fred/series" or "/fred/series/release" ? NoSeries(query["series_id"])
            : SandboxResponse.Text(404, "application/json", NoPath);
    }

    private static SandboxResponse NoSeries(string? id) => Error(
        string.IsNullOrEmpty(id) ? "Bad Request.  Variable series_id has not been set." : "Bad Request.  The series does not exist.");

    private static SandboxResponse Error(string message) => SandboxResponse.Text(
        400, "application/json", $$"""{"error_code":400,"error_message":"{{message}}"}""");

    private SandboxResponse Observations(Query query, Moment moment)
    {
        if (_book.Series.FirstOrDefault(s => s.Id == query["series_id"]) is not { } series)
        {
            return NoSeries(query["series_id"]);
        }

        var today = moment.Now.InZone(DateTimeZoneProviders.Tzdb["America/Chicago"]).Date;
        var span = new FredSpan(
            Date(query["realtime_start"]) ?? today, Date(query["realtime_end"]) ?? today,
            Date(query["observation_start"]) ?? new LocalDate(1990, 1, 1), Date(query["observation_end"]) ?? Forever);
        if (Period.DaysBetween(span.RealtimeStart, LocalDate.Min(span.RealtimeEnd, today)) > MostVintageDays)
        {
            return Error("Bad Request.  There are too many vintage dates in the real-time period; the limit is 2000.");
        }

        var rows = Rows(series, span, moment.Now).ToList();
        var offset = Number(query["offset"], 0);
        var limit = Math.Min(Number(query["limit"], MostRows), MostRows);
        var body = new MemoryStream();
        FredDocument.Write(body, span, rows.Count, offset, limit, rows.Skip(offset).Take(limit), moment);
        return SandboxResponse.Of(200, "application/json; charset=UTF-8", body.ToArray());
    }

    /// <summary>The vintages that held on any day of the real-time period, their ends cut to it.</summary>
    private IEnumerable<FredRow> Rows(FredSeries series, FredSpan span, Instant now)
    {
        var through = LocalDate.Min(span.RealtimeEnd, FredBook.PublishedThrough(now));
        var last = LocalDate.Min(span.ObservationEnd, through);
        var known = _book.Vintages(series, span.ObservationStart, last, through).ToList();
        for (var i = 0; i < known.Count; i++)
        {
            var isReplaced = i + 1 < known.Count && known[i + 1].Date == known[i].Date;
            var end = isReplaced ? known[i + 1].Published.PlusDays(-1) : Forever;
            if (end >= span.RealtimeStart)
            {
                yield return new FredRow(
                    LocalDate.Max(known[i].Published, span.RealtimeStart), LocalDate.Min(end, span.RealtimeEnd), known[i]);
            }
        }
    }

    private static LocalDate? Date(string? text) => text is not null && LocalDatePattern.Iso.Parse(text) is { Success: true } date
        ? date.Value
        : null;

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}

/// <summary>What a request asks for, all ends inclusive.</summary>
internal sealed record FredSpan(LocalDate RealtimeStart, LocalDate RealtimeEnd, LocalDate ObservationStart, LocalDate ObservationEnd);

/// <summary>A vintage as a row shows it.</summary>
internal readonly record struct FredRow(LocalDate RealtimeStart, LocalDate RealtimeEnd, FredVintage Vintage);
