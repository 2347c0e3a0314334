using System.Globalization;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Eia;

/// <summary>The sandbox's EIA: version 2 of the API: the hourly routes of the electric grid monitor, and routes by day, week
/// and month, what it says of them, and bulk files beside it.</summary>
/// <remarks>Facets, start and end (inclusive, hour ends in UTC), sort by any columns, offset and length (5,000 rows at most, with EIA's
/// warning where more would fit). A request without key is refused with 403 in the API's words.</remarks>
public sealed class EiaPublisher : SandboxPublisher
{
    private const int MostRows = 5_000;

    private const string NoKey =
        """{"error":{"code":"API_KEY_MISSING","message":"An API key was not provided. Please register for one at https:\/\/www.eia.gov\/opendata\/register.php"}}""";

    private static readonly LocalDateTimePattern Period = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH");
    private static readonly LocalDatePattern Day = LocalDatePattern.Iso;

    private readonly EiaBooks _books;
    private readonly IReadOnlyList<EiaTable> _tables;
    private readonly EiaBulkFiles _bulk;

    public EiaPublisher(World world)
        : base(world)
    {
        _books = new EiaBooks(world);
        _tables = EiaTables.Of(world);
        _bulk = new EiaBulkFiles(world, _books);
    }

    public override string Name => "eia";

    public override int DefaultPort => 8002;

    public override IReadOnlyList<string> Hosts { get; } = ["api.eia.gov"];

    public override IReadOnlyList<SandboxSeries> Series =>
    [
        .. _books.All.SelectMany(book => book.Series.Where(s => s.Authority.Code is "CISO" or "NYIS" or "ERCO" or "PJM" or "MISO")
            .Select(s => new SandboxSeries($"{book.Route}.{s.First.Code}.{s.Second.Code}", "MWh", 3600, (at, now) =>
                EiaBook.IsPublished(s, at, now) ? book.Value(s, at, now) : null))),
    ];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment)
    {
        if (_bulk.Answer(request.Path, moment) is { } bulk)
        {
            return bulk;
        }

        var query = Query.Of(request);
        if (string.IsNullOrEmpty(query["api_key"]) && string.IsNullOrEmpty(request.Header("X-Api-Key")))
        {
            return Json(403, NoKey);
        }

        var path = request.Path.TrimEnd('/');
        foreach (var book in _books.All)
        {
            if (path == $"/v2/electricity/rto/{book.Route}/data")
            {
                return Data(book, query, request, moment);
            }
        }

        return _tables.FirstOrDefault(t => path == $"/v2/{t.Route}/data") is { } table
            ? table.Frequency == (query["frequency"] ?? table.Frequency)
                ? Data(table, query, request, moment)
                : Json(400, NoFrequency(table.Frequency))
            : new EiaCatalog(_books, _tables).Answer(path, request, moment) ?? Json(404, """{"error":"Not found","code":404}""");
    }

    private static string NoFrequency(string valid) =>
        $$"""{"error":"Invalid frequency provided.  The only valid frequency for this sandbox is \u0027{{valid}}\u0027.","code":400}""";

    private static SandboxResponse Json(int status, string text) => SandboxResponse.Text(status, "application/json", text);

    private static SandboxResponse Data(EiaBook book, Query query, SandboxRequest request, Moment moment)
    {
        if ((query["frequency"] ?? "hourly") != "hourly")
        {
            return Json(400, NoFrequency("hourly"));
        }

        var rows = EiaSelection.Sorted(Select(book, query, moment.Now), book, query);
        var (offset, length) = Page(query);
        var totals = new EiaTotals(rows.Count, rows.Count > offset + (long)length, "hourly", "YYYY-MM-DD\"T\"HH24");
        var body = new MemoryStream();
        EiaDocument.Write(body, book, rows.Skip(offset).Take(length), totals, query, request, moment);
        return SandboxResponse.Of(200, "application/json", body.ToArray());
    }

    private static SandboxResponse Data(EiaTable table, Query query, SandboxRequest request, Moment moment)
    {
        var rows = EiaSelection.Sorted(Select(table, query, moment.Now), query);
        var (offset, length) = Page(query);
        var totals = new EiaTotals(rows.Count, rows.Count > offset + (long)length, table.Frequency, table.DateFormat);
        var body = new MemoryStream();
        EiaDocument.Write(body, table, rows.Skip(offset).Take(length), totals, query, request, moment);
        return SandboxResponse.Of(200, "application/json", body.ToArray());
    }

    private static (int Offset, int Length) Page(Query query) =>
        (Number(query["offset"], 0, int.MaxValue), Number(query["length"], MostRows, MostRows));

    /// <summary>Rows of all periods from start to end, both inclusive; of the last 60 days where no start is given.</summary>
    private static List<EiaRecord> Select(EiaTable table, Query query, Instant now)
    {
        var last = Date(query["end"]) ?? now.InUtc().Date;
        var first = Date(query["start"]) ?? last.PlusDays(-60);
        var rows = new List<EiaRecord>();
        for (var date = first; date <= last; date = table.IsMonthly ? date.PlusMonths(1) : date.PlusDays(1))
        {
            rows.AddRange(table.Rows(date, now).Where(row => row.Fields.All(
                field => query.All($"facets[{field.Key}][]") is var wanted && (!wanted.Any() || wanted.Contains(field.Value)))));
        }

        return rows;
    }

    /// <summary>The first day of <c>2026-05-12</c> or <c>2026-05</c>.</summary>
    private static LocalDate? Date(string? text) => text is null ? null
        : Day.Parse(text.Length == 7 ? text + "-01" : text) is { Success: true } day ? day.Value
        : null;

    private static List<EiaSelected> Select(EiaBook book, Query query, Instant now)
    {
        var firsts = query.All($"facets[{book.Facets.First}][]").ToHashSet();
        var seconds = query.All($"facets[{book.Facets.Second}][]").ToHashSet();
        var series = book.Series
            .Where(s => (firsts.Count == 0 || firsts.Contains(s.First.Code)) && (seconds.Count == 0 || seconds.Contains(s.Second.Code)))
            .ToList();
        var last = Math.Min(Hour(query["end"], isEnd: true) ?? long.MaxValue, now.ToUnixTimeSeconds());
        var first = Hour(query["start"], isEnd: false) ?? last - (30 * 86_400);
        var rows = new List<EiaSelected>();
        for (var end = first; end <= last; end += 3600)
        {
            foreach (var one in series)
            {
                if (EiaBook.IsPublished(one, end - 3600, now))
                {
                    rows.Add(new EiaSelected(one, end, book.Value(one, end - 3600, now)));
                }
            }
        }

        return rows;
    }

    /// <summary>An hour's end in seconds since 1970: <c>2026-10-01T16</c>, or a date (its first or last hour end).</summary>
    private static long? Hour(string? text, bool isEnd)
    {
        if (text is null)
        {
            return null;
        }

        if (Period.Parse(text) is { Success: true } hour)
        {
            return hour.Value.InUtc().ToInstant().ToUnixTimeSeconds();
        }

        return Day.Parse(text) is { Success: true } day
            ? day.Value.AtMidnight().InUtc().ToInstant().ToUnixTimeSeconds() + (isEnd ? 23 * 3600 : 0)
            : null;
    }

    private static int Number(string? text, int otherwise, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, most) : otherwise;
}
