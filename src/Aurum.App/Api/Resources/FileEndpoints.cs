using System.Globalization;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Market.Feeds;
using Aurum.Store.Reading;
using NodaTime;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/files</c>: what publishers sent, and what became of its rows.</summary>
internal static class FileEndpoints
{
    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/files", Get).WithTags("health of the data")
        .Describe("Files", "Archived files",
        "Every file that was taken in, newest first: what was asked for, its hash, and what became of its rows.", ListRequest.OfDays);

    private static Answer<IReadOnlyList<FileShape>> Get(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("files", ListRequest.OfDays, request, services);
        return list.Page(services.Store.Files(list.ToRecordQuery(services)), FileShape.Of,
            file => [file.Id.ToString(CultureInfo.InvariantCulture)]);
    }
}

/// <summary>A file that was taken in. Its rows: new + changed + identical + duplicate + quarantined.</summary>
/// <param name="Id">Number of the record.</param>
/// <param name="Feed">Feed id.</param>
/// <param name="Day">Operating day that was asked for.</param>
/// <param name="Name">The publisher's name of it, or one made from the request.</param>
/// <param name="Site">Which of the publisher's sites it came from; file for one that a person handed over.</param>
/// <param name="PathAndQuery">What was asked for.</param>
/// <param name="Status">HTTP status; 0 where there was no HTTP.</param>
/// <param name="Sha256">Hash of its bytes: its address in the archive.</param>
/// <param name="SizeBytes">Length in bytes.</param>
/// <param name="ReceivedAt">When its last byte came.</param>
/// <param name="KnownAt">When its rows were known.</param>
/// <param name="Outcome">What came of the request.</param>
/// <param name="NewRows">Rows that were not there before.</param>
/// <param name="ChangedRows">Rows that became a new revision.</param>
/// <param name="IdenticalRows">Rows that were there already.</param>
/// <param name="DuplicateRows">Rows that repeat another one of the same delivery.</param>
/// <param name="QuarantinedRows">Rows that were held back.</param>
internal sealed record FileShape(
    long Id, FeedId Feed, LocalDate Day, string Name, string Site, string PathAndQuery, int Status, string Sha256, long SizeBytes,
    Instant ReceivedAt,
    Instant KnownAt, Outcome Outcome, long NewRows, long ChangedRows, long IdenticalRows, long DuplicateRows,
    long QuarantinedRows)
{
    public static FileShape Of(StoredFile stored)
    {
        var (file, fetch) = (stored.File, stored.File.Fetch);
        return new(
            stored.Id, fetch.Feed, fetch.Day, fetch.FileName, fetch.Site, fetch.PathAndQuery, fetch.Status, file.Sha256,
            file.SizeBytes, file.ReceivedAt,
            stored.KnownAt, stored.Outcome, stored.New, stored.Changed, stored.Identical, stored.Duplicate, stored.Quarantined);
    }
}
