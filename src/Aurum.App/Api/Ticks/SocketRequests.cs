using System.Net.WebSockets;
using Aurum.App.Api.Requests;

namespace Aurum.App.Api.Ticks;

/// <summary>What requests for WebSockets have in common.</summary>
internal static class SocketRequests
{
    /// <summary>Seconds for the other side to answer a closing.</summary>
    private const int CloseSeconds = 5;

    /// <summary>Letters of a closing's reason at most; the protocol has room for 123 bytes.</summary>
    private const int MaxReasonLetters = 100;

    /// <summary>Browsers open sockets to anywhere for any page, and say which: only pages of this server may.</summary>
    /// <exception cref="RequestFormatException">403: a page from elsewhere asks.</exception>
    public static void RequireSameSite(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)))
        {
            throw new RequestFormatException(
                "origin", $"a page of {request.Host.Value}, or a program", $"'{origin}'", StatusCodes.Status403Forbidden);
        }
    }

    /// <summary>Reads and drops what the client sends, until it leaves; then stops what is sent to it.</summary>
    public static async Task LeaveAsync(WebSocket socket, CancellationTokenSource stop)
    {
        var buffer = new byte[1 << 10];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), stop.Token)).MessageType != WebSocketMessageType.Close)
            {
                // Nothing that a follower says matters.
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // It left without a word, or the server ends.
        }

        await stop.CancelAsync();
    }

    /// <summary>Says goodbye where the other side still listens.</summary>
    public static async Task CloseAsync(WebSocket socket, WebSocketCloseStatus status, string reason)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(CloseSeconds));
        try
        {
            await socket.CloseOutputAsync(status, reason.Length <= MaxReasonLetters ? reason : reason[..MaxReasonLetters], patience.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // Nobody listens any more.
        }
    }
}
