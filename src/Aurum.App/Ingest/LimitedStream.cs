using Aurum.Market.Feeds;
using Aurum.Store.Archive;

namespace Aurum.App.Ingest;

/// <summary>Reads the body of an answer: refuses to go on beyond a number of bytes, and to end
/// before the length that was promised.</summary>
/// <param name="inner">The body; disposed with this.</param>
/// <param name="maxBytes">Most bytes that are read.</param>
/// <param name="promisedBytes">Content-Length; null where the publisher gave none.</param>
/// <remarks>Reading throws <see cref="ArchiveLimitException"/> beyond the limit and <see cref="HttpIOException"/> when the connection
/// fails or ends early.</remarks>
internal sealed class LimitedStream(Stream inner, long maxBytes, long? promisedBytes = null) : ForwardStream
{
    public long BytesRead { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Counted(inner.Read(buffer), buffer.Length);
        }
        catch (IOException e) when (e is not HttpIOException)
        {
            throw Broken(e);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Counted(await inner.ReadAsync(buffer, cancellationToken), buffer.Length);
        }
        catch (IOException e) when (e is not HttpIOException)
        {
            throw Broken(e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static HttpIOException Broken(IOException error) => new(HttpRequestError.ResponseEnded, error.Message, error);

    private int Counted(int read, int wanted)
    {
        BytesRead += read;
        if (BytesRead > maxBytes)
        {
            throw new ArchiveLimitException($"the answer is longer than the limit of {maxBytes} bytes");
        }

        return read > 0 || wanted == 0 || promisedBytes is not { } promised || BytesRead == promised
            ? read
            : throw new HttpIOException(HttpRequestError.ResponseEnded, $"cut after {BytesRead} of {promised} bytes");
    }
}
