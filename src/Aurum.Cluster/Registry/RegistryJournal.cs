using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Aurum.Market.Ticks;

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

    private readonly FileStream _file;

    private RegistryJournal(FileStream file) => _file = file;

    /// <summary>Runs before each write; what it throws is what the disk does.</summary>
    public Action? BeforeWrite { get; set; }

    /// <summary>Opens a journal, which is made where there is none; no other process can then.</summary>
    /// <exception cref="IOException">Another process has it, or the disk does not work.</exception>
    /// <exception cref="FormatException">A line is damaged.</exception>
    public static (RegistryJournal Journal, IReadOnlyList<RegistryChange> Changes) Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            if (file.Length > MaxBytes)
            {
                throw new FormatException($"{path}: expected at most {MaxBytes} bytes, found {file.Length}");
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var changes = Read(path, bytes, out var whole);
            file.SetLength(whole);
            file.Seek(whole, SeekOrigin.Begin);
            return (new RegistryJournal(file), changes);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds changes: when it returns, all of them are on the disk. A failure leaves none of them in the file.</summary>
    public void Append(IReadOnlyList<RegistryChange> changes)
    {
        var text = new StringBuilder();
        foreach (var change in changes)
        {
            var json = JsonSerializer.Serialize(change, Form);
            text.Append(Sum(Encoding.UTF8.GetBytes(json))).Append(' ').Append(json).Append('\n');
        }

        var before = _file.Position;
        try
        {
            BeforeWrite?.Invoke();
            _file.Write(Encoding.UTF8.GetBytes(text.ToString()));
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            _file.SetLength(before);
            _file.Seek(before, SeekOrigin.Begin);
            throw;
        }
    }

    public void Dispose() => _file.Dispose();

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
