using System.Globalization;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Market.Feeds;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/drift</c>: how publishers' files change.</summary>
internal static class DriftEndpoints
{
    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/drift", Get).WithTags("health of the data").Describe(
        "Drift", "How the publishers' files change",
        "Columns and places that came, went or hold something else than in the feed's earlier files, and days whose values are not like "
        + "those of the days before, newest first.",
        ListRequest.OfDays);

    private static Answer<IReadOnlyList<DriftShape>> Get(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("drift", ListRequest.OfDays, request, services);
        return list.Page(services.Store.Drift(list.ToRecordQuery(services)), DriftShape.Of,
            row => [row.Id.ToString(CultureInfo.InvariantCulture)]);
    }
}

/// <summary>A difference between a file and its feed's earlier ones.</summary>
/// <param name="Id">Number of the record.</param>
/// <param name="Feed">Feed id.</param>
/// <param name="Day">Operating day that was asked for.</param>
/// <param name="Kind">Of files: new-column, lost-column, other-kind, new-places, lost-places. Of a day's values: new-unit, lost-unit,
/// value-range, mean, spread, missing-share, distribution, new-series, lost-series.</param>
/// <param name="Subject">The column.</param>
/// <param name="Expected">As it was.</param>
/// <param name="Found">As it is; for a lost column the new one with the nearest name.</param>
/// <param name="FileId">The file that shows it, as /v1/files lists them.</param>
/// <param name="KnownAt">When we received it.</param>
internal sealed record DriftShape(
    long Id, FeedId Feed, LocalDate Day, string Kind, string Subject, string Expected, string Found, long FileId, Instant KnownAt)
{
    public static DriftShape Of(DriftRecord note) =>
        new(note.Id, note.Feed, note.Day, note.Kind, note.Subject, note.Expected, note.Found, note.FileId, note.KnownAt);
}
