using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Aurum.Tests.Api.Ticks;

/// <summary>A client that follows <c>/v1/ticks/stream</c>.</summary>
internal sealed class TickFollowing(HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> items) : IAsyncDisposable
{
    public static async Task<TickFollowing> StartAsync(TickServer server, string query, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/ticks/stream" + query);
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return new TickFollowing(response,
            SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator());
    }

    public async Task<TickSeen> NextAsync()
    {
        Assert.True(await items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        return new TickSeen(items.Current.EventType, items.Current.EventId, JsonNode.Parse(items.Current.Data)!);
    }

    public async Task<TickSeen> NextEventAsync()
    {
        while (true)
        {
            if (await NextAsync() is { Kind: not "heartbeat" } happened)
            {
                return happened;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        await Task.CompletedTask;
    }
}

/// <summary>An event as the client saw it.</summary>
internal sealed record TickSeen(string Kind, string? Id, JsonNode Data);
