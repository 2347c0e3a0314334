using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Aurum.Tests.Api.Ticks;

/// <summary>The client's side of a WebSocket of a server.</summary>
internal static class TickSocket
{
    public static async Task<ClientWebSocket> ConnectAsync(TickServer server, string path, string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        await socket.ConnectAsync(new Uri($"ws://{server.Http.BaseAddress!.Authority}{path}"), CancellationToken.None);
        return socket;
    }

    public static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>The next message; null where the server closes.</summary>
    public static async Task<JsonNode?> ReceiveAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var message = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, patience.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return JsonNode.Parse(message.ToArray());
            }
        }
    }
}
