using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Aurum.Tests.Api;

/// <summary>A client of <c>/v1/events</c>.</summary>
internal sealed class Following(HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> items) : IAsyncDisposable
{
    private string? _id;

    public static async Task<Following> StartAsync(ApiServer server, string? lastId) =>
        await TryStartAsync(server, lastId) ?? throw new InvalidOperationException("the server refused");

    public static async Task<Following?> TryStartAsync(ApiServer server, string? lastId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            response.Dispose();
            return null;
        }

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new Following(response,
            SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator());
    }

    public async Task<ServerEvent> NextAsync()
    {
        Assert.True(await items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        _id = items.Current.EventId ?? _id;
        return new ServerEvent(items.Current.EventType, _id, JsonNode.Parse(items.Current.Data)!);
    }

    public async Task<ServerEvent> NextCommitAsync()
    {
        while (true)
        {
            if (await NextAsync() is { EventType: "commit" } commit)
            {
                return commit;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        await Task.CompletedTask;
    }
}

/// <summary>An event with the id that a client would come back with.</summary>
internal sealed record ServerEvent(string EventType, string? Id, JsonNode Data);
