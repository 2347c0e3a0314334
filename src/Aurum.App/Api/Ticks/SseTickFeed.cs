using System.Buffers;
using System.Text;
using System.Text.Json;
using Aurum.App.Output;
using Aurum.App.Ticks;

namespace Aurum.App.Api.Ticks;

/// <summary>Events as server-sent events: <c>id</c>, <c>event</c> and <c>data</c> lines.</summary>
internal sealed class SseTickFeed(HttpResponse response) : ITickFeed, IDisposable
{
    /// <summary>Bytes after which they are sent though more events wait.</summary>
    private const int MostBytes = 32 << 10;

    private readonly ArrayBufferWriter<byte> _lines = new(MostBytes);
    private readonly Utf8JsonWriter _json = new(Stream.Null, CellText.JsonOptions);

    public async ValueTask WriteAsync(TickEvent happened, CancellationToken cancel)
    {
        Add($"id: {happened.Token}\nevent: {TickEventJson.NameOf(happened.Kind)}\ndata: ");
        _json.Reset(_lines);
        TickEventJson.Write(_json, in happened);
        _json.Flush();
        Add("\n\n");
        if (_lines.WrittenCount >= MostBytes)
        {
            await FlushAsync(cancel);
        }
    }

    public ValueTask BeatAsync(string now, CancellationToken cancel)
    {
        Add($"event: heartbeat\ndata: {{\"now_utc\":\"{now}\"}}\n\n");
        return FlushAsync(cancel);
    }

    public async ValueTask FlushAsync(CancellationToken cancel)
    {
        if (_lines.WrittenCount > 0)
        {
            await response.Body.WriteAsync(_lines.WrittenMemory, cancel);
            _lines.ResetWrittenCount();
            await response.Body.FlushAsync(cancel);
        }
    }

    public void Dispose() => _json.Dispose();

    private void Add(string text) => Encoding.UTF8.GetBytes(text, _lines);
}
