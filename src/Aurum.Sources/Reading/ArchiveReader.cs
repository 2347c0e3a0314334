using System.Buffers.Binary;
using System.IO.Compression;
using Aurum.Market.Feeds;

namespace Aurum.Sources.Reading;

/// <summary>Opens what a publisher sent, packed or not, by its content: a plain file, gzip, a zip, or zips inside a zip; and gives
/// the files inside, one after the other.</summary>
/// <remarks>
/// <para>Use: <c>using var archive = new ArchiveReader(file); while (archive.Next() is { } entry) ...</c>. An entry's content is
/// valid until the next call.</para>
/// <para>A cut or damaged archive, a CRC or length that is not true, or an archive beyond its limits is a
/// <see cref="FeedFormatException"/>. Every file is read to its end, asked for or not, so that its CRC is always checked.</para>
/// </remarks>
public sealed class ArchiveReader : IDisposable
{
    /// <summary>Head, foot and an empty block.</summary>
    private const int SmallestGzipBytes = 20;

    private readonly FeedFile _file;
    private readonly ArchiveLimits _limits;
    private readonly EntryBudget _budget;
    private readonly Stack<OpenZip> _zips = new();
    private EntryStream? _current;
    private bool _started;
    private int _entries;

    public ArchiveReader(FeedFile file, ArchiveLimits? limits = null)
    {
        _file = file;
        _limits = limits ?? ArchiveLimits.Default;
        _budget = new EntryBudget(_limits);
    }

    /// <summary>The next file; null behind the last one.</summary>
    public ArchiveEntry? Next()
    {
        CloseCurrent();
        if (!_started)
        {
            _started = true;
            if (OpenOuter() is { } only)
            {
                return only;
            }
        }

        while (_zips.TryPeek(out var zip))
        {
            if (!zip.Entries.MoveNext())
            {
                _zips.Pop().Dispose();
            }
            else if (OpenPacked(zip, zip.Entries.Current) is { } entry)
            {
                return entry;
            }
        }

        return null;
    }

    public void Dispose()
    {
        _current?.Dispose();
        while (_zips.TryPop(out var zip))
        {
            zip.Dispose();
        }
    }

    private static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8);

    private static bool IsGzip(ReadOnlySpan<byte> head) => head is [0x1F, 0x8B, 8, ..];

    private void CloseCurrent()
    {
        if (_current is not null)
        {
            _current.Drain();
            _current.Dispose();
            _current = null;
        }
    }

    private ArchiveEntry? OpenOuter()
    {
        var stream = _file.Open();
        Span<byte> magic = stackalloc byte[4];
        try
        {
            stream = stream.CanSeek ? stream : Hold(_file.Name, stream);
            magic = magic[..stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false)];
            stream.Position = 0;
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        if (IsZip(magic))
        {
            Push(_file.Name, stream);
            return null;
        }

        return IsGzip(magic)
            ? Give(_file.Name, WithoutGz(_file.Name), Gunzip(_file.Name, stream))
            : Give(_file.Name, _file.Name, new EntryStream(_file.Name, stream, _budget));
    }

    /// <summary>Opens a file of a zip; null for a folder, and for a zip in the zip, which is then entered.</summary>
    private ArchiveEntry? OpenPacked(OpenZip zip, ZipArchiveEntry packed)
    {
        if (++_entries > _limits.MaxEntries)
        {
            throw new FeedFormatException(_file.Name, "", $"at most {_limits.MaxEntries} files in the archive", "more");
        }

        if (packed.FullName.EndsWith('/') && packed.Length == 0)
        {
            return null;
        }

        var name = $"{zip.Name}/{packed.FullName}";
        var content = OpenEntry(name, packed);
        _current = content;
        content.FillHead();
        if (IsZip(content.Head))
        {
            Push(name, Held(name, content));
            return null;
        }

        return IsGzip(content.Head)
            ? Give(name, WithoutGz(packed.Name), Gunzip(name, Held(name, content)))
            : Give(name, packed.Name, content);
    }

    private EntryStream OpenEntry(string name, ZipArchiveEntry packed)
    {
        try
        {
            if (packed.IsEncrypted)
            {
                throw new FeedFormatException(name, "", "a file that is not encrypted", "an encrypted one");
            }

            return new EntryStream(name, packed.Open(), _budget, packed.CompressedLength, packed.Length, packed.Crc32);
        }
        catch (Exception e) when (OpenZip.IsDamage(e))
        {
            throw new FeedFormatException(name, "", "a file that can be unpacked", e.Message, e);
        }
    }

    private void Push(string name, Stream stream)
    {
        if (_zips.Count >= _limits.MaxDepth)
        {
            stream.Dispose();
            throw new FeedFormatException(name, "", $"at most {_limits.MaxDepth} zips inside each other", "more");
        }

        _zips.Push(new OpenZip(name, stream));
    }

    private ArchiveEntry Give(string name, string innerName, EntryStream content)
    {
        _current = content;
        return new ArchiveEntry(name, innerName, content);
    }

    /// <summary>All of a packed file in memory; its CRC has been checked then.</summary>
    private MemoryStream Held(string name, EntryStream content)
    {
        var held = Hold(name, content);
        CloseCurrent();
        return held;
    }

    private MemoryStream Hold(string name, Stream source)
    {
        var held = new MemoryStream();
        var block = new byte[64 << 10];
        int read;
        while ((read = source.Read(block)) > 0)
        {
            if (held.Length + read > _limits.MaxNestedBytes)
            {
                throw new FeedFormatException(name, "", $"an archive of at most {_limits.MaxNestedBytes} bytes", "a larger one");
            }

            held.Write(block, 0, read);
        }

        held.Position = 0;
        return held;
    }

    /// <summary>Unpacks gzip of one member. Its CRC is looked up first: the runtime's reader takes some cut files for empty
    /// ones.</summary>
    private EntryStream Gunzip(string name, Stream stream)
    {
        Span<byte> foot = stackalloc byte[8];
        var length = stream.Length;
        if (length < SmallestGzipBytes)
        {
            stream.Dispose();
            throw new FeedFormatException(name, "", "a whole gzip file", $"{length} bytes of one");
        }

        stream.Position = length - foot.Length;
        stream.ReadExactly(foot);
        stream.Position = 0;
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(foot);
        return new EntryStream(name, new GZipStream(stream, CompressionMode.Decompress), _budget, length, declaredCrc: crc);
    }

    private static string WithoutGz(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;

    /// <summary>A zip that is being walked through.</summary>
    private sealed class OpenZip : IDisposable
    {
        private readonly ZipArchive _archive;

        public OpenZip(string name, Stream stream)
        {
            Name = name;
            try
            {
                _archive = new ZipArchive(stream, ZipArchiveMode.Read);
                Entries = _archive.Entries.GetEnumerator();
                if (_archive.Entries.Count == 0)
                {
                    throw new InvalidDataException("no file in it");
                }
            }
            catch (Exception e) when (IsDamage(e))
            {
                stream.Dispose();
                throw new FeedFormatException(name, "", "a whole zip with a file in it", e.Message, e);
            }
        }

        public string Name { get; }

        public IEnumerator<ZipArchiveEntry> Entries { get; }

        /// <summary>What the runtime's zip reader throws at damaged archives.</summary>
        public static bool IsDamage(Exception e) =>
            e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException;

        public void Dispose()
        {
            Entries.Dispose();
            _archive.Dispose();
        }
    }
}
