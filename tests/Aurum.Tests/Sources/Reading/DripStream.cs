namespace Aurum.Tests.Sources.Reading;

/// <summary>Gives its bytes in pieces of at most <paramref name="chunk"/> bytes, as a slow connection does. Not
/// seekable.</summary>
internal sealed class DripStream(byte[] bytes, int chunk) : Stream
{
    private int _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var give = Math.Min(Math.Min(chunk, count), bytes.Length - _position);
        bytes.AsSpan(_position, give).CopyTo(buffer.AsSpan(offset));
        _position += give;
        return give;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
