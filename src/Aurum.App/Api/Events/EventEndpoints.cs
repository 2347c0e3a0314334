using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Aurum.App.Api.Documents;
using Aurum.App.Api.Requests;
using Aurum.App.Api.Responses;
using Aurum.App.Api.Rows;
using Aurum.Market.Feeds;
using Aurum.Store.Reading;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Aurum.App.Api.Events;

/// <summary><c>/v1/events</c>: commits as they happen, as server-sent events that go on where the client left off.</summary>
internal static class EventEndpoints
{
    private const int CommitsAtOnce = 500;

    private static readonly QueryParameter[] Parameters =
    [
        new("after", ParameterForm.Text,
        "Number of the last event that the client has, as the header Last-Event-ID says it; 0 for all.")
        {
            Default = "only new events",
            Example = "0",
            MaxLength = 19,
        },
    ];

    public static void Map(IEndpointRouteBuilder v1) => v1.MapGet("/events", Get).WithTags("operations")
        .Describe("Events", "Commits as they happen",
            "Server-sent events: commit with {id, feed, day, table, rows, quarantined, outcome, known_at} for each transaction, "
            + "tick with {now_utc} every few seconds. A client that comes back with Last-Event-ID gets what it missed.",
            Parameters)
        .DisableRequestTimeout();

    private static Results<ServerSentEventsResult<object>, Problem> Get(
        HttpRequest request, RowServices services, CommitTail tail, ApiOptions options, IHostApplicationLifetime lifetime)
    {
        var query = new QueryReader(request.Query, Parameters);
        var after = ReadAfter(request, query) ?? tail.Newest();
        if (tail.Follow() is not { } follower)
        {
            services.Api.Metrics.Refused("events");
            request.HttpContext.Response.Headers.RetryAfter = "10";
            return new Problem(StatusCodes.Status503ServiceUnavailable, "busy", "The server is busy",
                $"{options.EventClients} clients follow the events already.");
        }

        request.HttpContext.Response.RegisterForDispose(follower);
        return TypedResults.ServerSentEvents(FollowAsync(after, services, tail, options, lifetime.ApplicationStopping));
    }

    private static long? ReadAfter(HttpRequest request, QueryReader query)
    {
        var header = request.Headers["Last-Event-ID"].ToString();
        var (name, text) = header.Length > 0 ? ("last-event-id", header) : ("after", query.Text("after"));
        if (text is null)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new RequestFormatException(name, "the number of an event, or 0", $"'{text}'");
    }

    private static async IAsyncEnumerable<SseItem<object>> FollowAsync(
        long after, RowServices services, CommitTail tail, ApiOptions options, CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancel);
        var pause = TimeSpan.FromSeconds(options.EventTickSeconds);
        yield return Tick(services);
        var tick = Task.Delay(pause, services.Api.Time, either.Token);
        while (!either.IsCancellationRequested)
        {
            var changed = tail.Changed;
            var commits = services.Store.Outbox(new RecordQuery { AfterId = after, Limit = CommitsAtOnce });
            foreach (var commit in commits)
            {
                var id = commit.Id.ToString(CultureInfo.InvariantCulture);
                yield return new SseItem<object>(CommitEvent.Of(commit), "commit") { EventId = id };
                after = commit.Id;
            }

            if (commits.Count < CommitsAtOnce && await Task.WhenAny(changed, tick) == tick && !either.IsCancellationRequested)
            {
                yield return Tick(services);
                tick = Task.Delay(pause, services.Api.Time, either.Token);
            }
        }
    }

    private static SseItem<object> Tick(RowServices services) => new(new TickEvent(services.Api.Now), "tick");
}

/// <summary>One transaction.</summary>
/// <param name="Id">Number of the event.</param>
/// <param name="Feed">Feed id.</param>
/// <param name="Day">Operating day.</param>
/// <param name="Table">Table of its rows.</param>
/// <param name="Rows">Rows written: new ones and new revisions.</param>
/// <param name="Quarantined">Rows held back.</param>
/// <param name="Outcome">What came of the try.</param>
/// <param name="KnownAt">When we knew.</param>
internal sealed record CommitEvent(
    long Id, FeedId Feed, LocalDate Day, string Table, long Rows, long Quarantined, Outcome Outcome, Instant KnownAt)
{
    public static CommitEvent Of(OutboxEntry entry) => new(
        entry.Id, entry.Feed, entry.Day, entry.Table, entry.New + entry.Changed, entry.Quarantined, entry.Outcome, entry.KnownAt);
}

/// <summary>The connection lives.</summary>
/// <param name="NowUtc">Now, on the server's clock.</param>
internal sealed record TickEvent(Instant NowUtc);
