using System.IO.Compression;
using System.Text;

namespace Aurum.Tests.Sources.Reading;

/// <summary>Makes zip and gzip files in memory.</summary>
internal static class Packed
{
    public static byte[] Gzip(string text)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return output.ToArray();
    }

    public static byte[] Zip(params (string Name, string Text)[] files) =>
        Zip(CompressionLevel.Optimal, [.. files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text)))]);

    public static byte[] Zip(params (string Name, byte[] Content)[] files) => Zip(CompressionLevel.Optimal, files);

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] files)
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return output.ToArray();
    }
}
