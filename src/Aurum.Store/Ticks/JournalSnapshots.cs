using Aurum.Store.Archive;

namespace Aurum.Store.Ticks;

/// <summary>The snapshots of a journal: the last two that the tables have reached are kept, and those behind.</summary>
internal sealed class JournalSnapshots
{
    private const int Kept = 2;
    private const string TemporaryEnding = ".tmp";

    private readonly string _folder;
    private readonly TickJournalOptions _options;
    private readonly List<long> _frames;

    public JournalSnapshots(string folder, TickJournalOptions options)
    {
        (_folder, _options) = (folder, options);
        foreach (var left in Directory.EnumerateFiles(folder, "*" + TemporaryEnding).ToList())
        {
            File.Delete(left);
        }

        _frames = [.. Directory.EnumerateFiles(folder, "*" + JournalFormat.SnapshotEnding)
            .Select(JournalFormat.NumberOf).OfType<long>().Order()];
    }

    /// <summary>The frame of the newest one, whole or not; 0 where there is none.</summary>
    public long Newest => _frames.Count > 0 ? _frames[^1] : 0;

    /// <summary>The newest one that is whole.</summary>
    /// <param name="notAfter">Number of the last frame that it may be of.</param>
    /// <param name="repairs">Takes what is said about those that are not.</param>
    public JournalSnapshot? Read(long notAfter, List<string> repairs)
    {
        foreach (var frame in Enumerable.Reverse(_frames).Where(f => f <= notAfter))
        {
            var path = PathOf(frame);
            if (ReadWhole(path, frame) is { } bytes)
            {
                return new JournalSnapshot(frame, bytes);
            }

            var repair = $"{path} is not a whole snapshot: the one before it is used, and the frames after that";
            if (!repairs.Contains(repair))
            {
                repairs.Add(repair);
            }
        }

        return null;
    }

    /// <summary>Stores a snapshot durably.</summary>
    /// <exception cref="IOException">No room: all is as before.</exception>
    public void Store(long frame, ReadOnlySpan<byte> bytes)
    {
        var path = PathOf(frame);
        var temporary = path + TemporaryEnding;
        try
        {
            using var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.None);
            Span<byte> head = stackalloc byte[JournalFormat.SnapshotHeadBytes];
            JournalFormat.WriteSnapshotHead(head, frame, bytes);
            _options.Write(file, head, 0);
            _options.Write(file, bytes, head.Length);
            RandomAccess.FlushToDisk(file);
        }
        catch (IOException)
        {
            File.Delete(temporary);
            throw;
        }

        File.Move(temporary, path, overwrite: true);
        DurableFolder.Flush(_folder);
        if (Newest != frame || _frames.Count == 0)
        {
            _frames.Add(frame);
        }
    }

    /// <summary>Deletes those before the last two that the tables have reached: who starts again goes on from one of these, because what
    /// frames behind the tables have made has to be made again.</summary>
    /// <param name="settledFrame">Number of the last frame that is in the tables.</param>
    /// <returns>The number up to which nobody needs frames any more.</returns>
    public long Release(long settledFrame)
    {
        var reached = _frames.Count(frame => frame <= settledFrame);
        for (; reached > Kept; reached--)
        {
            File.Delete(PathOf(_frames[0]));
            _frames.RemoveAt(0);
        }

        return reached == Kept ? _frames[0] : 0;
    }

    /// <returns>The bytes of a snapshot; null where it is not whole.</returns>
    private static byte[]? ReadWhole(string path, long frame)
    {
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[JournalFormat.SnapshotHeadBytes];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || file.Length - head.Length > Array.MaxLength)
        {
            return null;
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)(file.Length - head.Length));
        file.ReadExactly(bytes);
        return JournalFormat.IsSnapshot(head, frame, bytes) ? bytes : null;
    }

    private string PathOf(long frame) => Path.Combine(_folder, JournalFormat.SnapshotName(frame));
}
