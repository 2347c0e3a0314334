using System.Text.Json;
using System.Threading.Channels;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Running;

namespace Aurum.App.Api.Resources;

/// <summary><c>POST /v1/backfill</c>: starts a backfill and tells how it goes, a JSON line for each event. It ends when the
/// client goes away; what is committed stays.</summary>
internal static class BackfillEndpoint
{
    private const string Example = "{\"feeds\": [\"caiso/day-ahead-lmp\"], \"from\": \"2026-11-01\"}";

    public static void Map(IEndpointRouteBuilder v1) => v1.MapPost("/backfill", Post).WithTags("operations")
        .Accepts<BackfillRequest>("application/json")
        .Describe("Backfill", "Fetch days",
            "Fetches the days of a range that are missing and streams what happens as JSON lines {kind, text, days}: first the "
            + "cost, then each day, the gaps that remain, and the totals. Answers clients on this machine only.", [])
        .Produces<BackfillEvent>(StatusCodes.Status200OK, "application/x-ndjson")
        .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
        .DisableRequestTimeout();

    private static async Task Post(HttpContext context, ApiServices services, IHostApplicationLifetime lifetime)
    {
        NearClients.Require(context);
        NearClients.RequireJson(context, Example);
        var order = (await ReadAsync(context)).ToOrder();
        var backfill = services.Backfill
            ?? throw new RequestFormatException("backfill", "a server that can fetch", "one that only serves");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        // One event a day and pass, bounded by the order itself; none may be lost: a gap that nobody hears of would be silent.
        var events = Channel.CreateUnbounded<BackfillEvent>();
        var running = Run(backfill, order, events.Writer, stop.Token);
        context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        await foreach (var happened in events.Reader.ReadAllAsync(stop.Token))
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, happened, BackfillJson.Default.BackfillEvent, stop.Token);
            await context.Response.Body.WriteAsync("\n"u8.ToArray(), stop.Token);
            await context.Response.Body.FlushAsync(stop.Token);
        }

        await running;
    }

    private static async Task Run(
        Func<BackfillOrder, Action<BackfillEvent>, CancellationToken, Task<bool>> backfill,
        BackfillOrder order,
        ChannelWriter<BackfillEvent> events,
        CancellationToken cancel)
    {
        try
        {
            await backfill(order, happened => events.TryWrite(happened), cancel);
        }
        catch (ArgumentException e)
        {
            events.TryWrite(new BackfillEvent(BackfillEventKind.Failed, e.Message));
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
