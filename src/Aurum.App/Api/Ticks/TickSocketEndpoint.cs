using System.Net.WebSockets;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Limits;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Ticks;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Aurum.App.Api.Ticks;

/// <summary><c>GET /v1/ticks/ws</c>: takes messages in over a WebSocket and acknowledges each batch. For clients on this
/// machine.</summary>
internal static class TickSocketEndpoint
{
    private static readonly QueryParameter[] Parameters =
    [
        .. TickWriteEndpoint.Defaults,
        new("session", ParameterForm.Text, "Makes a batch that is sent again with the same number harmless, also over another connection.")
        {
            Example = "gateway-7",
            MaxLength = 100,
        },
    ];

    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/ticks/ws", Get).WithTags(TickParameters.Tag)
        .Describe("SendTicksOverSocket", "Send messages over a WebSocket",
            "Each text message is a batch of JSON lines or a JSON array, each binary message one of the binary form, at most 4 MiB. It may "
            + "begin with # and its number, and a line end; else it has the number of the one before and one. When it is on disk it is "
            + "acknowledged: {event: ack, sequence, data} with the receipt of POST /v1/ticks; or {event: error, sequence, data: {detail}} "
            + "where it was not taken. Who sends faster than the disk is not read. Where workers fill the store from Kafka, a batch is "
            + "acknowledged when brokers have it, and 409 says what to set if this server does not know of Kafka. Answers clients on this "
            + "machine only.", Parameters)
        .Produces(StatusCodes.Status101SwitchingProtocols)
        .Produces<ProblemShape>(StatusCodes.Status403Forbidden, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status409Conflict, Problem.ContentType)
        .Produces<ProblemShape>(StatusCodes.Status426UpgradeRequired, Problem.ContentType)
        .DisableRequestTimeout();

    private static async Task<IResult> Get(
        HttpContext context, ApiServices services, IOptions<JsonOptions> json, IHostApplicationLifetime lifetime)
    {
        var query = new QueryReader(context.Request.Query, Parameters);
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            return new Problem(StatusCodes.Status426UpgradeRequired, "upgrade-required", "The path takes WebSockets",
                "GET /v1/ticks/ws is for WebSockets; POST /v1/ticks takes the same messages.");
        }

        NearClients.Require(context);
        SocketRequests.RequireSameSite(context.Request);
        _ = TakerOf(services);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var session = new TickSession(
            socket, (batch, cancel) => TakerOf(services)(batch, cancel), format => TickWriteEndpoint.OptionsOf(query, format),
            query.Text("session"), json.Value.SerializerOptions);
        try
        {
            await session.RunAsync(stop.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or IOException || stop.IsCancellationRequested)
        {
            // The client left, or the server ends. What was submitted is stored.
        }

        return Results.Empty;
    }

    /// <summary>What takes batches: this process, or Kafka for workers.</summary>
    private static Func<TickSubmission, CancellationToken, ValueTask<Task<TickReceipt>>> TakerOf(ApiServices services) =>
        TickParameters.Own(services) is { } own ? own.QueueAsync : TickParameters.Publisher(services).Batches.QueueAsync;
}
