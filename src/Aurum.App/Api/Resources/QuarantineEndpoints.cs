using System.Globalization;
using System.Text.Json;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Market.Feeds;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/quarantine</c>: rows that were held back, with the reason.</summary>
internal static class QuarantineEndpoints
{
    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/quarantine", Get).WithTags("health of the data").Describe(
        "Quarantine", "Rows that were held back", "Rows that failed a check, newest first, with the expectation and the reason.",
        ListRequest.OfDays);

    private static Answer<IReadOnlyList<QuarantineShape>> Get(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("quarantine", ListRequest.OfDays, request, services);
        return list.Page(services.Store.Quarantine(list.ToRecordQuery(services)), QuarantineShape.Of,
            row => [row.Id.ToString(CultureInfo.InvariantCulture)]);
    }
}

/// <summary>A row that was held back.</summary>
/// <param name="Id">Number of the record.</param>
/// <param name="Feed">Feed id.</param>
/// <param name="Table">Table that it was meant for.</param>
/// <param name="Day">Operating day that was asked for.</param>
/// <param name="Expectation">Name of the check that it failed.</param>
/// <param name="Reason">What was expected and found.</param>
/// <param name="Row">The row as it was read.</param>
/// <param name="FileId">The file that it came from, as /v1/files lists them.</param>
/// <param name="Line">Line in the file, where known.</param>
/// <param name="KnownAt">When we received it.</param>
internal sealed record QuarantineShape(
    long Id, FeedId Feed, string Table, LocalDate Day, string Expectation, string Reason, JsonElement Row, long? FileId,
    long? Line, Instant KnownAt)
{
    public static QuarantineShape Of(QuarantinedRow row)
    {
        using var json = JsonDocument.Parse(row.RowJson);
        return new(row.Id, row.Feed, row.Table, row.Day, row.Expectation, row.Reason, json.RootElement.Clone(), row.FileId,
            row.Line, row.KnownAt);
    }
}
