using Aurum.Market.Feeds;
using NodaTime;

namespace Aurum.Store.Archive;

/// <summary>The bytes that publishers sent, by their SHA-256: <c>archive/sha256/ab/cd...</c>, one record per fetch beside them in
/// <c>archive/fetches/</c>. Nothing is ever changed or deleted.</summary>
public sealed class RawArchive(string directory, IClock clock, long maxBytes)
{
    /// <summary>Archives a body and its record; when it returns, both are on disk.</summary>
    /// <param name="fetch">What was asked for.</param>
    /// <param name="body">The bytes, read to the end; not disposed.</param>
    /// <param name="secrets">Texts that must not be stored: each occurrence in the body is overwritten with asterisks.</param>
    /// <param name="cancel">Stops reading; nothing is archived then.</param>
    /// <exception cref="ArchiveLimitException">The body is longer than the limit.</exception>
    public Task<FileRecord> AddAsync(Fetch fetch, Stream body, IReadOnlyList<string> secrets, CancellationToken cancel) =>
        throw new NotImplementedException($"{directory}{clock}{maxBytes}");

    /// <summary>The bytes, for reading. Throws <see cref="FileNotFoundException"/> where they are not there.</summary>
    public Stream OpenRead(string sha256) => throw new NotImplementedException();

    /// <summary>The archived file as a parser takes it.</summary>
    public FeedFile FileOf(FileRecord record, Feed feed) => throw new NotImplementedException();

    /// <summary>All records, in the order of receiving.</summary>
    public IReadOnlyList<FileRecord> Records(FeedId? feed = null) => throw new NotImplementedException();

    /// <summary>Reads everything again and compares the hashes.</summary>
    public ArchiveCheck Verify(CancellationToken cancel = default) => throw new NotImplementedException();
}

/// <summary>A body is longer than the archive takes.</summary>
public sealed class ArchiveLimitException(string message) : Exception(message);
