namespace Aurum.App.Output;

/// <summary>Standard output. A reader that has seen enough (<c>| head</c>) closes it; that is told from other failures.</summary>
internal sealed class ResultStream(Stream inner) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="OutputClosedException">Nobody reads any more.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (IOException e)
        {
            throw new OutputClosedException(e);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <exception cref="OutputClosedException">Nobody reads any more.</exception>
    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (IOException e)
        {
            throw new OutputClosedException(e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>Results can't be written any more: the reader has gone, or its disk is full.</summary>
internal sealed class OutputClosedException(IOException reason) : Exception(reason.Message, reason)
{
    /// <summary>EPIPE: the reader has closed its end.</summary>
    private const int BrokenPipe = 32;

    public bool IsReaderGone => reason.HResult == BrokenPipe || reason.Message.Contains("Broken pipe", StringComparison.Ordinal);
}
