using System.Text.Json;
using System.Threading.Channels;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Running;

namespace Aurum.App.Api.Resources;

/// <summary><c>POST /v1/backfill</c>: takes an order as a job and tells how it goes, a JSON line for each event. Where the client goes
/// away, the job that it began is paused; a detached one goes on.</summary>
internal static class BackfillEndpoint
{
    private const string Example = "{\"feeds\": [\"caiso/day-ahead-lmp\"], \"from\": \"2026-11-01\"}";

    public static void Map(IEndpointRouteBuilder v1) => v1.MapPost("/backfill", Post).WithTags("operations")
        .Accepts<BackfillRequest>("application/json")
        .Describe("Backfill", "Fetch days",
            "Fetches the days of a range that are missing. The order becomes a job; the same order is the same job. Streams what happens "
            + "as JSON lines {kind, text, days}: the job, the cost, warnings, each day, the gaps that remain, and the totals; the job is "
            + "paused when the client leaves. With detach it answers with the job instead, which goes on by itself. Answers clients on "
            + "this machine only.", [])
        .Produces<BackfillEvent>(StatusCodes.Status200OK, "application/x-ndjson")
        .Produces<ProblemShape>(StatusCodes.Status409Conflict, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
        .DisableRequestTimeout();

    private static async Task<IResult> Post(HttpContext context, ApiServices services, IHostApplicationLifetime lifetime)
    {
        NearClients.Require(context);
        NearClients.RequireJson(context, Example);
        var request = await ReadAsync(context);
        var order = request.ToOrder();
        var desk = services.Backfill
            ?? throw new RequestFormatException("backfill", "a server that can fetch", "one that only serves");
        if (request.Detach)
        {
            return Place(desk, order, services);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await Stream(context.Response, desk, order, stop.Token);
        return Results.Empty;
    }

    private static IResult Place(BackfillDesk desk, BackfillOrder order, ApiServices services)
    {
        var started = services.Time.GetTimestamp();
        try
        {
            var text = new List<string>();
            var job = desk.Place(order, runs: true, happened => text.Add(happened.Text));
            return JobShape.Answer(services, job.Id, started, string.Join("; ", text.Take(2)));
        }
        catch (BackfillRefusedException refused)
        {
            return JobEndpoints.Conflict(refused);
        }
        catch (ArgumentException unknown)
        {
            throw new RequestFormatException("feeds", "ids of feeds, as /v1/feeds lists them", unknown.Message);
        }
    }

    private static async Task Stream(HttpResponse response, BackfillDesk desk, BackfillOrder order, CancellationToken stop)
    {
        // One event a day and pass, bounded by the order itself; none may be lost: a gap that nobody hears of would be silent.
        var events = Channel.CreateUnbounded<BackfillEvent>();
        var running = Run(desk, order, events.Writer, stop);
        response.ContentType = "application/x-ndjson; charset=utf-8";
        try
        {
            await foreach (var happened in events.Reader.ReadAllAsync(stop))
            {
                await JsonSerializer.SerializeAsync(response.Body, happened, BackfillJson.Default.BackfillEvent, stop);
                await response.Body.WriteAsync("\n"u8.ToArray(), stop);
                await response.Body.FlushAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client left, or the server ends: half an answer must not pass for a whole one.
            response.HttpContext.Abort();
        }

        await running;
    }

    private static async Task Run(
        BackfillDesk desk, BackfillOrder order, ChannelWriter<BackfillEvent> events, CancellationToken cancel)
    {
        try
        {
            await desk.Run(order, happened => events.TryWrite(happened), cancel);
        }
        catch (Exception e) when (e is ArgumentException or BackfillRefusedException)
        {
            events.TryWrite(new BackfillEvent(BackfillEventKind.Failed, e.Message));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The client left.
        }
        finally
        {
            events.Complete();
        }
    }

    private static async Task<BackfillRequest> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(
                context.Request.Body, BackfillJson.Default.BackfillRequest, context.RequestAborted)
                ?? throw new RequestFormatException("body", Example, "null");
        }
        catch (JsonException mistake)
        {
            throw new RequestFormatException("body", $"JSON like {Example}", mistake.Message);
        }
    }
}
