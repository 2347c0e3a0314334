using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Aurum.App.Output;
using Aurum.App.Ticks;

namespace Aurum.App.Api.Ticks;

/// <summary>Events as messages of a WebSocket, a text message each: <c>{"event", "id", "data"}</c>.</summary>
internal sealed class SocketTickFeed(WebSocket socket) : ITickFeed, IDisposable
{
    private readonly ArrayBufferWriter<byte> _message = new(1 << 10);
    private readonly Utf8JsonWriter _json = new(Stream.Null, CellText.JsonOptions);

    public ValueTask WriteAsync(TickEvent happened, CancellationToken cancel)
    {
        Begin(TickEventJson.NameOf(happened.Kind));
        _json.WriteString("id", happened.Token.ToString());
        _json.WritePropertyName("data");
        TickEventJson.Write(_json, in happened);
        return SendAsync(cancel);
    }

    public ValueTask BeatAsync(string now, CancellationToken cancel)
    {
        Begin("heartbeat");
        _json.WriteStartObject("data");
        _json.WriteString("now_utc", now);
        _json.WriteEndObject();
        return SendAsync(cancel);
    }

    public ValueTask FlushAsync(CancellationToken cancel) => ValueTask.CompletedTask;

    public void Dispose() => _json.Dispose();

    private void Begin(string name)
    {
        _message.ResetWrittenCount();
        _json.Reset(_message);
        _json.WriteStartObject();
        _json.WriteString("event", name);
    }

    private ValueTask SendAsync(CancellationToken cancel)
    {
        _json.WriteEndObject();
        _json.Flush();
        return socket.SendAsync(_message.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, cancel);
    }
}
