using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Aurum.App.Api.Requests;
using Aurum.App.Ticks;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Api.Ticks;

/// <summary>One client that sends batches over a WebSocket: reads them one after the other, and acknowledges them in their order. Not more
/// than a few wait for the disk, or for brokers: then it is not read until they are there.</summary>
internal sealed class TickSession : IDisposable
{
    /// <summary>Bytes of a batch at most.</summary>
    public const int MaxBatchBytes = 4 << 20;

    /// <summary>Batches that may wait to be acknowledged.</summary>
    private const int BatchesAtOnce = 8;

    /// <summary>Letters of a number at most, with the sign and the line end around it.</summary>
    private const int MaxNumberLetters = 20;

    private const byte NumberSign = (byte)'#';

    private readonly WebSocket _socket;
    private readonly Func<TickSubmission, CancellationToken, ValueTask<Task<TickReceipt>>> _take;
    private readonly Func<TickFormat, TickStreamOptions> _options;
    private readonly string? _name;
    private readonly JsonSerializerOptions _json;
    private readonly Channel<Batch> _open = Channel.CreateBounded<Batch>(BatchesAtOnce);
    private readonly ArrayBufferWriter<byte> _received = new(64 << 10);
    private long _sequence;

    /// <param name="socket">The client.</param>
    /// <param name="take">Takes a batch; what it gives completes when the batch is to be acknowledged.</param>
    /// <param name="options">How a batch of a format is read.</param>
    /// <param name="name">The client's name, under which the same batch with the same number is one; null: each counts.</param>
    /// <param name="json">Forms of what is answered.</param>
    public TickSession(
        WebSocket socket, Func<TickSubmission, CancellationToken, ValueTask<Task<TickReceipt>>> take,
        Func<TickFormat, TickStreamOptions> options, string? name, JsonSerializerOptions json) =>
        (_socket, _take, _options, _name, _json) = (socket, take, options, name, json);

    /// <summary>Goes on until the client closes, or breaks the rules; then closes.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var acknowledging = AcknowledgeAsync(cancel);
        var (status, reason) = (WebSocketCloseStatus.NormalClosure, "");
        try
        {
            while (await ReceiveAsync(cancel) is { } type)
            {
                await SubmitAsync(type, cancel);
            }
        }
        catch (InvalidDataException broken)
        {
            (status, reason) = (_received.WrittenCount > MaxBatchBytes
                ? WebSocketCloseStatus.MessageTooBig
                : WebSocketCloseStatus.InvalidPayloadData, broken.Message);
        }
        finally
        {
            _open.Writer.Complete();
            await ((Task)acknowledging).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await acknowledging;
        await SocketRequests.CloseAsync(_socket, status, reason);
    }

    public void Dispose() => _open.Writer.TryComplete();

    /// <summary>Reads a message whole.</summary>
    /// <returns>Null where the client closes.</returns>
    private async ValueTask<WebSocketMessageType?> ReceiveAsync(CancellationToken cancel)
    {
        _received.ResetWrittenCount();
        while (true)
        {
            var received = await _socket.ReceiveAsync(_received.GetMemory(16 << 10), cancel);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            _received.Advance(received.Count);
            if (_received.WrittenCount > MaxBatchBytes)
            {
                throw new InvalidDataException($"a batch has at most {MaxBatchBytes >> 20} MiB");
            }

            if (received.EndOfMessage)
            {
                return received.MessageType;
            }
        }
    }

    private async Task SubmitAsync(WebSocketMessageType type, CancellationToken cancel)
    {
        var from = ReadNumber(_received.WrittenSpan);
        var bytes = _received.WrittenSpan[from..].ToArray();
        var format = type == WebSocketMessageType.Binary ? TickFormat.Binary : TickFormat.JsonLines;
        if (format == TickFormat.JsonLines && IsArray(bytes))
        {
            new JsonDocumentLines().OnBytes(bytes);
        }

        var key = _name is null ? null : BatchKeys.Of($"ws:{_name}", _sequence, bytes);
        var receipt = await HandOverAsync(TickSubmission.Batch(_options(format), bytes, key), cancel);
        await _open.Writer.WriteAsync(new Batch(_sequence, receipt), cancel);
    }

    private async ValueTask<Task<TickReceipt>> HandOverAsync(TickSubmission batch, CancellationToken cancel)
    {
        try
        {
            return await _take(batch, cancel);
        }
        catch (Exception refused) when (refused is TickServiceException or RequestFormatException)
        {
            return Task.FromException<TickReceipt>(refused);
        }
    }

    private static bool IsArray(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOfAnyExcept(" \t\r\n"u8) is >= 0 and var at && bytes[at] == (byte)'[';

    /// <summary>Reads the number before a batch.</summary>
    /// <returns>Bytes that it takes.</returns>
    private int ReadNumber(ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty || message[0] != NumberSign)
        {
            _sequence++;
            return 0;
        }

        var end = message[..Math.Min(message.Length, MaxNumberLetters)].IndexOf((byte)'\n');
        if (end < 0 || !long.TryParse(message[1..end], NumberStyles.None, CultureInfo.InvariantCulture, out _sequence))
        {
            throw new InvalidDataException("expected # and a number of at most 18 digits on the first line");
        }

        return end + 1;
    }

    private async Task AcknowledgeAsync(CancellationToken cancel)
    {
        await foreach (var batch in _open.Reader.ReadAllAsync(cancel))
        {
            byte[] answer;
            try
            {
                answer = JsonSerializer.SerializeToUtf8Bytes(
                    new SocketAnswer<TickReceiptShape>("ack", batch.Sequence, TickReceiptShape.Of(await batch.Receipt)), _json);
            }
            catch (Exception refused) when (refused is TickServiceException or RequestFormatException)
            {
                answer = JsonSerializer.SerializeToUtf8Bytes(
                    new SocketAnswer<SocketProblem>("error", batch.Sequence, new SocketProblem(refused.Message)), _json);
            }

            await _socket.SendAsync(answer, WebSocketMessageType.Text, endOfMessage: true, cancel);
        }
    }

    private readonly record struct Batch(long Sequence, Task<TickReceipt> Receipt);

    /// <summary>What became of a batch.</summary>
    private sealed record SocketAnswer<T>(string Event, long Sequence, T Data);

    /// <summary>Why a batch was not taken in.</summary>
    private sealed record SocketProblem(string Detail);
}
