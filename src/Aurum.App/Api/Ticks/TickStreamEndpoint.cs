using System.Net.WebSockets;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Output;
using Aurum.App.Ticks;
using Aurum.Market.Ticks;

namespace Aurum.App.Api.Ticks;

/// <summary><c>GET /v1/ticks/stream</c>: what is committed, as it is; as server-sent events, or over a WebSocket where the client asks for
/// one.</summary>
internal static class TickStreamEndpoint
{
    private const int PingSeconds = 20;

    /// <summary>Seconds without a word after which a socket is given up; its client comes back with the id that it has.</summary>
    private const int PingTimeoutSeconds = 60;

    private const string KindTexts = "tick, bar, price or curve";

    private static readonly QueryParameter[] Parameters =
    [
        TickParameters.Tenant with { Default = "all tenants" },
        TickParameters.Instrument with { Default = "all" },
        new("kind", ParameterForm.Text, $"Kinds of events: {KindTexts}. May be repeated.")
        {
            Default = "all four",
            Example = "bar",
            MaxValues = 4,
        },
        TickParameters.Interval with { Description = "Length of bars. May be repeated.", MaxValues = 5, Default = "all" },
        new("after", ParameterForm.Text, "Id of the last event that the client has, as the header Last-Event-ID says it; 0.0 for all.")
        {
            Default = "only new events",
            Example = "1274.3",
            MaxLength = 40,
        },
    ];

    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/ticks/stream", Get).WithTags(TickParameters.Tag)
        .Describe("TickStream", "Real-time prices as they are committed",
            "Server-sent events tick, bar, price and curve, and heartbeat every few seconds; over a WebSocket the same as JSON messages "
            + "{event, id, data}. A client that comes back with Last-Event-ID or after gets what it missed, each event once: what is no "
            + "longer in memory comes from the tables, of prices the last one. A client that reads slowly is not waited for.", Parameters)
        .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
        .DisableRequestTimeout();

    private static async Task Get(HttpContext context, ApiServices services, ApiOptions options, IHostApplicationLifetime lifetime)
    {
        var query = new QueryReader(context.Request.Query, Parameters);
        using var events = TickParameters.Required(services).Subscribe(FilterOf(query), AfterOf(context.Request, query));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        services.Metrics.EventClients(1);
        try
        {
            await (context.WebSockets.IsWebSocketRequest
                ? OverSocketAsync(context, events, services, options, stop)
                : OverHttpAsync(context.Response, events, services, options, stop.Token));
        }
        catch (Exception gone) when (gone is WebSocketException or IOException || stop.IsCancellationRequested)
        {
            // The client left, or the server ends.
        }
        finally
        {
            services.Metrics.EventClients(-1);
        }
    }

    private static async Task OverHttpAsync(
        HttpResponse response, TickSubscription events, ApiServices services, ApiOptions options, CancellationToken stop)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        using var feed = new SseTickFeed(response);
        await FollowAsync(feed, events, services, options, stop);
    }

    private static async Task OverSocketAsync(
        HttpContext context, TickSubscription events, ApiServices services, ApiOptions options, CancellationTokenSource stop)
    {
        SocketRequests.RequireSameSite(context.Request);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            KeepAliveInterval = TimeSpan.FromSeconds(PingSeconds),
            KeepAliveTimeout = TimeSpan.FromSeconds(PingTimeoutSeconds),
        });
        using var feed = new SocketTickFeed(socket);
        var leaving = SocketRequests.LeaveAsync(socket, stop);
        try
        {
            await FollowAsync(feed, events, services, options, stop.Token);
        }
        finally
        {
            await SocketRequests.CloseAsync(socket, WebSocketCloseStatus.NormalClosure, "");
            await stop.CancelAsync();
            await leaving;
        }
    }

    private static async Task FollowAsync(
        ITickFeed feed, TickSubscription events, ApiServices services, ApiOptions options, CancellationToken stop)
    {
        var pause = TimeSpan.FromSeconds(options.EventTickSeconds);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using var items = events.GetAsyncEnumerator(ending.Token);
        var next = items.MoveNextAsync().AsTask();
        try
        {
            await feed.BeatAsync(UtcText.Of(services.Now), stop);
            var beat = Task.Delay(pause, services.Time, stop);
            while (true)
            {
                if (!next.IsCompleted)
                {
                    await feed.FlushAsync(stop);
                }

                if (await Task.WhenAny(next, beat) == beat && !next.IsCompleted)
                {
                    stop.ThrowIfCancellationRequested();
                    await feed.BeatAsync(UtcText.Of(services.Now), stop);
                    beat = Task.Delay(pause, services.Time, stop);
                    continue;
                }

                if (!await next)
                {
                    return;
                }

                await feed.WriteAsync(items.Current, stop);
                next = items.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // An enumerator must not be disposed while it moves.
            await ending.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TickFilter FilterOf(QueryReader query)
    {
        var kinds = TickEventKind.None;
        foreach (var kind in query.Texts("kind"))
        {
            kinds |= kind switch
            {
                "tick" => TickEventKind.Tick,
                "bar" => TickEventKind.Bar,
                "price" => TickEventKind.Price,
                "curve" => TickEventKind.CurvePoint,
                _ => throw new RequestFormatException("kind", KindTexts, $"'{kind}'"),
            };
        }

        return new TickFilter(
            query.Text("tenant"), query.Texts("instrument").ToHashSet(StringComparer.Ordinal),
            kinds == TickEventKind.None ? TickEventKind.All : kinds,
            [.. query.Texts("interval").Select(i => BarIntervals.TryParse(i, out var interval)
                ? interval
                : throw new RequestFormatException(
                    "interval", $"one of {string.Join(", ", BarIntervals.All.Select(a => a.Name()))}", $"'{i}'"))]);
    }

    private static TickToken? AfterOf(HttpRequest request, QueryReader query)
    {
        var header = request.Headers["Last-Event-ID"].ToString();
        var (name, text) = header.Length > 0 ? ("last-event-id", header) : ("after", query.Text("after"));
        return text is null ? null
            : TickToken.TryParse(text, out var token) ? token
            : throw new RequestFormatException(name, "the id of an event, like 1274.3, or 0.0", $"'{text}'");
    }
}
