using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Aurum.App.Commands;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Ticks.Sending;

/// <summary>Reads streams of messages and sends them, piece by piece, in their order: the next one when the one before is
/// acknowledged.</summary>
/// <param name="post">Sends a piece.</param>
/// <param name="options">Sizes, rate, patience.</param>
/// <param name="time">The clock of rate and patience.</param>
internal sealed class TickSender(TickPost post, TickSendOptions options, TimeProvider time)
{
    private const int BufferBytes = 4 * TickSendOptions.BatchBytes;
    private const int MostMessageBytes = 2 * TickSendOptions.BatchBytes;

    private readonly ArrayBufferWriter<byte> _piece = new(1 << 16);
    private readonly long _startedAt = time.GetTimestamp();

    /// <summary>What became of all that was sent so far.</summary>
    public SentCounts Counts { get; private set; }

    /// <summary>Sends a stream to its end.</summary>
    /// <param name="stream">Messages.</param>
    /// <param name="name">What it is called in errors.</param>
    /// <param name="isSlow">Whether its messages come by and by: they do not wait long for others to go with.</param>
    /// <param name="tell">Takes what each request came to: bytes of the stream that are done, and its first dead letters.</param>
    /// <param name="cancel">Stops it; what is acknowledged stays so.</param>
    /// <exception cref="CommandException">A message without end, or the server does not take them.</exception>
    public async Task SendAsync(
        Stream stream, string name, bool isSlow, Action<long, IReadOnlyList<SentLetter>> tell, CancellationToken cancel)
    {
        var pieces = new MessagePieces(options.Format, options.PieceMessages, TickSendOptions.BatchBytes);
        var pipe = new Pipe(new PipeOptions(
            pauseWriterThreshold: BufferBytes, resumeWriterThreshold: BufferBytes / 2, minimumSegmentSize: 1 << 16));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var filling = FillAsync(stream, pipe.Writer, stop.Token);
        try
        {
            await SendAllAsync(pipe.Reader, pieces, name, isSlow, tell, cancel);
        }
        finally
        {
            await stop.CancelAsync();
            await pipe.Reader.CompleteAsync();
            _ = filling;
        }
    }

    private async Task SendAllAsync(
        PipeReader reader,
        MessagePieces pieces,
        string name,
        bool isSlow,
        Action<long, IReadOnlyList<SentLetter>> tell,
        CancellationToken cancel)
    {
        long position = 0;
        var (isWaiting, isEnd) = (false, false);
        while (!isEnd)
        {
            var read = await ReadAsync(reader, isSlow && isWaiting, cancel);
            isEnd = read.IsCompleted;
            var bytes = read.Buffer.IsSingleSegment ? read.Buffer.First : read.Buffer.ToArray();
            var used = 0;
            while (true)
            {
                var taken = pieces.Cut(bytes.Span[used..], read.IsCanceled, isEnd, _piece, out var messages);
                if (messages > 0)
                {
                    var receipt = await post.SendAsync(_piece.WrittenMemory, position + used, cancel);
                    Counts = Counts.Plus(CountsOf(receipt));
                    tell(position + used + taken, SentLetter.Of(receipt, position + used + pieces.Origin));
                    await KeepRate(cancel);
                }

                used += taken;
                if (messages == 0)
                {
                    break;
                }
            }

            isWaiting = used < bytes.Length;
            position += used;
            if (bytes.Length - used > MostMessageBytes)
            {
                throw new CommandException(
                    ExitCodes.BadInput, $"{name}: byte {position}: expected a message of at most {MostMessageBytes} bytes, found no end");
            }

            reader.AdvanceTo(read.Buffer.GetPosition(used), read.Buffer.End);
        }
    }

    /// <summary>Bytes, or, where some wait, what is there when the patience is over.</summary>
    private async Task<ReadResult> ReadAsync(PipeReader reader, bool isImpatient, CancellationToken cancel)
    {
        if (!isImpatient)
        {
            return await reader.ReadAsync(cancel);
        }

        await using var timer = time.CreateTimer(_ => reader.CancelPendingRead(), null, options.Patience, Timeout.InfiniteTimeSpan);
        return await reader.ReadAsync(cancel);
    }

    private static async Task FillAsync(Stream stream, PipeWriter writer, CancellationToken cancel)
    {
        try
        {
            // Reading standard input cannot be stopped: it must not hold up the thread that sends.
            await Task.Run(() => stream.CopyToAsync(writer, cancel), cancel);
            await writer.CompleteAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            await writer.CompleteAsync(e);
        }
    }

    /// <summary>Waits until as many messages may have been sent as were.</summary>
    private async Task KeepRate(CancellationToken cancel)
    {
        if (options.RatePerSecond > 0)
        {
            var wait = TimeSpan.FromSeconds(Counts.Received / options.RatePerSecond) - time.GetElapsedTime(_startedAt);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancel);
            }
        }
    }

    private static SentCounts CountsOf(JsonElement receipt)
    {
        var received = receipt.GetProperty("received").GetInt64();
        return new SentCounts(
            1,
            received,
            receipt.GetProperty("accepted").GetInt64(),
            receipt.GetProperty("duplicate").GetInt64(),
            receipt.GetProperty("late_amended").GetInt64(),
            receipt.GetProperty("dead_lettered").GetInt64(),
            receipt.TryGetProperty("published", out var published) ? published.GetInt64() : 0,
            receipt.GetProperty("is_repeat").GetBoolean() ? received : 0);
    }
}
