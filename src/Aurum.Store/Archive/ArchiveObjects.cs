using System.Security.Cryptography;
using Aurum.Market.Feeds;
using Aurum.Store.Objects;
using NodaTime.Text;

namespace Aurum.Store.Archive;

/// <summary>The archive in an object store: <c>sha256/ab/cd...</c> as in the folder, and records of fetches under
/// <c>fetches/caiso/day-ahead-lmp/2025-11-02/20251101T201500.123456Z-{16 digits of the record's SHA-256}.json</c>, so that several
/// machines never write one key with different bytes.</summary>
internal sealed class ArchiveObjects(IObjectStore objects)
{
    private const string Blobs = "sha256/";
    private const string Fetches = "fetches/";

    /// <summary>Longest record, bytes.</summary>
    private const long MaxRecordBytes = 16L << 20;

    /// <summary>Records that are read at once: they are small, so what takes long is the way there and back.</summary>
    private const int RecordsAtOnce = 16;

    private static readonly InstantPattern Stamp = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss.ffffff'Z'");

    public string Address => objects.Address;

    /// <summary>Keeps a body; when it returns, the store has it.</summary>
    public async Task Keep(string sha256, string file, CancellationToken cancel)
    {
        if (await objects.Find(BlobKey(sha256), cancel).ConfigureAwait(false) is null)
        {
            await objects.Upload(BlobKey(sha256), file, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a body of that length is there.</summary>
    public async Task<bool> Has(string sha256, long size, CancellationToken cancel) =>
        (await objects.Find(BlobKey(sha256), cancel).ConfigureAwait(false))?.SizeBytes == size;

    /// <summary>Keeps a record, whose body is there.</summary>
    public async Task Keep(FileRecord record, CancellationToken cancel)
    {
        var bytes = FileRecordJson.Write(record);
        await objects.Put(KeyOf(record, bytes), bytes, cancel).ConfigureAwait(false);
    }

    /// <summary>Key of a record.</summary>
    /// <param name="record">Record.</param>
    /// <param name="bytes">Its written form.</param>
    public static string KeyOf(FileRecord record, byte[] bytes)
    {
        var name = $"{Stamp.Format(record.ReceivedAt)}-{HashOf(bytes)}.json";
        return $"{Fetches}{record.Fetch.Feed.Text}/{LocalDatePattern.Iso.Format(record.Fetch.Day)}/{name}";
    }

    /// <summary>Brings a body to a local file; false: it is not there.</summary>
    public bool Bring(string sha256, string file) =>
        ObjectCalls.Wait(() => objects.Download(BlobKey(sha256), file, CancellationToken.None));

    /// <summary>Hashes of all bodies, with their lengths in bytes.</summary>
    public Dictionary<string, long> Bodies(CancellationToken cancel) => List(Blobs, cancel).ToDictionary(
        static o => o.Key[Blobs.Length..].Replace("/", "", StringComparison.Ordinal), static o => o.SizeBytes, StringComparer.Ordinal);

    /// <summary>Keys of all records.</summary>
    public HashSet<string> RecordKeys(CancellationToken cancel) =>
        List(Fetches, cancel).Select(static o => o.Key).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads all records: how often each hash is named, and the keys of those that cannot be read.</summary>
    public (Dictionary<string, int> Named, List<string> Unreadable) Named(CancellationToken cancel)
    {
        var (named, unreadable) = (new Dictionary<string, int>(StringComparer.Ordinal), new List<string>());
        var keys = RecordKeys(cancel).Order(StringComparer.Ordinal).ToList();
        var hashes = ReadAll<string?>(keys, static record => record.Sha256, static _ => null, cancel);
        foreach (var (key, hash) in keys.Zip(hashes))
        {
            if (hash is null)
            {
                unreadable.Add($"{Address}/{key}");
            }
            else
            {
                named[hash] = named.GetValueOrDefault(hash) + 1;
            }
        }

        return (named, unreadable);
    }

    /// <summary>Records that are not among those that are known here.</summary>
    /// <param name="feed">Of one feed; null: all.</param>
    /// <param name="known">Records of the folder.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="InvalidDataException">A record that cannot be read; the message names it.</exception>
    public IReadOnlyList<FileRecord> Others(FeedId? feed, IEnumerable<FileRecord> known, CancellationToken cancel)
    {
        var hashes = known.Select(static r => HashOf(FileRecordJson.Write(r))).ToHashSet(StringComparer.Ordinal);
        var keys = List(feed is { } id ? $"{Fetches}{id.Text}/" : Fetches, cancel).Select(static o => o.Key)
            .Where(key => !hashes.Contains(Path.GetFileNameWithoutExtension(key).Split('-')[^1])).ToList();
        return ReadAll(keys, static record => record, static error => throw error, cancel);
    }

    /// <summary>Objects below a folder, but those without a name that consoles make for folders.</summary>
    private IEnumerable<ObjectInfo> List(string folder, CancellationToken cancel) =>
        ObjectCalls.List(objects, folder, cancel).Where(static o => !o.Key.EndsWith('/'));

    /// <summary>Reads records, several at once: what is wanted of each, in the order of the keys.</summary>
    private T[] ReadAll<T>(
        List<string> keys, Func<FileRecord, T> wanted, Func<InvalidDataException, T> unreadable, CancellationToken cancel)
    {
        var found = new T[keys.Count];
        var limits = new ParallelOptions { MaxDegreeOfParallelism = RecordsAtOnce, CancellationToken = cancel };
        ObjectCalls.Wait(() => Parallel.ForAsync(0, keys.Count, limits, async (i, limited) =>
        {
            try
            {
                found[i] = wanted(await Read(keys[i], limited).ConfigureAwait(false));
            }
            catch (InvalidDataException error)
            {
                found[i] = unreadable(error);
            }
        }));
        return found;
    }

    private async Task<FileRecord> Read(string key, CancellationToken cancel)
    {
        var bytes = await objects.Read(key, MaxRecordBytes, cancel).ConfigureAwait(false)
            ?? throw new InvalidDataException($"{Address}/{key}: expected a record of a fetch, found none");
        try
        {
            return FileRecordJson.Read(bytes);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{Address}/{key}: {error.Message}", error);
        }
    }

    /// <summary>Key of a body.</summary>
    public static string BlobKey(string sha256) => $"{Blobs}{sha256[..2]}/{sha256[2..]}";

    private static string HashOf(byte[] record) => Convert.ToHexStringLower(SHA256.HashData(record))[..16];
}
