using System.Security.Cryptography;
using Aurum.Store.Objects;

namespace Aurum.Store.Archive;

/// <summary>The archive's folder beside the archive's bucket: what each has, and the way from the folder to the bucket. The store need not
/// be open, and may be: nothing is changed in the folder.</summary>
/// <remarks>Ended at any moment, a push leaves whole objects; the next one goes on from what is there. A body is sent only where its bytes
/// have the hash that is its name, a record only where its body is in the bucket.</remarks>
/// <param name="directory">Folder of the archive.</param>
/// <param name="objects">Folder of the bucket.</param>
public sealed class ArchiveCopy(string directory, IObjectStore objects)
{
    private readonly ArchiveObjects _there = new(objects);
    private readonly string _blobs = Path.Combine(directory, "sha256");
    private readonly FetchRecords _records = new(Path.Combine(directory, "fetches"));

    /// <summary>Objects that are sent or read at once. 1 to 64.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>Compares names and lengths of both; no body is read.</summary>
    /// <exception cref="ObjectStoreException">The bucket does not answer.</exception>
    public ArchiveStanding Standing(CancellationToken cancel) => Look(cancel).Standing;

    /// <summary>Brings to the bucket what it lacks.</summary>
    /// <param name="tell">Is told after each body; from several threads, one at a time.</param>
    /// <param name="cancel">Ends it; what was sent stays.</param>
    /// <exception cref="ObjectStoreException">The bucket has not acknowledged; what was sent stays.</exception>
    public async Task<ArchivePushed> Push(Action<ArchiveProgress> tell, CancellationToken cancel)
    {
        var look = Look(cancel);
        var missing = look.Bodies.Where(b => look.BodiesThere.GetValueOrDefault(b.Key, -1) != b.Value)
            .OrderBy(static b => b.Key, StringComparer.Ordinal).ToList();
        var damaged = new List<string>();
        var progress = new Progress(missing.Count, missing.Sum(static b => b.Value), tell);
        await System.Threading.Tasks.Parallel.ForEachAsync(missing, Limits(cancel), async (body, limited) =>
        {
            var file = Path.Combine(_blobs, body.Key[..2], body.Key[2..]);
            if (await HashOf(file, limited).ConfigureAwait(false) == body.Key)
            {
                await objects.Upload(ArchiveObjects.BlobKey(body.Key), file, limited).ConfigureAwait(false);
            }
            else
            {
                Add(damaged, body.Key);
            }

            progress.Did(body.Value);
        }).ConfigureAwait(false);

        var sent = missing.ConvertAll(static b => b.Key).Except(damaged).ToHashSet(StringComparer.Ordinal);
        var unsent = look.Records.Where(r => !look.RecordsThere.Contains(r.Key)).ToList();
        var ready = unsent.FindAll(r => look.BodiesThere.ContainsKey(r.Value.Sha256) || sent.Contains(r.Value.Sha256));
        await System.Threading.Tasks.Parallel.ForEachAsync(
            ready, Limits(cancel), async (record, limited) => await _there.Keep(record.Value, limited).ConfigureAwait(false))
            .ConfigureAwait(false);
        return new ArchivePushed(
            sent.Count,
            progress.Bytes,
            ready.Count,
            [.. damaged.Order(StringComparer.Ordinal)],
            [.. unsent.Except(ready).Select(static r => r.Value.Sha256).Distinct().Order(StringComparer.Ordinal)],
            look.Standing.Unreadable);
    }

    /// <summary>Reads every object of the bucket and compares the hashes; nothing of it stays on the disk.</summary>
    /// <param name="scratch">Folder in which a body lies while it is looked at.</param>
    /// <param name="tell">Is told after each body; from several threads, one at a time.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ObjectStoreException">The bucket does not answer.</exception>
    public async Task<ArchiveCheck> Verify(string scratch, Action<ArchiveProgress> tell, CancellationToken cancel)
    {
        Directory.CreateDirectory(scratch);
        var (named, unreadable) = _there.Named(cancel);
        var bodies = _there.Bodies(cancel);
        var damaged = new List<string>();
        var progress = new Progress(bodies.Count, bodies.Values.Sum(), tell);
        await System.Threading.Tasks.Parallel.ForEachAsync(bodies, Limits(cancel), async (body, limited) =>
        {
            if (!await Holds(body.Key, Path.Combine(scratch, body.Key), limited).ConfigureAwait(false))
            {
                Add(damaged, body.Key);
            }

            progress.Did(body.Value);
        }).ConfigureAwait(false);
        return new ArchiveCheck(
            named.Values.Sum(),
            bodies.Count,
            bodies.Values.Sum(),
            [.. bodies.Keys.Where(b => !named.ContainsKey(b)).Order(StringComparer.Ordinal)],
            [.. damaged.Order(StringComparer.Ordinal)],
            [.. named.Keys.Where(n => !bodies.ContainsKey(n)).Order(StringComparer.Ordinal)],
            unreadable);
    }

