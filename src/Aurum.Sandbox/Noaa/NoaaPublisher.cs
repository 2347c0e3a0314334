using System.Globalization;
using Aurum.Market.Series;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Sandbox.Noaa;

/// <summary>The sandbox's NOAA: Climate Data Online v2, data of dataset GHCND, stations, datasets and datatypes, with token,
/// pages counted from 1 and an empty object for nothing.</summary>
public sealed class NoaaPublisher(World world) : SandboxPublisher(world)
{
    private const string Root = "/cdo-web/api/v2";
    private const string OneStation = "stations/GHCND:";
    private const int MostRows = 1_000;

    private static readonly RowForm Form = new("{", "}", ",", ",\"obstime\":2400");

    private readonly NoaaBook _book = new(world);
    private readonly NoaaCatalog _catalog = new(world);

    public override string Name => "noaa";

    public override int DefaultPort => 8013;

    public override IReadOnlyList<string> Hosts { get; } = ["www.ncdc.noaa.gov"];

    public override IReadOnlyList<SandboxSeries> Series =>
    [
        .. _book.Stations.Select(s => new SandboxSeries($"{s.Id}.TMAX", "0.1 degC", 86_400, (start, now) =>
            _book.Reading(s.Id, "TMAX", Instant.FromUnixTimeSeconds(start).InUtc().Date, now)?.Value)),
    ];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment)
    {
        if (string.IsNullOrEmpty(request.Header("token")))
        {
            return Error(400, "Token parameter is required.");
        }

        var query = Query.Of(request);
        var path = request.Path.StartsWith(Root + "/", StringComparison.Ordinal) ? request.Path[(Root.Length + 1)..] : "";
        return path == "data" ? Data(query, moment)
            : path.StartsWith(OneStation, StringComparison.Ordinal) ? Station(path[OneStation.Length..], moment)
            : NoaaCatalog.List(path, query["stationid"]?.Replace("GHCND:", "", StringComparison.Ordinal), moment.Now) is { } list
                ? SandboxResponse.Of(200, "application/json;charset=UTF-8", Write(list, query, moment))
            : Error(404, "Not Found");
    }

    private SandboxResponse Station(string id, Moment moment) => NoaaCatalog.Has(id)
        ? SandboxResponse.Text(200, "application/json;charset=UTF-8", $"{{{Renamed(_catalog.Station(id, moment.Now), moment)}}}")
        : SandboxResponse.Text(200, "application/json;charset=UTF-8", "{}");

    private static byte[] Write(IReadOnlyList<string> list, Query query, Moment moment)
    {
        var (offset, limit) = Page(query);
        if (list.Count == 0)
        {
            return "{}"u8.ToArray();
        }

        var body = new MemoryStream();
        var writer = new RowWriter(body, Form, moment.Tampering);
        writer.Text(string.Create(CultureInfo.InvariantCulture,
            $"{{\"metadata\":{{\"resultset\":{{\"offset\":{offset},\"count\":{list.Count},\"limit\":{limit}}}}},\"results\":["));
        foreach (var row in list.Skip(offset - 1).Take(limit))
        {
            writer.Begin(offset);
            writer.Text(Renamed(row, moment));
            writer.End();
        }

        writer.Text("]}"u8);
        writer.Flush();
        return body.ToArray();
    }

    private static string Renamed(string row, Moment moment)
    {
        if (!moment.Tampering.RenamesColumn)
        {
            return row;
        }

        moment.Tampering.Note("name is called names");
        return row.Replace("\"name\":", "\"names\":", StringComparison.Ordinal);
    }

    private static (int Offset, int Limit) Page(Query query) =>
        (Math.Max(1, Number(query["offset"], 1)), Math.Clamp(Number(query["limit"], 25), 1, MostRows));

    private static SandboxResponse Error(int status, string message) => SandboxResponse.Text(
        status, "application/json", $$"""{"status":"{{status}}","message":"{{message}}"}""");

    private SandboxResponse Data(Query query, Moment moment)
    {
        if (query["datasetid"] is not { Length: > 0 } dataset)
        {
            return Error(400, "Required parameter 'datasetid' is missing");
        }

        if (Date(query["startdate"]) is not { } first || Date(query["enddate"]) is not { } last || last < first)
        {
            return Error(400, "Required parameter 'startdate' is missing");
        }

        var stations = query.All("stationid").ToHashSet();
        var elements = query.All("datatypeid").ToHashSet();
        var rows = new List<(LocalDate Date, NoaaReading Reading)>();
        for (var date = first; date <= last && dataset == "GHCND"; date = date.PlusDays(1))
        {
            rows.AddRange(_book.Day(date, moment.Now)
                .Where(r => (stations.Count == 0 || stations.Contains($"GHCND:{r.Station}"))
                    && (elements.Count == 0 || elements.Contains(r.Element)))
                .Select(r => (date, r)));
        }

        var (offset, limit) = Page(query);
        return SandboxResponse.Of(200, "application/json;charset=UTF-8", Write(rows, offset, limit, moment));
    }

    private static byte[] Write(List<(LocalDate Date, NoaaReading Reading)> rows, int offset, int limit, Moment moment)
    {
        var body = new MemoryStream();
        var writer = new RowWriter(body, Form, moment.Tampering);
        if (rows.Count == 0)
        {
            return "{}"u8.ToArray();
        }

        var datatype = "datatype";
        if (moment.Tampering.RenamesColumn)
        {
            datatype = "data_type";
            moment.Tampering.Note("datatype is called data_type");
        }

        writer.Text(string.Create(CultureInfo.InvariantCulture,
            $"{{\"metadata\":{{\"resultset\":{{\"offset\":{offset},\"count\":{rows.Count},\"limit\":{limit}}}}},\"results\":["));
        foreach (var (date, reading) in rows.Skip(offset - 1).Take(limit))
        {
            writer.Begin(CalendarPeriods.MidnightUtc(date));
            writer.Text($"\"date\":\"{date:uuuu-MM-dd}T00:00:00\",\"{datatype}\":\"{reading.Element}\",");
            writer.Text($"\"station\":\"GHCND:{reading.Station}\",\"attributes\":\"{reading.Flags},2400\",\"value\":");
            writer.Value();
            writer.Whole(reading.Value);
            writer.End();
        }

        writer.Text("]}"u8);
        writer.Flush();
        return body.ToArray();
    }

    private static LocalDate? Date(string? text) => text is not null && LocalDatePattern.Iso.Parse(text) is { Success: true } date
        ? date.Value
        : null;

    private static int Number(string? text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
