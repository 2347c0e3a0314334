using System.Text.Json;
using System.Text.Json.Serialization;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Configuration;
using Aurum.App.Curves;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using NodaTime.Text;

namespace Aurum.App.Api.Resources;

/// <summary>What changes curves: <c>POST /v1/curves/loads</c> takes a workbook, <c>POST /v1/curves/branches/{branch}/merge</c> and
/// <c>drop</c> decide about a branch, <c>POST /v1/curves/rollback</c> restores an as-of date. For clients on this machine.</summary>
internal static class CurveWriteEndpoints
{
    private const int MaxWorkbookBytes = 64 << 20;

    private static readonly QueryParameter[] LoadParameters =
    [
        new("file", ParameterForm.Text, "Name of the workbook, as the vendor gave it.") { Example = "EOD_EUGP_20250917_1430.xlsx" },
        new("asof", ParameterForm.Date, "As-of date in place of the workbook's.") { Example = "2025-09-17" },
        new("branch", ParameterForm.Text, "Branch in place of that of the as-of date.") { Example = "hotfix_eugp" },
        new("dry_run", ParameterForm.Boolean, "Read and judge it, and store nothing.") { Default = "false" },
    ];

    private static readonly JsonSerializerOptions Forms = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapPost("/curves/loads", Load).WithTags("curves").Accepts<byte[]>("application/octet-stream")
            .Describe("LoadCurves", "Load a workbook",
                "Archives a vendor's workbook, reads it, judges it and puts it on its branch. It is merged by a request of its own. "
                + "Answers clients on this machine only.", LoadParameters)
            .Produces<ProblemShape>(StatusCodes.Status409Conflict, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxWorkbookBytes))
            .DisableRequestTimeout();
        Post<MergeBody>(v1, "/curves/branches/{branch}/merge", "MergeCurves", "Merge a branch",
            "Merges a branch under a tag, if all that is loaded to it passes its gates; else the branch stays open and says why.",
            (flow, branch, body, _) => Task.FromResult(flow.Merges.Merge(
                branch, new MergeOptions(body.Overrides ?? [], body.Why ?? "", body.PassingOnly))));
        Post<WhyBody>(v1, "/curves/branches/{branch}/drop", "DropCurves", "Drop a branch",
            "Gives a branch up; what was read stays in the landing table.",
            (flow, branch, body, _) => Task.FromResult(flow.Merges.Drop(branch, Reason(body.Why))));
        Post<RollbackBody>(v1, "/curves/rollback", "RollBackCurves", "Restore an as-of date",
            "Restores what was known of an as-of date at a tag or an instant, as new revisions under a new tag.",
            (flow, _, body, cancel) => flow.Merges.RollBack(body.ToRequest(), cancel));
        v1.MapPost("/curves/exports", Export).WithTags("curves").Accepts<ExportBody>("application/json")
            .Describe("ExportCurves", "Write files of curves",
                "Writes the merged curves of an as-of date as CSV and Parquet to exports/{tenant}/asof=DATE in the data directory. "
                + "Answers clients on this machine only.", [])
            .Produces<ProblemShape>(StatusCodes.Status409Conflict, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
            .DisableRequestTimeout();
    }

    private static async Task<Results<Answer<IReadOnlyList<ExportedFile>>, Problem>> Export(HttpContext context, ApiServices services)
    {
        NearClients.Require(context);
        NearClients.RequireJson(context, "{\"asof\": \"2025-09-17\"}");
        var started = services.Time.GetTimestamp();
        var body = await ReadAsync<ExportBody>(context);
        var options = new CurveExportOptions { Tenant = body.Tenant ?? "default", Formats = body.Formats ?? [] };
        try
        {
            options.Check();
        }
        catch (OptionsException wrong)
        {
            throw new RequestFormatException("body", "a tenant, and csv or parquet", wrong.Message);
        }

        var asOf = RollbackBody.Date("asof", body.Asof ?? "");
        var exports = services.Exports ?? new CurveExport(services.Store);
        return await Run(services, started, _ => exports.WriteAndSend(asOf, options, context.RequestAborted));
    }

    private static async Task<Results<Answer<LoadReport>, Problem>> Load(HttpContext context, ApiServices services)
    {
        NearClients.Require(context);
        var started = services.Time.GetTimestamp();
        var query = new QueryReader(context.Request.Query, LoadParameters);
        var name = query.Text("file") is { } file && Path.GetFileName(file) == file
            ? file
            : throw new RequestFormatException("file", "the name of a workbook, without a folder", $"'{query.Text("file")}'");
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var bytes = body.ToArray();
        return await Run(services, started, flow => flow.Load(
            new CurveFile(name, () => new MemoryStream(bytes, writable: false)),
            new LoadOptions(query.Date("asof"), query.Text("branch"), query.Boolean("dry_run")),
            context.RequestAborted));
    }

    private static void Post<TBody>(
        IEndpointRouteBuilder v1, string path, string name, string summary, string description,
        Func<CurveFlow, string, TBody, CancellationToken, Task<BranchReport>> change)
        where TBody : class => v1.MapPost(path, async (HttpContext context, ApiServices services) =>
        {
            NearClients.Require(context);
            NearClients.RequireJson(context, "{}");
            var started = services.Time.GetTimestamp();
            var body = await ReadAsync<TBody>(context);
            var branch = context.Request.RouteValues["branch"]?.ToString() ?? "";
            return await Run(services, started, flow => change(flow, branch, body, context.RequestAborted));
        })
        .WithTags("curves").Accepts<TBody>("application/json")
        .Describe(name, summary, description + " Answers clients on this machine only.", [])
        .Produces<ProblemShape>(StatusCodes.Status409Conflict, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
        .DisableRequestTimeout();

    private static async Task<Results<Answer<T>, Problem>> Run<T>(ApiServices services, long started, Func<CurveFlow, Task<T>> work)
    {
        var flow = services.Curves ?? throw new RequestFormatException("curves", "a server that takes workbooks", "one that only serves");
        try
        {
            var result = await work(flow);
            return new Answer<T>(result, 1, services.Time.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (CurveRefusedException refused)
        {
            return new Problem(StatusCodes.Status409Conflict, "conflict", "The curves do not allow it", refused.Message);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpContext context)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Forms, context.RequestAborted)
                ?? throw new RequestFormatException("body", "a JSON object", "null");
        }
        catch (JsonException mistake)
        {
            throw new RequestFormatException("body", "a JSON object with the members that /docs lists", mistake.Message);
        }
    }

    private static string Reason(string? why) => !string.IsNullOrWhiteSpace(why)
        ? why
        : throw new RequestFormatException("why", "a reason: it is kept with the branch", "none");

    /// <summary>How a branch is merged.</summary>
    /// <param name="Overrides">Names of checks that may fail.</param>
    /// <param name="Why">Reason for the overrides.</param>
    /// <param name="PassingOnly">Merge the vendors that pass, and keep the branch open for the others.</param>
    internal sealed record MergeBody(IReadOnlyList<string>? Overrides = null, string? Why = null, bool PassingOnly = false);

    /// <summary>Why something is done.</summary>
    /// <param name="Why">Reason.</param>
    internal sealed record WhyBody(string? Why = null);

    /// <summary>Which files are written.</summary>
    /// <param name="Asof">As-of date.</param>
    /// <param name="Tenant">Folder below exports.</param>
    /// <param name="Formats">csv, parquet; both where not given.</param>
    internal sealed record ExportBody(string? Asof = null, string? Tenant = null, IReadOnlyList<string>? Formats = null);

    /// <summary>What to restore.</summary>
    /// <param name="Tag">A tag; or:</param>
    /// <param name="KnownAt">an instant, with</param>
    /// <param name="Asof">the as-of date.</param>
    /// <param name="Why">Reason.</param>
    internal sealed record RollbackBody(string? Tag = null, string? KnownAt = null, string? Asof = null, string? Why = null)
    {
        public RollbackRequest ToRequest() => new(
            Tag, KnownAt is null ? null : Instant("known_at", KnownAt), Asof is null ? null : Date("asof", Asof), Reason(Why));

        private static Instant Instant(string field, string text) => InstantPattern.ExtendedIso.Parse(text) is { Success: true } instant
            ? instant.Value
            : throw new RequestFormatException(field, "an instant like 2025-09-17T15:00:00Z", $"'{text}'");

        public static LocalDate Date(string field, string text) => LocalDatePattern.Iso.Parse(text) is { Success: true } date
            ? date.Value
            : throw new RequestFormatException(field, "a date like 2025-09-17", $"'{text}'");
    }
}
