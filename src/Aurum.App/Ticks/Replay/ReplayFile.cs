using System.IO.Compression;
using System.Security.Cryptography;
using Aurum.Ticks;
using Aurum.Ticks.Normalize;

namespace Aurum.App.Ticks.Replay;

/// <summary>A file of messages: plain or gzip. What it holds names its stream, so that a file that was moved is still the same,
/// and one that was changed is another.</summary>
internal sealed class ReplayFile
{
    private const int DefinitionKind = 1;

    private ReplayFile(string path, TickStreamOptions options, bool isGzip, string stream) =>
        (Path, Options, IsGzip, Stream) = (path, options, isGzip, stream);

    public string Path { get; }

    public TickStreamOptions Options { get; }

    public bool IsGzip { get; }

    /// <summary>Name of its stream: by SHA-256 of its bytes, and by how they are read.</summary>
    public string Stream { get; }

    /// <exception cref="IOException">It cannot be read.</exception>
    public static ReplayFile Of(string path, TickStreamOptions options)
    {
        using var file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[2];
        var isGzip = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic[0] == 0x1f && magic[1] == 0x8b;
        file.Position = 0;
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        return new ReplayFile(path, options, isGzip, $"file/{hash}/{options.Format}/{options.Tenant}/{options.Market}");
    }

    /// <summary>Its messages.</summary>
    public Stream Open()
    {
        var file = File.OpenRead(Path);
        return IsGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Steps over what was taken in before.</summary>
    /// <param name="stream">The messages from their beginning.</param>
    /// <param name="position">Bytes to step over.</param>
    /// <returns>What a reader has to know of them: a CSV file's header, the names of a binary one.</returns>
    /// <exception cref="InvalidDataException">It is shorter.</exception>
    public byte[] Skip(Stream stream, long position)
    {
        if (position == 0)
        {
            return [];
        }

        using var known = new MemoryStream();
        var buffer = new byte[1 << 16];
        var state = new SkipState();
        for (var left = position; left > 0;)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0)
            {
                throw new InvalidDataException($"{Path}: expected {position} bytes that were taken in before, found {position - left}");
            }

            left -= read;
            switch (Options.Format)
            {
                case TickFormat.Csv:
                    KeepHeader(buffer.AsSpan(0, read), known, state);
                    break;
                case TickFormat.Binary:
                    KeepDefinitions(buffer.AsSpan(0, read), known, state);
                    break;
                default:
                    break;
            }
        }

        return known.ToArray();
    }

    /// <summary>Keeps all up to the end of the first line that is not blank.</summary>
    private static void KeepHeader(ReadOnlySpan<byte> bytes, MemoryStream known, SkipState state)
    {
        foreach (var b in bytes)
        {
            if (state.IsDone)
            {
                return;
            }

            known.WriteByte(b);
            state.HasText |= b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n');
            state.IsDone = b == (byte)'\n' && state.HasText;
        }
    }

    /// <summary>Keeps records that name what ticks are of.</summary>
    private static void KeepDefinitions(ReadOnlySpan<byte> bytes, MemoryStream known, SkipState state)
    {
        foreach (var b in bytes)
        {
            state.Record.Add(b);
            if (state.Record.Count >= 2 && state.Record.Count == (state.Record[0] | (state.Record[1] << 8)) + 7)
            {
                if (state.Record[2] == DefinitionKind)
                {
                    known.Write([.. state.Record]);
                }

                state.Record.Clear();
            }
        }
    }

    private sealed class SkipState
    {
        public bool HasText { get; set; }

        public bool IsDone { get; set; }

        public List<byte> Record { get; } = [];
    }
}