    private Contents Look(CancellationToken cancel)
    {
        var (records, unreadable) = (new Dictionary<string, FileRecord>(StringComparer.Ordinal), new List<string>());
        foreach (var path in _records.Paths(null))
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                var record = FetchRecords.Read(path);
                records[ArchiveObjects.KeyOf(record, FileRecordJson.Write(record))] = record;
            }
            catch (InvalidDataException)
            {
                unreadable.Add(path);
            }
        }

        // Behind the records: a body is there before its record, also where a server adds both meanwhile.
        var bodies = RawArchive.BodiesOf(_blobs);
        var bodiesThere = _there.Bodies(cancel);
        var recordsThere = _there.RecordKeys(cancel);
        var standing = new ArchiveStanding(
            Count(bodies.Values, records.Count),
            Count(bodiesThere.Values, recordsThere.Count),
            Count(bodies.Where(b => bodiesThere.GetValueOrDefault(b.Key, -1) != b.Value).Select(static b => b.Value),
                records.Keys.Count(r => !recordsThere.Contains(r))),
            Count(bodiesThere.Where(b => !bodies.ContainsKey(b.Key)).Select(static b => b.Value),
                recordsThere.Count(r => !records.ContainsKey(r))),
            unreadable);
        return new Contents(bodies, records, bodiesThere, recordsThere, standing);
    }

    private async Task<bool> Holds(string sha256, string file, CancellationToken cancel)
    {
        try
        {
            return await objects.Download(ArchiveObjects.BlobKey(sha256), file, cancel).ConfigureAwait(false)
                && await HashOf(file, cancel).ConfigureAwait(false) == sha256;
        }
        catch (ObjectStoreException error) when (error.Kind == ObjectFailure.Damaged)
        {
            return false;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private ParallelOptions Limits(CancellationToken cancel) => new() { MaxDegreeOfParallelism = Parallel, CancellationToken = cancel };

    private static ArchiveAmount Count(IEnumerable<long> sizes, int records)
    {
        var (count, bytes) = (0, 0L);
        foreach (var size in sizes)
        {
            count++;
            bytes += size;
        }

        return new ArchiveAmount(count, bytes, records);
    }

    private static void Add(List<string> to, string name)
    {
        lock (to)
        {
            to.Add(name);
        }
    }

    private static async Task<string> HashOf(string file, CancellationToken cancel)
    {
        var stream = File.OpenRead(file);
        await using (stream.ConfigureAwait(false))
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel).ConfigureAwait(false));
        }
    }

    private sealed record Contents(
        Dictionary<string, long> Bodies,
        Dictionary<string, FileRecord> Records,
        Dictionary<string, long> BodiesThere,
        HashSet<string> RecordsThere,
        ArchiveStanding Standing);

    private sealed class Progress(int total, long totalBytes, Action<ArchiveProgress> tell)
    {
        private readonly Lock _turn = new();
        private int _done;

        public long Bytes { get; private set; }

        public void Did(long bytes)
        {
            lock (_turn)
            {
                Bytes += bytes;
                tell(new ArchiveProgress(++_done, total, Bytes, totalBytes));
            }
        }
    }
}

/// <summary>So much of an archive.</summary>
/// <param name="Bodies">Distinct contents.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Records">Records of fetches.</param>
public sealed record ArchiveAmount(int Bodies, long Bytes, int Records);

/// <summary>What folder and bucket have.</summary>
/// <param name="Here">In the folder.</param>
/// <param name="There">In the bucket.</param>
/// <param name="Unsent">In the folder and not in the bucket, or there with another length.</param>
/// <param name="Elsewhere">In the bucket and not in the folder: read from there when it is wanted.</param>
/// <param name="Unreadable">Records of the folder that cannot be read, by path.</param>
public sealed record ArchiveStanding(
    ArchiveAmount Here, ArchiveAmount There, ArchiveAmount Unsent, ArchiveAmount Elsewhere, IReadOnlyList<string> Unreadable);

/// <summary>What a push has sent.</summary>
/// <param name="Bodies">Contents.</param>
/// <param name="Bytes">Bytes of contents that were looked at.</param>
/// <param name="Records">Records.</param>
/// <param name="Damaged">Contents of the folder that do not have the hash that is their name: not sent.</param>
/// <param name="Missing">Contents that a record names and that neither has: the record was not sent.</param>
/// <param name="Unreadable">Records of the folder that cannot be read, by path: not sent.</param>
public sealed record ArchivePushed(
    int Bodies,
    long Bytes,
    int Records,
    IReadOnlyList<string> Damaged,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unreadable)
{
    /// <summary>Whether the bucket has all that the folder has.</summary>
    public bool IsWhole => Damaged.Count == 0 && Missing.Count == 0 && Unreadable.Count == 0;
}

/// <summary>How far it is.</summary>
/// <param name="Done">Contents.</param>
/// <param name="Total">Of so many.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="TotalBytes">Of so many.</param>
public sealed record ArchiveProgress(int Done, int Total, long Bytes, long TotalBytes);
