using Aurum.Market.Feeds;

namespace Aurum.Tests.Feeds;

public sealed class ForwardStreamTests
{
    [Fact]
    public async Task All_ways_of_reading_give_the_same_bytes()
    {
        var bytes = Enumerable.Range(0, 250).Select(i => (byte)i).ToArray();
        using var blocking = new MemoryStream();
        using (var stream = new Pieces(bytes))
        {
            var buffer = new byte[100];
            for (int read; (read = stream.Read(buffer, 3, 50)) > 0;)
            {
                blocking.Write(buffer, 3, read);
            }
        }

        using var waiting = new MemoryStream();
        using (var stream = new Pieces(bytes))
        {
            await stream.CopyToAsync(waiting);
        }

        Assert.Equal(bytes, blocking.ToArray());
        Assert.Equal(bytes, waiting.ToArray());
    }

    [Fact]
    public async Task Reading_ends_when_it_is_cancelled()
    {
        using var stream = new Pieces([1, 2, 3]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => stream.ReadAsync(new byte[2], new CancellationToken(canceled: true)).AsTask());
        Assert.Equal(3, stream.Read(new byte[9]));
    }

    [Fact]
    public void There_is_no_way_back_and_nothing_is_written()
    {
        using var stream = new Pieces([1, 2, 3]);

        Assert.Equal((true, false, false), (stream.CanRead, stream.CanSeek, stream.CanWrite));
        Assert.Throws<NotSupportedException>(() => stream.Position = 0);
        Assert.Throws<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Assert.Throws<NotSupportedException>(() => stream.Length);
        Assert.Throws<NotSupportedException>(() => stream.WriteByte(1));
    }

    private sealed class Pieces(byte[] bytes) : ForwardStream
    {
        private int _position;

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(Math.Min(7, buffer.Length), bytes.Length - _position);
            bytes.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }
    }
}
