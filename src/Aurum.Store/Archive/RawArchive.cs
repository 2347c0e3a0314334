using System.Globalization;
using System.Security.Cryptography;
using Aurum.Market.Feeds;
using Aurum.Store.Engines;
using Aurum.Store.Objects;
using NodaTime;

namespace Aurum.Store.Archive;

/// <summary>The bytes that publishers sent, by their SHA-256: <c>archive/sha256/ab/cd...</c>, one record per fetch beside them in
/// <c>archive/fetches/</c>. Identical bytes are kept once. Nothing is ever changed, and nothing
/// deleted but a copy in the folder of what an object store has.</summary>
/// <remarks>A body is on disk before its record names it; a crash between the two leaves bytes without a record, which
/// <see cref="Verify"/> lists. With an object store behind it, body and record are there too before anybody is told, and the folder
/// may be thrown away, or have a bound: what it lacks is brought back. Safe to call from several threads.</remarks>
public sealed class RawArchive
{
    private const int BufferBytes = 1 << 16;

    /// <summary>How often a body is brought for one reader: between the two, others may have made room of it.</summary>
    private const int MostBringings = 3;

    private readonly string _blobs;
    private readonly string _incoming;
    private readonly FetchRecords _records;
    private readonly IClock _clock;
    private readonly long _maxBytes;
    private readonly ArchiveObjects? _objects;
    private readonly ArchiveRoom? _room;
    private long _serial;

    /// <param name="directory">Folder of the archive; made where it is not there.</param>
    /// <param name="clock">Stamps what is received.</param>
    /// <param name="maxBytes">Longest body, in bytes.</param>
    /// <param name="objects">Where everything is kept as well; null: in the folder alone.</param>
    /// <param name="maxLocalBytes">Bytes of bodies in the folder that <paramref name="objects"/> has too; 0: all stay.</param>
    public RawArchive(string directory, IClock clock, long maxBytes, IObjectStore? objects = null, long maxLocalBytes = 0)
    {
        _blobs = Path.Combine(directory, "sha256");
        _objects = objects is null ? null : new ArchiveObjects(objects);
        _room = _objects is null || maxLocalBytes == 0 ? null : new ArchiveRoom(_blobs, maxLocalBytes, _objects);
        _incoming = Path.Combine(directory, "incoming");
        _records = new FetchRecords(Path.Combine(directory, "fetches"));
        _clock = clock;
        _maxBytes = maxBytes;
        DurableFolder.Create(_blobs);
        DurableFolder.Create(_incoming);
        foreach (var unfinished in Directory.EnumerateFiles(_incoming))
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Archives a body and its record; when it returns, both are on disk, and in the object store where there is one.</summary>
    /// <param name="fetch">What was asked for.</param>
    /// <param name="body">The bytes, read to the end; not disposed.</param>
    /// <param name="secrets">Texts that must not be stored: each occurrence in the body is overwritten with asterisks.</param>
    /// <param name="cancel">Stops reading; nothing is archived then.</param>
    /// <exception cref="ArchiveLimitException">The body is longer than the limit.</exception>
    /// <exception cref="ObjectStoreException">The object store has not acknowledged: no record names the bytes.</exception>
    public async Task<FileRecord> AddAsync(Fetch fetch, Stream body, IReadOnlyList<string> secrets, CancellationToken cancel)
    {
        var serial = Interlocked.Increment(ref _serial).ToString(CultureInfo.InvariantCulture);
        var part = Path.Combine(_incoming, $"{serial}.part");
        try
        {
            var (sha256, size, scrubbed) = await ReceiveAsync(part, body, fetch, secrets, cancel).ConfigureAwait(false);
            if (_objects is not null)
            {
                await _objects.Keep(sha256, part, cancel).ConfigureAwait(false);
            }

            Keep(part, sha256);
            var receivedAt = EngineTimes.Truncate(_clock.GetCurrentInstant());
            var record = new FileRecord(HeaderRedaction.Redact(fetch), sha256, size, receivedAt, scrubbed);
            if (_objects is not null)
            {
                await _objects.Keep(record, cancel).ConfigureAwait(false);
            }

            _records.Write(record, Path.Combine(_incoming, $"{serial}.json"));
            await MakeRoom(sha256, size, cancel).ConfigureAwait(false);
            return record;
        }
        finally
        {
            File.Delete(part);
        }
    }

    /// <summary>The bytes, for reading. The caller disposes the stream.</summary>
    /// <exception cref="FileNotFoundException">They are not there.</exception>
    /// <exception cref="ObjectStoreException">They are not in the folder, and the object store does not answer or has other
    /// bytes.</exception>
    public Stream OpenRead(string sha256)
    {
        var path = BlobPath(sha256);
        for (var tries = 1; ; tries++)
        {
            if (_objects is not null && !File.Exists(path))
            {
                Bring(_objects, sha256);
            }

            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
            }
            catch (FileNotFoundException) when (_room is not null && tries < MostBringings)
            {
                // Room was made of it this instant.
            }
        }
    }

    /// <summary>The archived file as a parser takes it.</summary>
    public FeedFile FileOf(FileRecord record, Feed feed) =>
        new(record.Fetch.FileName, () => OpenRead(record.Sha256), feed.Day(record.Fetch.Day))
        {
            IsAnswer = !record.Fetch.IsHandedOver,
        };

