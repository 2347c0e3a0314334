using System.Text;
using System.Text.Json;
using Aurum.Market.Time;
using Aurum.Sandbox.Publishing;
using Aurum.Sandbox.Worlds;

namespace Aurum.Sandbox.Pjm;

/// <summary>The sandbox's PJM: feeds of the Data Miner 2 API as JSON, page by page.</summary>
/// <remarks>What is not out yet is an answer without items. A request without subscription key is refused with 401, a question that the
/// feed does not know with 400 and <c>errors</c>.</remarks>
public sealed class PjmPublisher : SandboxPublisher
{
    private const string Api = "/api/v1/";

    private const string NotFound = """{ "statusCode": 404, "message": "Resource not found" }""";

    private const string NoKey =
        """{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }""";

    private static readonly RowForm Form = new("{", "}", ",", ",\"remark\":0");

    private readonly PjmBooks _books;
    private readonly IReadOnlyList<PjmDataset> _datasets;

    public PjmPublisher(World world)
        : base(world)
    {
        _books = new PjmBooks(world);
        _datasets = [.. PjmPrices.Datasets(_books), .. PjmQuantities.Datasets(_books), .. PjmConstraints.Datasets(_books)];
    }

    public override string Name => "pjm";

    public override int DefaultPort => 8007;

    public override IReadOnlyList<string> Hosts { get; } = ["api.pjm.com"];

    public override IReadOnlyList<SandboxSeries> Series =>
    [
        .. _books.DayAhead.Places.Where(p => p.TypeText is "ZONE" or "HUB")
            .Select(p => PriceSeries.Of("day-ahead-lmp", _books.DayAhead, p, MarketZones.Eastern)),
        .. _books.Dispatched.Places.Select(p => PriceSeries.Of("real-time-lmp", _books.Dispatched, p, MarketZones.Eastern)),
    ];

    public override SandboxResponse Answer(SandboxRequest request, Moment moment)
    {
        var path = request.Path;
        var dataset = path.StartsWith(Api, StringComparison.Ordinal)
            ? _datasets.FirstOrDefault(d => d.Name == path[Api.Length..])
            : null;
        if (string.IsNullOrEmpty(request.Header("Ocp-Apim-Subscription-Key")))
        {
            return Json(401, NoKey);
        }

        if (dataset is null)
        {
            return Json(404, NotFound);
        }

        var (question, wrong) = PjmQuestion.Of(dataset, Query.Of(request), moment.Now);
        return wrong is null
            ? Answer(dataset, question, moment)
            : Json(400, $$"""{"errors":[{"message":{{JsonSerializer.Serialize(wrong)}}}]}""");
    }

    private static SandboxResponse Json(int status, string text) => SandboxResponse.Text(status, "application/json", text);

    private static SandboxResponse Answer(PjmDataset dataset, PjmQuestion question, Moment moment)
    {
        using var items = new MemoryStream();
        var writer = new RowWriter(items, Form, moment.Tampering);
        var page = new PjmPage(writer, dataset, question);
        foreach (var day in question.Days(moment.Now))
        {
            dataset.Write(page, day, moment.Now);
        }

        writer.Flush();
        var (head, tail) = Around(dataset, question, page.Total);
        return SandboxResponse.Of(
            200, "application/json",
            (byte[])[.. Encoding.UTF8.GetBytes(head), .. items.GetBuffer().AsSpan(0, (int)items.Length), .. Encoding.UTF8.GetBytes(tail)]);
    }

    private static (string Head, string Tail) Around(PjmDataset dataset, PjmQuestion question, long total)
    {
        var head = new StringBuilder("{\"links\":[").Append(Link("self", Address(question.StartRow))).Append(',');
        if (question.Skip + question.Take < total)
        {
            head.Append(Link("next", Address(question.StartRow + question.Take))).Append(',');
        }

        head.Append(Link("metadata", $"https://api.pjm.com{Api}{dataset.Name}/metadata")).Append("],\"items\":[");
        var fields = question.Fields.Count == 0 ? dataset.Columns : question.Fields;
        var filters = question.Filters.Select(f => $"{{{JsonSerializer.Serialize(f.Key)}:{JsonSerializer.Serialize(f.Value)}}}");
        var tail = $$"""
            ],"searchSpecification":{"rowCount":{{question.Take}},"order":"Asc","startRow":{{question.StartRow}},"isActiveMetadata":true,
            """ + $$"""
            "fields":{{JsonSerializer.Serialize(fields)}},"filters":[{{string.Join(',', filters)}}]},"totalRows":{{total}}
            """ + "}";
        return (head.ToString(), tail);

        string Address(long start) =>
            $"https://api.pjm.com{Api}{dataset.Name}?RowCount={question.Take}&Order=Asc&StartRow={start}&IsActiveMetadata=True"
            + $"&Fields={string.Join("%2C", question.Fields)}"
            + string.Concat(question.Filters.Select(f => $"&{f.Key}={Uri.EscapeDataString(f.Value)}"));
    }

    private static string Link(string relation, string address) => $$"""{"rel":"{{relation}}","href":"{{address}}"}""";
}
