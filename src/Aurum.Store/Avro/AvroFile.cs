using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Aurum.Store.Avro;

/// <summary>An Avro object container file: metadata, schema, records. Written with one block, compressed by deflate.</summary>
/// <param name="Schema">Schema of the records.</param>
/// <param name="Metadata">What stands in the header beside schema and codec.</param>
/// <param name="Records">Records.</param>
internal sealed record AvroFile(AvroType Schema, IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<AvroRecord> Records)
{
    /// <summary>A block after it is unpacked: what a file of ours reaches at about a million entries.</summary>
    private const int MaxBlockBytes = 512 << 20;

    private const int SyncBytes = 16;

    private static ReadOnlySpan<byte> Magic => "Obj\x01"u8;

    public byte[] ToBytes()
    {
        using var body = new AvroBuffer();
        foreach (var record in Records)
        {
            AvroWriter.Write(body, Schema, record);
        }

        using var file = new AvroBuffer();
        file.WriteRaw(Magic);
        file.WriteLong(Metadata.Count + 2);
        foreach (var (key, value) in Metadata
            .Append(new("avro.schema", AvroSchemaJson.Write(Schema))).Append(new("avro.codec", "deflate")))
        {
            file.WriteText(key);
            file.WriteText(value);
        }

        file.WriteLong(0);

        // Any 16 bytes do that are unlikely inside of a block. Those of the content make the same file of the same records.
        var sync = SHA256.HashData(body.Written).AsSpan(0, SyncBytes);
        file.WriteRaw(sync);
        if (Records.Count > 0)
        {
            file.WriteLong(Records.Count);
            file.WriteBytes(Packed(body.Written));
            file.WriteRaw(sync);
        }

        return file.ToArray();
    }

    /// <exception cref="FormatException">Not an Avro file, or a damaged one.</exception>
    public static AvroFile Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new AvroReader(bytes);
        if (!reader.Take(Magic.Length).SequenceEqual(Magic))
        {
            throw new FormatException("expected an Avro file, which begins with Obj and 1");
        }

        var metadata = ReadHeader(ref reader);
        var schema = AvroSchemaJson.Read(metadata.GetValueOrDefault("avro.schema", ""));
        var codec = metadata.GetValueOrDefault("avro.codec", "null");
        var sync = reader.Take(SyncBytes);
        var records = new List<AvroRecord>();
        while (!reader.IsAtEnd)
        {
            var count = reader.ReadLong();
            var block = Unpacked(codec, reader.ReadBytes());
            if (count < 0 || count > block.Length)
            {
                throw new FormatException($"expected at most {block.Length} Avro records in a block, found {count}");
            }

            var values = new AvroReader(block);
            for (var i = 0L; i < count; i++)
            {
                records.Add(values.Read(schema) as AvroRecord ?? throw new FormatException("expected Avro records"));
            }

            if (!values.IsAtEnd || !reader.Take(SyncBytes).SequenceEqual(sync))
            {
                throw new FormatException($"expected an Avro block of {count} records to end with the file's sync marker");
            }
        }

        return new AvroFile(schema, metadata, records);
    }

    private static Dictionary<string, string> ReadHeader(ref AvroReader reader)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var count = reader.ReadLong(); count != 0; count = reader.ReadLong())
        {
            if (count < 0)
            {
                reader.ReadLong();
            }

            for (var i = 0L; i < Math.Abs(count); i++)
            {
                var key = Encoding.UTF8.GetString(reader.ReadBytes());
                metadata[key] = Encoding.UTF8.GetString(reader.ReadBytes());
            }
        }

        return metadata;
    }

    private static byte[] Packed(ReadOnlySpan<byte> body)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(body);
        }

        return packed.ToArray();
    }

    private static byte[] Unpacked(string codec, ReadOnlySpan<byte> block)
    {
        switch (codec)
        {
            case "null":
                return block.ToArray();
            case "deflate":
                using (var packed = new MemoryStream(block.ToArray(), writable: false))
                using (var deflate = new DeflateStream(packed, CompressionMode.Decompress))
                {
                    return ReadAtMost(deflate);
                }

            default:
                throw new FormatException($"expected the Avro codec null or deflate, found {codec}");
        }
    }

    private static byte[] ReadAtMost(Stream source)
    {
        using var unpacked = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            for (var read = source.Read(buffer); read > 0; read = source.Read(buffer))
            {
                if (unpacked.Length + read > MaxBlockBytes)
                {
                    throw new FormatException($"expected an Avro block of at most {MaxBlockBytes} bytes");
                }

                unpacked.Write(buffer.AsSpan(0, read));
            }
        }
        catch (InvalidDataException error)
        {
            throw new FormatException("expected a block packed by deflate", error);
        }

        return unpacked.ToArray();
    }
}
