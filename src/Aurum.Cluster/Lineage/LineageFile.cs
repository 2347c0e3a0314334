using System.Collections.Concurrent;

namespace Aurum.Cluster.Lineage;

/// <summary>A file with one event a line. When it is large enough it is set aside as <c>name.1.ndjson</c>, older ones move on by one, and
/// the oldest is deleted. Safe from several threads of one process, also where each has opened it for itself.</summary>
/// <param name="path">The file in use.</param>
/// <param name="maxBytes">Size at which it is set aside.</param>
/// <param name="files">Files that are kept, the one in use included.</param>
public sealed class LineageFile(string path, long maxBytes, int files)
{
    /// <summary>One for each file of the process: an append looks for the end and then writes there, so that two at once would write over
    /// each other.</summary>
    private static readonly ConcurrentDictionary<string, Lock> Gates = new(StringComparer.Ordinal);

    private readonly Lock _gate = Gates.GetOrAdd(Path.GetFullPath(path), static _ => new Lock());

    /// <summary>Appends events, all of them before it returns.</summary>
    /// <exception cref="LineageException">The file can't be written.</exception>
    public void Append(IEnumerable<byte[]> events)
    {
        try
        {
            lock (_gate)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                using var buffer = new MemoryStream();
                foreach (var line in events)
                {
                    buffer.Write(line);
                    buffer.WriteByte((byte)'\n');
                }

                if (new FileInfo(path) is { Exists: true } present && present.Length > 0 && present.Length + buffer.Length > maxBytes)
                {
                    SetAside();
                }

                using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
                file.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LineageException($"the lineage file {path} cannot be written: {e.Message}", mayRetry: true, e);
        }
    }

    /// <summary>The files that there are, the oldest first.</summary>
    public IReadOnlyList<string> Present() =>
        [.. Enumerable.Range(0, files).Reverse().Select(Name).Where(File.Exists)];

    private void SetAside()
    {
        if (files == 1)
        {
            File.Delete(path);
            return;
        }

        for (var age = files - 1; age > 0; age--)
        {
            if (File.Exists(Name(age - 1)))
            {
                File.Move(Name(age - 1), Name(age), overwrite: true);
            }
        }
    }

    private string Name(int age) =>
        age == 0 ? path : Path.Combine(
            Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}.{age}{Path.GetExtension(path)}");
}
