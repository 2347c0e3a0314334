namespace Aurum.Store.Archive;

/// <summary>Keeps the bodies in an archive's folder under a bound, where an object store has them too. What came first goes first, and
/// nothing goes that the object store does not say it has.</summary>
/// <remarks>What it lacks stays, however much that is. Safe to call from several threads; several processes may share the
/// folder.</remarks>
/// <param name="blobs">Folder of the bodies.</param>
/// <param name="maxBytes">Bound.</param>
/// <param name="objects">Where the bodies are as well.</param>
internal sealed class ArchiveRoom(string blobs, long maxBytes, ArchiveObjects objects)
{
    // What is in the folder is not known before the first look, which the first body causes.
    private long _bytes;
    private long _lookAbove;
    private int _isLooking;

    /// <summary>More is removed than must be, so that not every body that comes has the folder looked at.</summary>
    private long SpareBytes => maxBytes / 5;

    /// <summary>A body has come to the folder: makes room where that is too much. Where the object store does not answer, it is left
    /// to a later body.</summary>
    /// <param name="sha256">The body, which stays.</param>
    /// <param name="size">Its length, bytes.</param>
    /// <param name="cancel">Ends it; what was removed is in the object store.</param>
    public async Task Came(string sha256, long size, CancellationToken cancel)
    {
        if (Interlocked.Add(ref _bytes, size) <= Interlocked.Read(ref _lookAbove) || Interlocked.Exchange(ref _isLooking, 1) == 1)
        {
            return;
        }

        try
        {
            Interlocked.Exchange(ref _bytes, 0);
            var left = await MakeRoom(sha256, cancel).ConfigureAwait(false);
            Interlocked.Add(ref _bytes, left);
            Interlocked.Exchange(ref _lookAbove, Math.Max(maxBytes, left + SpareBytes));
        }
        finally
        {
            Interlocked.Exchange(ref _isLooking, 0);
        }
    }

    /// <summary>Removes what came first. Returns the bytes that are left.</summary>
    private async Task<long> MakeRoom(string spared, CancellationToken cancel)
    {
        // Until it is known: the next body has the folder looked at again.
        var left = maxBytes;
        try
        {
            var bodies = new DirectoryInfo(blobs).EnumerateFiles("*", SearchOption.AllDirectories)
                .Select(static f => (File: f.FullName, Sha256: f.Directory!.Name + f.Name, f.Length, f.LastWriteTimeUtc)).ToList();
            left = bodies.Sum(static b => b.Length);
            var least = left > maxBytes ? maxBytes - SpareBytes : left;
            foreach (var body in bodies.Where(b => b.Sha256 != spared).OrderBy(static b => b.LastWriteTimeUtc))
            {
                if (left <= least)
                {
                    break;
                }

                if (await objects.Has(body.Sha256, body.Length, cancel).ConfigureAwait(false))
                {
                    File.Delete(body.File);
                    left -= body.Length;
                }
            }
        }
        catch (IOException)
        {
            // The object store does not answer, or another process has made room at the same time. The body that came is safe: that there
            // is less room than there could be is no reason to fail.
        }

        return left;
    }
}
