using System.Collections.Concurrent;

namespace Aurum.Cluster.Lineage;

/// <summary>A file with one event a line. When it is large enough it is set aside as <c>name.1.ndjson</c>, older ones move on by one, and
/// the oldest is deleted. Safe from several threads of one process, also where each has opened it for itself.</summary>
/// <param name="path">The file in use.</param>
/// <param name="maxBytes">Size at which it is set aside.</param>
/// <param name="files">Files that are kept, the one in use included.</param>
public sealed class LineageFile(string path, long maxBytes, int files)
{
    private const int BlockBytes = 4096;

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

                Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
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

    /// <summary>Writes lines behind the last whole one. What an append has left that broke off, on a full disk or by a kill, is cut off:
    /// its events were not acknowledged and come again.</summary>
    private void Write(ReadOnlySpan<byte> lines)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        var end = EndOfLines(file);
        file.SetLength(end);
        file.Seek(end, SeekOrigin.Begin);
        try
        {
            file.Write(lines);
        }
        catch (IOException)
        {
            file.SetLength(end);
            throw;
        }
    }

    private static long EndOfLines(FileStream file)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        for (var end = file.Length; end > 0;)
        {
            var from = Math.Max(0, end - BlockBytes);
            var part = block[..(int)(end - from)];
            file.Seek(from, SeekOrigin.Begin);
            file.ReadExactly(part);
            if (part.LastIndexOf((byte)'\n') is >= 0 and var newline)
            {
                return from + newline + 1;
            }

            end = from;
        }

        return 0;
    }

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
