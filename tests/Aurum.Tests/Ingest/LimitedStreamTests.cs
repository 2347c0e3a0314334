using Aurum.App.Ingest;
using Aurum.Store.Archive;

namespace Aurum.Tests.Ingest;

public sealed class LimitedStreamTests
{
    [Theory]
    [InlineData(0, 100)]
    [InlineData(100, 100)]
    [InlineData(99, 100)]
    public async Task Bytes_up_to_the_limit_pass(int length, int limit)
    {
        await using var stream = new LimitedStream(new MemoryStream(new byte[length]), limit, length);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);

        Assert.Equal(length, copy.Length);
        Assert.Equal(length, stream.BytesRead);
    }

    [Fact]
    public void One_byte_more_is_refused()
    {
        using var stream = new LimitedStream(new MemoryStream(new byte[101]), 100);

        Assert.Throws<ArchiveLimitException>(() => stream.CopyTo(Stream.Null));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    public void A_body_of_another_length_than_promised_is_cut(int length)
    {
        using var stream = new LimitedStream(new MemoryStream(new byte[length]), 100, 10);

        Assert.Throws<HttpIOException>(() => stream.CopyTo(Stream.Null));
    }

    [Fact]
    public async Task A_broken_connection_is_told_from_a_broken_disk()
    {
        await using var stream = new LimitedStream(new BrokenStream(), 100);

        var error = await Assert.ThrowsAsync<HttpIOException>(async () => await stream.ReadExactlyAsync(new byte[1]));
        Assert.IsType<IOException>(error.InnerException);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("reset by peer");
    }
}
