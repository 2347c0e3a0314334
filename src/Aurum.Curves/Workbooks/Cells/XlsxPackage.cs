using System.Buffers;
using System.IO.Compression;
using Aurum.Market.Feeds;
using Aurum.Sources.Reading;

namespace Aurum.Curves.Workbooks.Cells;

/// <summary>The parts of an .xlsx file by name. Each is checked against its length, its CRC and the limits while it is read.</summary>
internal sealed class XlsxPackage : IDisposable
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private const string StrictRelationships = "http://purl.oclc.org/ooxml/officeDocument/relationships/";

    private const int MaxBytesAtOnce = 32 << 20;

    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly EntryBudget _budget;

    /// <exception cref="FeedFormatException">It is no whole zip, or a limit is exceeded.</exception>
    public XlsxPackage(Stream stream, string file, WorkbookLimits limits)
    {
        File = file;
        _budget = new EntryBudget(new ArchiveLimits { MaxUnpackedBytes = limits.MaxUnpackedBytes });
        if (stream.Length > limits.MaxFileBytes)
        {
            throw new FeedFormatException(file, "", $"a workbook of at most {limits.MaxFileBytes} bytes", $"{stream.Length} bytes");
        }

        try
        {
            _zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            if (_zip.Entries.Count > limits.MaxParts)
            {
                throw new FeedFormatException(file, "", $"at most {limits.MaxParts} parts", $"{_zip.Entries.Count}");
            }
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new FeedFormatException(file, "", "a whole .xlsx workbook", e.Message, e);
        }

        foreach (var entry in _zip.Entries)
        {
            _parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        }
    }

    public string File { get; }

    public bool Has(string part) => _parts.ContainsKey(part);

    /// <summary>Reads a part's XML.</summary>
    /// <exception cref="FeedFormatException">There is no such part, or it is damaged.</exception>
    public void Read(string part, Action<Utf8XmlReader> read) => Guarded(part, (name, entry) =>
    {
        using var stream = Open(name, entry);
        ReadXml(name, stream, read);
        stream.Drain();
    });

    /// <summary>Reads a part from all of its bytes, if there is a short way to do it, else its XML.</summary>
    /// <param name="part">Name of the part.</param>
    /// <param name="readBytes">Reads the bytes; false where it can't.</param>
    /// <param name="read">Reads the XML.</param>
    /// <exception cref="FeedFormatException">There is no such part, or it is damaged.</exception>
    public void Read(string part, Func<ReadOnlyMemory<byte>, bool> readBytes, Action<Utf8XmlReader> read) => Guarded(part, (name, entry) =>
    {
        using var stream = Open(name, entry);
        if (entry.Length > MaxBytesAtOnce)
        {
            ReadXml(name, stream, read);
            stream.Drain();
            return;
        }

        var bytes = ArrayPool<byte>.Shared.Rent((int)entry.Length + 1);
        try
        {
            // One more than the archive promises, so that its end is seen, which is where length and CRC are checked.
            var length = stream.ReadAtLeast(bytes.AsSpan(0, (int)entry.Length + 1), (int)entry.Length + 1, throwOnEndOfStream: false);
            if (!readBytes(bytes.AsMemory(0, length)))
            {
                ReadXml(name, new MemoryStream(bytes, 0, length, writable: false), read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    });

    private EntryStream Open(string name, ZipArchiveEntry entry) =>
        new(name, entry.Open(), _budget, entry.CompressedLength, entry.Length, entry.Crc32);

    private static void ReadXml(string name, Stream stream, Action<Utf8XmlReader> read)
    {
        using var xml = new Utf8XmlReader(stream, name);
        read(xml);
        while (xml.Read())
        {
            // What follows is not needed, but a fault in it would cast doubt on what was read.
        }
    }

    private void Guarded(string part, Action<string, ZipArchiveEntry> read)
    {
        var name = $"{File}/{part}";
        if (!_parts.TryGetValue(part, out var entry))
        {
            throw new FeedFormatException(File, "", $"a part {part}", "none of that name");
        }

        try
        {
            read(name, entry);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new FeedFormatException(name, "", "a part that can be unpacked", e.Message, e);
        }
    }

    /// <summary>What a part refers to: the parts by relationship id, and the first of each kind by its kind's last word.</summary>
    public (Dictionary<string, string> ById, Dictionary<string, string> ByKind) RelationshipsOf(string part)
    {
        var slash = part.LastIndexOf('/') + 1;
        var folder = part[..slash];
        Dictionary<string, string> byId = new(StringComparer.Ordinal), byKind = new(StringComparer.Ordinal);
        var rels = $"{folder}_rels/{part[slash..]}.rels";
        if (!Has(rels))
        {
            return (byId, byKind);
        }

        Read(rels, xml =>
        {
            while (xml.Read())
            {
                if (xml.Token == XmlToken.Start && xml.Name.SequenceEqual("Relationship"u8))
                {
                    var id = xml.AttributeText("Id"u8);
                    var kind = xml.AttributeText("Type"u8);
                    var target = PathOf(folder, xml.AttributeText("Target"u8));
                    byId.TryAdd(id, target);
                    foreach (var prefix in (string[])[Relationships, StrictRelationships])
                    {
                        if (kind.StartsWith(prefix, StringComparison.Ordinal))
                        {
                            byKind.TryAdd(kind[prefix.Length..], target);
                        }
                    }
                }
            }
        });
        return (byId, byKind);
    }

    public void Dispose() => _zip.Dispose();

    /// <summary>A target is meant from the package's root where it begins with a slash, else from the folder; <c>..</c> goes up.</summary>
    private static string PathOf(string folder, string target)
    {
        var steps = new List<string>();
        foreach (var step in (target.StartsWith('/') ? target : folder + target).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == "..")
            {
                steps.RemoveRange(Math.Max(0, steps.Count - 1), Math.Min(1, steps.Count));
            }
            else if (step != ".")
            {
                steps.Add(step);
            }
        }

        return string.Join('/', steps);
    }

    private static bool IsDamage(Exception e) =>
        e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException;
}
