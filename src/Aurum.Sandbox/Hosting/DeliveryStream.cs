using Aurum.Sandbox.Publishing;

namespace Aurum.Sandbox.Hosting;

/// <summary>A body as a client reads it: at once, in drips, or cut off.</summary>
internal sealed class DeliveryStream(ReadOnlyMemory<byte> body, Delivery delivery, TimeProvider time) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    private int Available => Math.Min(body.Length, delivery.CutAfterBytes ?? int.MaxValue);

    public override int Read(byte[] buffer, int offset, int count) => Take(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => Take(buffer);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (delivery.DripBytes > 0 && _position < Available)
        {
            await Task.Delay(delivery.DripPause.ToTimeSpan(), time, cancellationToken).ConfigureAwait(false);
            return Take(buffer.Span[..Math.Min(buffer.Length, delivery.DripBytes)]);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Take(buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Take(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, Available - _position);
        if (count == 0 && buffer.Length > 0 && !delivery.IsWhole)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
        }

        body.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
