using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aurum.Market.Ticks;
using Aurum.Store.Ticks;
using Microsoft.Win32.SafeHandles;

namespace Aurum.Cluster.Registry;

/// <summary>What happened to a registry, line by line in a file that is only added to: a line is its CRC-32C in hex, a space and
/// JSON.</summary>
/// <remarks>Lines are synced before they count. What a cut-off write left at the end is dropped at the start; a damaged line before
/// others is an error that names it.</remarks>
internal sealed class RegistryJournal : IDisposable
{
    /// <summary>Bytes of the file.</summary>
    private const long MaxBytes = 1L << 31;

    private const int HexDigits = 8;

    private static readonly JsonSerializerOptions Form = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly SafeFileHandle _file;
    private long _end;

    /// <summary>Whether a failed try may have left bytes behind the end.</summary>
    private bool _hasRest;

    private RegistryJournal(SafeFileHandle file, long end) => (_file, _end) = (file, end);

    /// <summary>How it gets at the disk; tests put one in its place that is full.</summary>
    public RegistryDisk Disk { get; set; } = RegistryDisk.Real;

    /// <summary>Opens a journal, which is made where there is none; no other process can then.</summary>
    /// <exception cref="IOException">Another process has it, or the disk does not work.</exception>
    /// <exception cref="FormatException">A line is damaged.</exception>
    public static (RegistryJournal Journal, IReadOnlyList<RegistryChange> Changes) Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            var changes = Read(path, BytesOf(path, file), out var whole);
            RandomAccess.SetLength(file, whole);
            return (new RegistryJournal(file, whole), changes);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds changes: when it returns, all of them are on the disk. What a failed try has left is cut off at once, or else before
    /// anything else is written, so that nothing that was refused stands before what is not.</summary>
    /// <exception cref="IOException">None of them is kept.</exception>
    public void Append(IReadOnlyList<RegistryChange> changes)
    {
        var text = new StringBuilder();
        foreach (var change in changes)
        {
            var json = JsonSerializer.Serialize(change, Form);
            text.Append(Sum(Encoding.UTF8.GetBytes(json))).Append(' ').Append(json).Append('\n');
        }

        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        try
        {
            CutRest();
            _hasRest = true;
            Disk.Write(_file, bytes, _end);
            RandomAccess.FlushToDisk(_file);
            _hasRest = false;
        }
        catch (IOException)
        {
            TryCutRest();
            throw;
        }

        _end += bytes.Length;
    }

    public void Dispose()
    {
        TryCutRest();
        _file.Dispose();
    }

    private void CutRest()
    {
        if (_hasRest)
        {
            Disk.Cut(_file, _end);
            _hasRest = false;
        }
    }

    private void TryCutRest()
    {
        try
        {
            CutRest();
        }
        catch (IOException)
        {
            // Nothing is written before it is cut off.
        }
    }

    private static byte[] BytesOf(string path, SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        if (length > MaxBytes)
        {
            throw new FormatException($"{path}: expected at most {MaxBytes} bytes, found {length}");
        }

        var bytes = new byte[length];
        for (var filled = 0; filled < bytes.Length;)
        {
            var read = RandomAccess.Read(file, bytes.AsSpan(filled), filled);
            filled += read > 0 ? read : throw new EndOfStreamException($"{path}: expected {length} bytes, found {filled}");
        }

        return bytes;
    }

    private static List<RegistryChange> Read(string path, ReadOnlySpan<byte> bytes, out long whole)
    {
        var changes = new List<RegistryChange>();
        var at = 0;
        for (var line = 1; at < bytes.Length; line++)
        {
            var length = bytes[at..].IndexOf((byte)'\n');
            var change = length < 0 ? null : Parse(bytes.Slice(at, length));
            if (change is null)
            {
                if (length >= 0 && at + length + 1 < bytes.Length)
                {
                    throw new FormatException($"{path}:{line}: expected a CRC-32C and the JSON that it is of, found a damaged line");
                }

                break;
            }

            changes.Add(change);
            at += length + 1;
        }

        whole = at;
        return changes;
    }

    private static RegistryChange? Parse(ReadOnlySpan<byte> line)
    {
        if (line.Length <= HexDigits || Encoding.ASCII.GetString(line[..HexDigits]) != Sum(line[(HexDigits + 1)..]))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<RegistryChange>(line[(HexDigits + 1)..]);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Sum(ReadOnlySpan<byte> bytes) => Crc32C.Of(bytes).ToString("x8", CultureInfo.InvariantCulture);
}

/// <summary>What a journal does to the disk.</summary>
/// <param name="Write">Writes all bytes at a place, or throws.</param>
/// <param name="Cut">Sets the length of a file.</param>
internal sealed record RegistryDisk(WriteAt Write, Action<SafeFileHandle, long> Cut)
{
    public static RegistryDisk Real { get; } = new(RandomAccess.Write, RandomAccess.SetLength);
}

/// <summary>One thing that happened to a registry. Written to disk: members are only ever added.</summary>
/// <param name="Op">schema, version, delete, purge, config, mode.</param>
internal sealed record RegistryChange(string Op)
{
    public string? Subject { get; init; }

    public int? Version { get; init; }

    public int? Id { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<RegistryReference>? References { get; init; }

    /// <summary>Level or mode; null: the one that was set is taken back.</summary>
    public string? Value { get; init; }
}
