namespace Aurum.Store.Objects;

/// <summary>Objects under keys, as S3 has them: a folder of a bucket. Keys are relative to it, with slashes. What a call has written is
/// durable, and seen by every later read and list, when it returns.</summary>
/// <remarks>Every content carries its SHA-256; a read that does not have it fails rather than hand over other bytes. All calls have
/// limits of time and tries of their own. Safe from several threads.</remarks>
public interface IObjectStore
{
    /// <summary>Where it is, without a slash at its end: <c>s3://aurum-raw/archive</c>.</summary>
    string Address { get; }

    /// <summary>What the server can do; asked once.</summary>
    /// <exception cref="ObjectStoreException">It does not answer, or refuses.</exception>
    Task<ObjectCapabilities> Capabilities(CancellationToken cancel);

    /// <summary>Writes an object, in place of one that may be there.</summary>
    /// <exception cref="ObjectStoreException">Not acknowledged: it may be there or not.</exception>
    Task Put(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Writes an object that must not be there; false: somebody else's is. Of several writers at once one succeeds.</summary>
    /// <exception cref="ObjectStoreException">Not acknowledged: it may be there or not.</exception>
    Task<bool> PutNew(string key, ReadOnlyMemory<byte> bytes, CancellationToken cancel);

    /// <summary>Writes a local file to an object, in parts where it is large; nothing of it is seen before all is there.</summary>
    /// <exception cref="ObjectStoreException">Not acknowledged.</exception>
    Task Upload(string key, string file, CancellationToken cancel);

    /// <summary>What is known of an object; null: it is not there.</summary>
    Task<ObjectInfo?> Find(string key, CancellationToken cancel);

    /// <summary>Reads an object whole; null: it is not there.</summary>
    /// <param name="key">Key.</param>
    /// <param name="maxBytes">Longest that is read, bytes.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ObjectStoreException">Longer, damaged, or the server does not answer.</exception>
    Task<byte[]?> Read(string key, long maxBytes, CancellationToken cancel);

    /// <summary>Reads a part of an object; the checksum of the whole cannot be checked.</summary>
    /// <exception cref="ObjectStoreException">It is not there, shorter, or the server does not answer.</exception>
    Task<byte[]> ReadRange(string key, long offset, int count, CancellationToken cancel);

    /// <summary>Reads an object to a local file, which is there whole and checked, or not at all.</summary>
    /// <returns>Whether the object is there.</returns>
    Task<bool> Download(string key, string file, CancellationToken cancel);

    /// <summary>Objects whose keys begin so, in the order of their keys.</summary>
    IAsyncEnumerable<ObjectInfo> List(string prefix, CancellationToken cancel);

    /// <summary>Names of the folders right below a folder, in order.</summary>
    /// <param name="prefix">Folder with its slash; empty: the store's own.</param>
    /// <param name="cancel">Ends it.</param>
    Task<IReadOnlyList<string>> Folders(string prefix, CancellationToken cancel);

    /// <summary>Removes an object, if it is there.</summary>
    Task Delete(string key, CancellationToken cancel);
}
