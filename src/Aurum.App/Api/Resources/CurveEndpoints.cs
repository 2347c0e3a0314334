using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Api.Slices;
using Aurum.App.Curves;
using Aurum.Store.Curves;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/curves</c>: merged quotes; <c>/strips</c>, <c>/latest</c> and <c>/diff</c> are views of them; <c>/branches</c> and
/// <c>/loads</c> tell how they came.</summary>
internal static class CurveEndpoints
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/curves", (HttpRequest request, RowServices services, CancellationToken cancel) =>
                Quotes("curves", CurveParameters.OfQuotes, request, services, cancel))
            .WithTags("curves").DescribeRows("Curves", "Forward curves",
                "Quotes of an as-of date; without asof the newest of each curve and delivery period, whatever its date, which stands in "
                + "every row. as_of shows what was known then.", CurveParameters.OfQuotes, CurveParameters.Fields)
            .Kept(SliceRule.OfCurves("curves"));
        v1.MapGet("/curves/latest", (HttpRequest request, RowServices services, CancellationToken cancel) =>
                Quotes("curves-latest", CurveParameters.OfLatest, request, services, cancel))
            .WithTags("curves").DescribeRows("CurvesLatest", "Last good quotes",
                "The newest merged quote of each curve and delivery period. Dates may differ from row to row: asof_date says which.",
                CurveParameters.OfLatest, CurveParameters.Fields).Kept(SliceRule.OfCurves("curves-latest"));
        v1.MapGet("/curves/strips", (HttpRequest request, RowServices services, CancellationToken cancel) =>
                Quotes("curves-strips", CurveParameters.OfStrips, request, services, cancel))
            .WithTags("curves").DescribeRows("CurveStrips", "Strips of forward curves",
                "Quotes of calendars, seasons or quarters; they have the curve key of their months.", CurveParameters.OfStrips,
                CurveParameters.Fields).Kept(SliceRule.OfCurves("curves-strips"));
        v1.MapGet("/curves/diff", Difference).WithTags("curves").Describe("CurveDiff", "Two states of curves side by side",
            "Quotes that two as-of dates, two tags, or two states of knowledge of one date have in common: diff_abs is b less a, diff_pct "
            + "a fraction of a, null where that is 0. kind is market_move, source_correction (two states of one date), unchanged or, with "
            + "rolls, roll: a period that only one side has.", CurveParameters.OfDifference)
            .Produces<IReadOnlyList<Dictionary<string, object?>>>(
                StatusCodes.Status200OK, "application/json", "text/csv", ResponseFormats.ParquetType);
        v1.MapGet("/curves/branches", Branches).WithTags("curves").Describe("CurveBranches", "Branches and tags of curves",
            "Every opening of a branch, newest first, with the workbooks that are on it, and why it waits.", CurveParameters.OfBranches);
        v1.MapGet("/curves/errors", Errors).WithTags("curves").Describe("CurveErrors", "What loads could not use",
            "Lines of aurum.ingest.error.v1: of each vendor and branch what its latest load was stopped for, and the rows that are held "
            + "back.", CurveParameters.OfErrors);
        v1.MapGet("/curves/loads", Loads).WithTags("curves").Describe("CurveLoads", "Workbooks that were loaded",
            "The log of files: one entry a workbook and load, newest first, with its counts, checks and reasons.",
            CurveParameters.OfBranches);
    }

    private static Page Quotes(
        string resource, IReadOnlyList<QueryParameter> parameters, HttpRequest request, RowServices services, CancellationToken cancel)
    {
        var list = ListRequest.Read(resource, parameters, request, services);
        return CurvePages.Read(list, CurveQueries.Quotes(CurveParameters.Selection(list, services)), services, cancel);
    }

    private static Page Difference(HttpRequest request, RowServices services, CancellationToken cancel)
    {
        var list = ListRequest.Read("curves-diff", CurveParameters.OfDifference, request, services);
        var all = CurveParameters.Selection(list, services);
        var (a, b) = (CurveParameters.Side(list, all, "a", services), CurveParameters.Side(list, all, "b", services));
        return CurvePages.Read(list, CurveQueries.Difference(a, b, list.Query.Boolean("rolls")), services, cancel);
    }

    private static Answer<IReadOnlyList<BranchReport>> Branches(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("curves-branches", CurveParameters.OfBranches, request, services);
        var store = services.Api.Store.Branches;
        var asOf = list.Query.Date("asof");
        var loads = store.Loads();
        var branches = store.Branches().Where(b => asOf is null || b.AsOf == asOf).Reverse().ToList();
        return list.Page(
            CurvePages.From(branches, list), b => BranchReport.Of(b, CurveMerges.LoadsOf(b, loads)), _ => CurvePages.Next(list));
    }

    private static Answer<IReadOnlyList<IngestError>> Errors(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("curves-errors", CurveParameters.OfErrors, request, services);
        var severity = list.Query.Choice("severity");
        IReadOnlyList<IngestError> errors =
        [
            .. IngestErrors.Read(services.Api.Store.Options.DataDirectory, list.Query.Date("asof"))
                .Where(e => severity is null || e.Severity == severity),
        ];
        return list.Page(CurvePages.From(errors, list), static e => e, _ => CurvePages.Next(list));
    }

    private static Answer<IReadOnlyList<LoadReport>> Loads(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("curves-loads", CurveParameters.OfBranches, request, services);
        var asOf = list.Query.Date("asof");
        IReadOnlyList<LoadRecord> loads =
            [.. services.Api.Store.Branches.Loads().Where(l => asOf is null || l.AsOf == asOf).Reverse()];
        return list.Page(CurvePages.From(loads, list), LoadReport.Of, _ => CurvePages.Next(list));
    }
}
