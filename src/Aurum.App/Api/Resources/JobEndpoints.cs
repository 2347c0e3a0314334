using Aurum.App.Api.Documents;
using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.App.Running;
using Aurum.Store.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aurum.App.Api.Resources;

/// <summary><c>/v1/backfill</c> and <c>/v1/backfill/{id}</c>: the jobs and how far they are; <c>pause</c>, <c>resume</c> and
/// <c>cancel</c> below a job.</summary>
internal static class JobEndpoints
{
    private static readonly QueryParameter[] Parameters =
    [
        QueryParameter.Filter("state", "queued, running, paused, completed, incomplete, cancelled or failed.", "running"),
        QueryParameter.LimitOf(RowResource.MaxLimit, RowResource.DefaultLimit),
        RowResource.Cursor,
        ResponseFormats.Parameter,
    ];

    public static void Map(IEndpointRouteBuilder v1)
    {
        v1.MapGet("/backfill", List).WithTags("operations").Describe("BackfillJobs", "All backfill jobs",
            "Every order that was ever taken, oldest first, and how far it is.", Parameters);
        v1.MapGet("/backfill/{id}", Get).WithTags("operations").Describe("BackfillJob", "One backfill job",
            "One job with its progress by feed and by chunk (days of a feed within a month). The beginning of an id does, where no other "
            + "job has it.");
        MapChange(v1, "pause", "Pauses a job: requests that are under way are given up, and it waits until it is resumed or ordered "
            + "again.", static (desk, id) => desk.Pause(id));
        MapChange(v1, "resume", "Goes on with a job that was paused, cancelled, failed, or left days missing.",
            static (desk, id) => desk.Resume(id));
        MapChange(v1, "cancel", "Ends a job. What it has committed stays.", static (desk, id) => desk.Cancel(id));
    }

    /// <summary>What an order or a change that can't be becomes.</summary>
    public static Problem Conflict(BackfillRefusedException refused) => new(
        StatusCodes.Status409Conflict, "conflict", "The job does not allow it", refused.Message) { Field = "job" };

    private static void MapChange(IEndpointRouteBuilder v1, string verb, string text, Func<BackfillDesk, string, JobRecord> change) =>
        v1.MapPost($"/backfill/{{id}}/{verb}", (string id, HttpContext context, ApiServices services) =>
                Change(id, context, services, change))
            .WithTags("operations")
            .Accepts<EmptyBody>("application/json")
            .Describe($"Backfill{char.ToUpperInvariant(verb[0])}{verb[1..]}", $"{verb} a backfill job",
                text + " The body is {}. Answers clients on this machine only.")
            .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status409Conflict, Problem.ContentType)
            .Produces<ProblemShape>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType);

    private static Answer<IReadOnlyList<JobShape>> List(HttpRequest request, RowServices services)
    {
        var list = ListRequest.Read("backfill", Parameters, request, services);
        var state = list.Query.Text("state") is { } text ? StateOf(text) : (JobState?)null;
        var book = services.Api.Store.Jobs;
        var jobs = book.All().OrderBy(j => j.Id, StringComparer.Ordinal).Where(j =>
            (state is null || j.State == state) && (list.After is null || string.CompareOrdinal(j.Id, list.After[0]) > 0));
        return list.Page([.. jobs.Take(list.Limit + 1)], j => JobShape.Of(book, j), j => [j.Id]);
    }

    private static Results<Answer<JobShape>, Problem> Get(string id, HttpRequest request, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        _ = new QueryReader(request.Query, []);
        try
        {
            return JobShape.Answer(services, JobChanges.Find(services.Store.Jobs, id).Id, started);
        }
        catch (UnknownJobException unknown)
        {
            return NotFound(unknown);
        }
    }

    private static Results<Answer<JobShape>, Problem> Change(
        string id, HttpContext context, ApiServices services, Func<BackfillDesk, string, JobRecord> change)
    {
        NearClients.Require(context);
        NearClients.RequireJson(context, "{}");
        var started = services.Time.GetTimestamp();
        var desk = services.Backfill
            ?? throw new RequestFormatException("backfill", "a server that can fetch", "one that only serves");
        try
        {
            return JobShape.Answer(services, change(desk, id).Id, started);
        }
        catch (UnknownJobException unknown)
        {
            return NotFound(unknown);
        }
        catch (BackfillRefusedException refused)
        {
            return Conflict(refused);
        }
    }

    private static Problem NotFound(UnknownJobException unknown) =>
        new(StatusCodes.Status404NotFound, "not-found", "There is no such thing", unknown.Message) { Field = "id" };

    private static JobState StateOf(string text) =>
        Enum.GetValues<JobState>().Where(s => s.Word() == text).Select(s => (JobState?)s).FirstOrDefault()
        ?? throw new RequestFormatException(
            "state", string.Join(", ", Enum.GetValues<JobState>().Select(s => s.Word())), $"'{text}'");

    /// <summary>The body of a change: nothing is to be said.</summary>
    internal sealed record EmptyBody;
}
