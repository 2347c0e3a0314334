using System.Text;
using Aurum.Cluster.Redis;
using Aurum.Cluster.Redis.Connections;

namespace Aurum.Tests.Engines.Redis;

public sealed class RedisConnectionTests
{
    private const int Calls = 2_000;
    private const int Piece = 400;

    [Fact]
    public async Task A_connection_that_is_given_up_amid_a_burst_of_replies_gives_nobody_the_reply_of_another_and_ends_every_call()
    {
        var random = new Random(7);
        var (answered, failed) = (0, 0);
        for (var round = 0; round < 150; round++)
        {
            using var burst = new Burst { PieceBefore = random.Next(40) };
            await using var connection = new RedisConnection(
                burst, new RedisOptions { RequestTimeoutMs = 60_000 }, TimeProvider.System, static _ => { });
            connection.Start();
            var calls = Enumerable.Range(0, Calls).Select(i => connection.Call(["GET", $"k{i}"])).ToArray();
            burst.Amid = () => connection.Abandon("the server is no longer the master");
            burst.Answer();
            await Task.WhenAny(Task.WhenAll(calls), Task.Delay(TimeSpan.FromSeconds(30)));
            for (var i = 0; i < Calls; i++)
            {
                Assert.True(calls[i].IsCompleted, $"round {round}: call {i} still waits");
                if (calls[i].IsCompletedSuccessfully)
                {
                    Assert.Equal($"v{i}", (await calls[i]).Text);
                    answered++;
                }
                else
                {
                    failed++;
                }
            }

            Assert.Equal(0, connection.Pending);
        }

        Assert.True(answered > 0 && failed > 0, $"{answered} answered, {failed} failed: it was not given up amid replies");
    }

    [Fact]
    public async Task Replies_that_came_before_bytes_that_are_none_are_given_and_the_rest_fails()
    {
        using var burst = new Burst("$2\r\nv0\r\n$2\r\nv1\r\n?\r\n$2\r\nv2\r\n");
        await using var connection = new RedisConnection(burst, new RedisOptions(), TimeProvider.System, static _ => { });
        connection.Start();
        var calls = Enumerable.Range(0, 3).Select(i => connection.Call(["GET", $"k{i}"])).ToArray();
        burst.Answer();

        Assert.Equal(["v0", "v1"], [(await calls[0]).Text, (await calls[1]).Text]);
        Assert.Equal(RedisFault.Protocol, (await Assert.ThrowsAsync<RedisException>(() => calls[2])).Fault);
    }

    /// <summary>A server that thaws: all replies come at once, in pieces as a network makes them.</summary>
    private sealed class Burst : Stream
    {
        private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly byte[] _replies;
        private int _at;
        private int _pieces;
        private bool _isAmid;

        public Burst(string? replies = null) => _replies = Encoding.ASCII.GetBytes(
            replies ?? string.Concat(Enumerable.Range(0, Calls).Select(static i => $"v{i}").Select(static v => $"${v.Length}\r\n{v}\r\n")));

        /// <summary>Done by another thread beside the pieces behind one of them.</summary>
        public Action? Amid { get; set; }

        public int PieceBefore { get; init; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Answer() => _answer.TrySetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _answer.Task.WaitAsync(cancellationToken);
            if (_at == _replies.Length)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            if (Amid is { } act && _pieces++ == PieceBefore)
            {
                Begin(act);
            }

            var count = Math.Min(Piece, _replies.Length - _at);
            _replies.AsMemory(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }

        private void Begin(Action act)
        {
            _ = Task.Run(() =>
            {
                Volatile.Write(ref _isAmid, true);
                act();
            });
            while (!Volatile.Read(ref _isAmid))
            {
                Thread.SpinWait(1);
            }
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
