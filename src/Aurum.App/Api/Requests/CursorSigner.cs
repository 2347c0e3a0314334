using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using NodaTime;

namespace Aurum.App.Api.Requests;

/// <summary>Turns cursors into text and back. The text is signed with a key of the data directory: a cursor that was changed, or
/// made by another directory, is refused.</summary>
/// <remarks>base64url( 16 bytes of HMAC-SHA256, then JSON {v, r, a, f, k} ). Wire format: append only, a new form takes a new
/// v.</remarks>
public sealed class CursorSigner
{
    /// <summary>Characters in a cursor at most.</summary>
    public const int MaxLength = 6000;

    private const int SignatureBytes = 16;
    private const int KeyBytes = 32;

    private readonly byte[] _key;

    public CursorSigner(byte[] key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, KeyBytes, nameof(key));
        _key = key;
    }

    /// <summary>The signer of a data directory; its key is made at first use (file <c>cursor.key</c>, readable by the owner
    /// only).</summary>
    public static CursorSigner Of(string dataDirectory)
    {
        Directory.CreateDirectory(dataDirectory);
        var path = Path.Combine(dataDirectory, "cursor.key");
        if (!File.Exists(path))
        {
            Write(path, RandomNumberGenerator.GetBytes(KeyBytes));
        }

        var key = File.ReadAllBytes(path);
        return key.Length == KeyBytes
            ? new CursorSigner(key)
            : throw new InvalidDataException(
                $"{path}: expected {KeyBytes} bytes, found {key.Length}; delete the file to make a new key");
    }

    /// <summary>Tells two keys apart without telling anything of them.</summary>
    public string Fingerprint => Base64Url.EncodeToString(Signature("fingerprint"u8).AsSpan(0, 6));

    public string Sign(Cursor cursor)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(new Wire(
            1, cursor.Resource, cursor.AsOf.ToUnixTimeTicks(), cursor.Filters.ToDictionary(f => f.Key, f => f.Value),
            [.. cursor.After]));
        var signed = new byte[SignatureBytes + content.Length];
        Signature(content).CopyTo(signed, 0);
        content.CopyTo(signed, SignatureBytes);
        return Base64Url.EncodeToString(signed);
    }

    /// <exception cref="RequestFormatException">Not a cursor, or not one of this data directory.</exception>
    public Cursor Read(string text)
    {
        byte[] signed;
        try
        {
            signed = Base64Url.DecodeFromChars(text);
        }
        catch (FormatException)
        {
            throw Refused("text that is not base64url");
        }

        if (signed.Length <= SignatureBytes)
        {
            throw Refused("a cursor that was cut");
        }

        var content = signed.AsSpan(SignatureBytes);
        if (!CryptographicOperations.FixedTimeEquals(Signature(content), signed.AsSpan(0, SignatureBytes)))
        {
            throw Refused("one that was changed, or that another data directory gave");
        }

        var wire = JsonSerializer.Deserialize<Wire>(content);
        return wire is { V: 1 }
            ? new Cursor(wire.R, Instant.FromUnixTimeTicks(wire.A), [.. wire.F], wire.K)
            : throw Refused("one of another version");
    }

    private static RequestFormatException Refused(string found) =>
        new("cursor", "next_cursor of an earlier answer, unchanged", found);

    private static void Write(string path, byte[] key)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Written beside and moved: a reader never sees half a key.
        var beside = $"{path}.{Convert.ToHexString(key, 0, 4)}";
        using (var file = new FileStream(beside, options))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: false);
    }

    private byte[] Signature(ReadOnlySpan<byte> content) => HMACSHA256.HashData(_key, content)[..SignatureBytes];

    private sealed record Wire(int V, string R, long A, Dictionary<string, string> F, string[] K);
}
