using Aurum.Market.Feeds;
using Aurum.Sandbox.Publishing;

namespace Aurum.Sandbox.Hosting;

/// <summary>A body as a client reads it: at once, in drips, or cut off.</summary>
internal sealed class DeliveryStream(ReadOnlyMemory<byte> body, Delivery delivery, TimeProvider time) : ForwardStream
{
    private int _position;

    private int Available => Math.Min(body.Length, delivery.CutAfterBytes ?? int.MaxValue);

    public override int Read(Span<byte> buffer)
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

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (delivery.DripBytes > 0 && _position < Available)
        {
            await Task.Delay(delivery.DripPause.ToTimeSpan(), time, cancellationToken).ConfigureAwait(false);
            return Read(buffer.Span[..Math.Min(buffer.Length, delivery.DripBytes)]);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Read(buffer.Span);
    }
}
