using Aurum.Store.Archive;
using Microsoft.Win32.SafeHandles;

namespace Aurum.Store.Ticks;

/// <summary>The end of the segment that is being written.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly WriteAt _write;
    private long _end;

    /// <summary>Whether a failed try may have left bytes behind the end.</summary>
    private bool _hasRest;

    private SegmentWriter(string path, SafeFileHandle file, long end, WriteAt write) =>
        (_path, _file, _end, _write) = (path, file, end, write);

    /// <summary>Where the next record will stand.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>Makes a segment; when it returns, its head and its name are on disk.</summary>
    public static SegmentWriter Create(string path, long first, WriteAt write)
    {
        Span<byte> head = stackalloc byte[JournalFormat.SegmentHeadBytes];
        JournalFormat.WriteSegmentHead(head, first);
        var file = Open(path, FileMode.Create);
        try
        {
            write(file, head, 0);
            RandomAccess.FlushToDisk(file);
            DurableFolder.Flush(Path.GetDirectoryName(path)!);
            return new SegmentWriter(path, file, head.Length, write);
        }
        catch (IOException)
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Goes on with a segment, and cuts off what stands behind its end.</summary>
    public static SegmentWriter Continue(string path, long end, WriteAt write)
    {
        var file = Open(path, FileMode.Open);
        RandomAccess.SetLength(file, end);
        RandomAccess.FlushToDisk(file);
        return new SegmentWriter(path, file, end, write);
    }

    /// <summary>Writes behind the last record. What a failed try has left is cut off first, so that nothing stands behind the next
    /// one.</summary>
    /// <exception cref="IOException">Nothing of the record is kept.</exception>
    public void Write(ReadOnlySpan<byte> record)
    {
        try
        {
            if (_hasRest)
            {
                RandomAccess.SetLength(_file, _end);
                _hasRest = false;
            }

            _write(_file, record, _end);
        }
        catch (IOException error)
        {
            _hasRest = true;
            throw new IOException($"{_path}: byte {_end}: {record.Length} bytes were not written: {error.Message}", error);
        }

        Volatile.Write(ref _end, _end + record.Length);
    }

    /// <summary>Says behind the frames that they are on disk. They are so without it, so a full disk is no failure here.</summary>
    public void Mark(long durable)
    {
        Span<byte> mark = stackalloc byte[JournalFormat.HeadBytes];
        JournalFormat.WriteMark(mark, durable, _end);
        try
        {
            Write(mark);
        }
        catch (IOException)
        {
            // What it has left is cut off before the next record.
            _hasRest = true;
        }
    }

    public void Flush() => RandomAccess.FlushToDisk(_file);

    public void Dispose() => _file.Dispose();

    private static SafeFileHandle Open(string path, FileMode mode) =>
        File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
}
