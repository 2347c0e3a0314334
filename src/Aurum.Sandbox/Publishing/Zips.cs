using System.IO.Compression;
using NodaTime;

namespace Aurum.Sandbox.Publishing;

/// <summary>Zip files as publishers make them.</summary>
internal static class Zips
{
    public static byte[] One(string name, ReadOnlySpan<byte> content, Instant stamp)
    {
        var bytes = content.ToArray();
        return One(name, stamp, stream => stream.Write(bytes));
    }

    /// <summary>A zip with one file, written by an action.</summary>
    public static byte[] One(string name, Instant stamp, Action<Stream> write) => Many([(name, write)], stamp);

    public static byte[] Many(IEnumerable<(string Name, Action<Stream> Write)> files, Instant stamp)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, write) in files)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
                entry.LastWriteTime = Clamp(stamp);
                using var stream = entry.Open();
                write(stream);
            }
        }

        return memory.ToArray();
    }

    /// <summary>Zip stamps begin in 1980.</summary>
    private static DateTimeOffset Clamp(Instant stamp)
    {
        var first = Instant.FromUtc(1980, 1, 2, 0, 0);
        return (stamp < first ? first : stamp).ToDateTimeOffset();
    }
}
