using System.IO.Compression;
using System.Net;

namespace Aurum.Cluster.ClickHouse.Wire;

/// <summary>A request body that is made while it is sent.</summary>
internal sealed class NativeContent : HttpContent
{
    private readonly Func<Stream, CancellationToken, Task> _write;
    private readonly bool _isCompressed;

    /// <param name="write">Writes the body; may be asked once for each try.</param>
    /// <param name="isCompressed">Whether it goes as gzip.</param>
    public NativeContent(Func<Stream, CancellationToken, Task> write, bool isCompressed)
    {
        (_write, _isCompressed) = (write, isCompressed);
        if (isCompressed)
        {
            Headers.ContentEncoding.Add("gzip");
        }
    }

    /// <summary>What the writer threw; null where it was not the writer that failed.</summary>
    public Exception? Failure { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var outside = new WatchedStream(stream);
        try
        {
            if (_isCompressed)
            {
                await using var zipped = new GZipStream(outside, CompressionLevel.Fastest, leaveOpen: true);
                await _write(zipped, cancellationToken);
            }
            else
            {
                await _write(outside, cancellationToken);
            }
        }
        catch (Exception e) when (!outside.HasFailed && !cancellationToken.IsCancellationRequested)
        {
            Failure = e;
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    /// <summary>Knows whether it was the connection that failed.</summary>
    private sealed class WatchedStream(Stream inner) : Stream
    {
        public bool HasFailed { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                await inner.WriteAsync(buffer, cancellationToken);
            }
            catch
            {
                HasFailed = true;
                throw;
            }
        }
    }
}
