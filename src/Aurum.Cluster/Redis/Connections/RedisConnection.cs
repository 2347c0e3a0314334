using System.IO.Pipelines;
using Aurum.Cluster.Redis.Wire;

namespace Aurum.Cluster.Redis.Connections;

/// <summary>One connection that is logged in, until it is lost. Commands of many callers go out together; replies come back in their
/// order. Safe from several threads.</summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private const int ReadBytes = 64 << 10;
    private const int LooksPerTimeout = 5;

    private readonly Stream _stream;
    private readonly RedisOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<RespValue> _pushed;
    private readonly Lock _gate = new();

    /// <summary>Touched under the gate alone: a reply is given, and one that will not come is failed, by whoever holds it.</summary>
    private readonly Queue<Awaited> _awaited = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<RedisException> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Pipe _out = new(new PipeOptions(
        pauseWriterThreshold: 0, minimumSegmentSize: 64 << 10, useSynchronizationContext: false));

    private RedisException? _fault;
    private Task _work = Task.CompletedTask;
    private int _pending;
    private long _unsentBytes;
    private long _heardAt;

    /// <param name="stream">The open stream; the connection ends it.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="pushed">Takes what was not asked for; must not block.</param>
    public RedisConnection(Stream stream, RedisOptions options, TimeProvider time, Action<RespValue> pushed)
    {
        (_stream, _options, _time, _pushed) = (stream, options, time, pushed);
        _heardAt = time.GetTimestamp();
    }

    /// <summary>Completes when it is lost, with the reason.</summary>
    public Task<RedisException> Lost => _lost.Task;

    /// <summary>Commands that wait for replies.</summary>
    public int Pending => Volatile.Read(ref _pending);

    public void Start() => _work = Task.WhenAll(Task.Run(Send), Task.Run(Receive), Task.Run(Watch));

    /// <exception cref="RedisException">It is lost, or as much waits as may.</exception>
    public Task<RespValue> Call(ReadOnlySpan<RedisArgument> command)
    {
        var awaited = new AwaitedReply(_time.GetTimestamp());
        lock (_gate)
        {
            Admit(1);
            Interlocked.Add(ref _unsentBytes, RespWriter.Write(_out.Writer, command));
            Enqueue(awaited);
        }

        return awaited.Reply;
    }

    /// <exception cref="RedisException">It is lost, or as much waits as may.</exception>
    public Task<RespValue[]> Call(RedisBatch batch)
    {
        var awaited = new AwaitedReplies(batch.Count, _time.GetTimestamp(), isSubscription: false);
        lock (_gate)
        {
            Admit(batch.Count);
            var bytes = batch.Written;
            bytes.CopyTo(_out.Writer.GetSpan(bytes.Length));
            _out.Writer.Advance(bytes.Length);
            Interlocked.Add(ref _unsentBytes, bytes.Length);
            Enqueue(awaited);
        }

        return awaited.Replies;
    }

    /// <summary>SUBSCRIBE, PSUBSCRIBE and their like.</summary>
    /// <returns>One push a channel, or the server's refusal.</returns>
    public Task<RespValue[]> Subscribe(ReadOnlySpan<RedisArgument> command)
    {
        var awaited = new AwaitedReplies(command.Length - 1, _time.GetTimestamp(), isSubscription: true);
        lock (_gate)
        {
            Admit(awaited.Commands);
            Interlocked.Add(ref _unsentBytes, RespWriter.Write(_out.Writer, command));
            Enqueue(awaited);
        }

        return awaited.Replies;
    }

    /// <summary>Ends it, so that another one is made: the server is not the one that it was.</summary>
    public void Abandon(string reason) => Break(new RedisException(RedisFault.Unreachable, $"{_options.Address}: {reason}"));

    public async ValueTask DisposeAsync()
    {
        Break(new RedisException(RedisFault.Closed, $"{_options.Address}: the connection was closed"));
        await _work;
        _stop.Dispose();
    }

    private void Admit(int commands)
    {
        if (_fault is not null)
        {
            throw new RedisException(_fault.Fault, _fault.Message, _fault);
        }

        if (_pending > 0
            && (_pending + commands > _options.MaxPendingCommands
                || Interlocked.Read(ref _unsentBytes) > (long)_options.MaxPendingMiB << 20))
        {
            throw new RedisException(
                RedisFault.Busy,
                $"{_options.Address}: {_pending:N0} commands wait for replies, {_options.MaxPendingCommands:N0} may "
                + $"(Redis:MaxPendingCommands), or {_options.MaxPendingMiB} MiB wait to be sent (Redis:MaxPendingMiB)");
        }
    }

    private void Enqueue(Awaited awaited)
    {
        _awaited.Enqueue(awaited);
        _pending += awaited.Commands;

        // Completes at once: the pipe never asks a writer to wait, it wakes the sender.
        var flushed = _out.Writer.FlushAsync(CancellationToken.None);
        if (flushed.IsCompleted)
        {
            flushed.GetAwaiter().GetResult();
        }
    }

    private async Task Send()
    {
        try
        {
            while (true)
            {
                var read = await _out.Reader.ReadAsync(_stop.Token);
                foreach (var piece in read.Buffer)
                {
                    await _stream.WriteAsync(piece, _stop.Token);
                    Interlocked.Add(ref _unsentBytes, -piece.Length);
                }

                _out.Reader.AdvanceTo(read.Buffer.End);
                await _stream.FlushAsync(_stop.Token);
            }
        }
        catch (Exception error) when (IsEnd(error))
        {
            Break(Lose(error));
        }
    }

    private async Task Receive()
    {
        var parser = new RespParser(RespLimits.Usual);
        var (found, pushed) = (new List<RespValue>(), new List<RespValue>());
        var buffer = new byte[ReadBytes + RespLimits.Usual.MaxLineBytes];
        var kept = 0;
        try
        {
            while (true)
            {
                var read = await _stream.ReadAsync(buffer.AsMemory(kept), _stop.Token);
                if (read == 0)
                {
                    throw new EndOfStreamException("the server closed the connection");
                }

                Volatile.Write(ref _heardAt, _time.GetTimestamp());
                int used;
                try
                {
                    used = Take(parser, buffer.AsSpan(0, kept + read), found);
                }
                finally
                {
                    // What came whole before bytes that nobody understands is a reply all the same.
                    Place(found, pushed);
                }

                kept = kept + read - used;
                buffer.AsSpan(used, kept).CopyTo(buffer);
            }
        }
        catch (Exception error) when (IsEnd(error) || error is RedisException)
        {
            Break(Lose(error));
        }
    }

    private static int Take(RespParser parser, ReadOnlySpan<byte> bytes, List<RespValue> found)
    {
        var at = 0;
        while (true)
        {
            var isWhole = parser.TryRead(bytes[at..], out var used, out var value);
            at += used;
            if (!isWhole)
            {
                return at;
            }

            found.Add(value);
        }
    }

    /// <summary>Gives replies to those who wait, unless the connection is lost: then all who wait are failed, and a reply that is given
    /// meanwhile would come to the wrong one.</summary>
    private void Place(List<RespValue> found, List<RespValue> pushed)
    {
        lock (_gate)
        {
            foreach (var value in found)
            {
                if (_fault is not null)
                {
                    break;
                }

                if (!TryPlace(in value))
                {
                    pushed.Add(value);
                }
            }
        }

        foreach (var value in pushed)
        {
            _pushed(value);
        }

        found.Clear();
        pushed.Clear();
    }

    /// <returns>False: nobody asked for it.</returns>
    private bool TryPlace(in RespValue value)
    {
        _awaited.TryPeek(out var first);
        if (value.Kind == RespKind.Push)
        {
            if (first is not AwaitedReplies { IsSubscription: true } || !IsSubscription(value))
            {
                return false;
            }
        }
        else if (first is null)
        {
            throw new RedisException(RedisFault.Protocol, $"expected no reply, as nothing was asked, found '{value}'");
        }

        if (first.Take(in value))
        {
            _awaited.Dequeue();
            _pending -= first.Commands;
        }

        return true;
    }

    private static bool IsSubscription(RespValue push) =>
        push.Items is [var kind, ..] && kind.Kind == RespKind.Text && kind.Bytes.Span.EndsWith("subscribe"u8);

    /// <summary>Ends the connection where a reply does not come in time; asks whether it lives where all is quiet.</summary>
    private async Task Watch()
    {
        var limit = TimeSpan.FromMilliseconds(_options.RequestTimeoutMs);
        try
        {
            while (true)
            {
                await Task.Delay(limit / LooksPerTimeout, _time, _stop.Token);
                if (First() is { } first)
                {
                    if (_time.GetElapsedTime(first.SentAt) > limit)
                    {
                        Break(new RedisException(
                            RedisFault.Timeout,
                            $"{_options.Address}: no reply within {_options.RequestTimeoutMs} ms (Redis:RequestTimeoutMs)"));
                        return;
                    }
                }
                else if (_time.GetElapsedTime(Volatile.Read(ref _heardAt)).TotalMilliseconds > _options.KeepAliveMs)
                {
                    _ = Call(["PING"]);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or RedisException)
        {
            // The connection ended otherwise.
        }
    }

    private Awaited? First()
    {
        lock (_gate)
        {
            return _awaited.TryPeek(out var first) ? first : null;
        }
    }

    private RedisException Lose(Exception error) => error is RedisException fault
        ? new RedisException(fault.Fault, $"{_options.Address}: {fault.Message}", fault)
        : new RedisException(RedisFault.Unreachable, $"{_options.Address}: connection lost: {error.Message}", error);

    private void Break(RedisException fault)
    {
        Awaited[] left;
        lock (_gate)
        {
            if (_fault is not null)
            {
                return;
            }

            _fault = fault;
            left = [.. _awaited];
            _awaited.Clear();
            _pending = 0;
        }

        _stop.Cancel();
        _stream.Dispose();
        foreach (var awaited in left)
        {
            awaited.Fail(fault);
        }

        _lost.TrySetResult(fault);
    }

    private static bool IsEnd(Exception error) =>
        error is IOException or OperationCanceledException or ObjectDisposedException or System.Net.Sockets.SocketException;
}
