using Aurum.Market.Feeds;

namespace Aurum.Tests.Sources.Reading;

/// <summary>Gives its bytes in pieces of at most <paramref name="chunk"/> bytes, as a slow connection does. Not
/// seekable.</summary>
internal sealed class DripStream(byte[] bytes, int chunk) : ForwardStream
{
    private int _position;

    public override int Read(Span<byte> buffer)
    {
        var give = Math.Min(Math.Min(chunk, buffer.Length), bytes.Length - _position);
        bytes.AsSpan(_position, give).CopyTo(buffer);
        _position += give;
        return give;
    }
}