    /// <summary>All records, in the order of receiving.</summary>
    /// <exception cref="InvalidDataException">A record that cannot be read; the message names it.</exception>
    public IReadOnlyList<FileRecord> Records(FeedId? feed = null)
    {
        var here = _records.Paths(feed).Select(FetchRecords.Read).ToList();
        var others = _objects?.Others(feed, here, CancellationToken.None) ?? [];
        return [.. here.Concat(others).OrderBy(r => r.ReceivedAt).ThenBy(r => r.Sha256, StringComparer.Ordinal)];
    }

    /// <summary>Reads everything again and compares the hashes. With an object store: what only it has is brought to the folder.</summary>
    public ArchiveCheck Verify(CancellationToken cancel = default)
    {
        var (named, unreadable) = _records.Hashes();
        NameOthers(named, unreadable, cancel);
        List<string> orphans = [];
        List<string> damaged = [];
        HashSet<string> present = [];
        long bytes = 0;
        foreach (var name in BodiesOf(_blobs).Keys.Union(_objects?.Bodies(cancel).Keys.AsEnumerable() ?? []).Order(StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            present.Add(name);
            if (!Holds(name, ref bytes))
            {
                damaged.Add(name);
            }

            if (!named.ContainsKey(name))
            {
                orphans.Add(name);
            }
        }

        var missing = named.Keys.Where(hash => !present.Contains(hash)).Order(StringComparer.Ordinal);
        return new ArchiveCheck(named.Values.Sum(), present.Count, bytes, orphans, damaged, [.. missing], unreadable);
    }

    private bool Holds(string name, ref long bytes)
    {
        try
        {
            using var stream = OpenRead(name);
            bytes += stream.Length;
            return Convert.ToHexStringLower(SHA256.HashData(stream)) == name;
        }
        catch (ObjectStoreException error) when (error.Kind == ObjectFailure.Damaged)
        {
            return false;
        }
    }

    /// <summary>Adds the records that only the object store has.</summary>
    private void NameOthers(Dictionary<string, int> named, List<string> unreadable, CancellationToken cancel)
    {
        if (_objects is null)
        {
            return;
        }

        var here = _records.Paths(null).Where(p => !unreadable.Contains(p)).Select(FetchRecords.Read);
        try
        {
            foreach (var other in _objects.Others(null, here, cancel))
            {
                named[other.Sha256] = named.GetValueOrDefault(other.Sha256) + 1;
            }
        }
        catch (InvalidDataException error)
        {
            unreadable.Add(error.Message);
        }
    }

    /// <summary>Hashes of the bodies in a folder, with their lengths in bytes; none where it is not there.</summary>
    internal static Dictionary<string, long> BodiesOf(string blobs) => !Directory.Exists(blobs)
        ? []
        : new DirectoryInfo(blobs).EnumerateFiles("*", SearchOption.AllDirectories)
            .ToDictionary(static f => f.Directory!.Name + f.Name, static f => f.Length, StringComparer.Ordinal);

    /// <summary>Brings a body from the object store, if it has it.</summary>
    private void Bring(ArchiveObjects objects, string sha256)
    {
        var part = Path.Combine(_incoming, $"{Interlocked.Increment(ref _serial).ToString(CultureInfo.InvariantCulture)}.brought");
        try
        {
            if (objects.Bring(sha256, part))
            {
                var size = new FileInfo(part).Length;
                Keep(part, sha256);
                ObjectCalls.Wait(() => MakeRoom(sha256, size, CancellationToken.None));
            }
        }
        finally
        {
            File.Delete(part);
        }
    }

    private Task MakeRoom(string sha256, long size, CancellationToken cancel) => _room?.Came(sha256, size, cancel) ?? Task.CompletedTask;

    private string BlobPath(string sha256) => sha256.Length == SHA256.HashSizeInBytes * 2
        ? Path.Combine(_blobs, sha256[..2], sha256[2..])
        : throw new ArgumentException($"'{sha256}' is not a SHA-256 in hex", nameof(sha256));

    private void Keep(string part, string sha256)
    {
        var blob = BlobPath(sha256);
        var folder = Path.GetDirectoryName(blob)!;
        DurableFolder.Create(folder);
        if (!File.Exists(blob))
        {
            File.Move(part, blob, overwrite: true);
        }

        // Also where it was there: another thread may have moved it this instant.
        DurableFolder.Flush(folder);
    }

    private async Task<(string Sha256, long Size, int Scrubbed)> ReceiveAsync(
        string part, Stream body, Fetch fetch, IReadOnlyList<string> secrets, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var scrubber = new SecretScrubber(secrets, BufferBytes);
        var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, 0, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            long size = 0;
            for (var more = true; more;)
            {
                var read = await body.ReadAsync(scrubber.Free, cancel).ConfigureAwait(false);
                more = read > 0;
                var clean = more ? scrubber.Take(read) : scrubber.Rest();
                size += clean.Length;
                if (size > _maxBytes)
                {
                    throw new ArchiveLimitException($"{fetch.FileName} of {fetch.Feed} is longer than {_maxBytes} bytes");
                }

                hash.AppendData(clean.Span);
                await file.WriteAsync(clean, cancel).ConfigureAwait(false);
            }

            file.Flush(flushToDisk: true);
            return (Convert.ToHexStringLower(hash.GetHashAndReset()), size, scrubber.Found);
        }
    }
}

/// <summary>A body is longer than the archive takes.</summary>
public sealed class ArchiveLimitException(string message) : Exception(message);
