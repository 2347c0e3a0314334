using System.Buffers.Binary;
using Aurum.Store.Avro;

namespace Aurum.Cluster.Contracts;

/// <summary>The five bytes before an event's Avro: 0, then the id of its schema in the registry, big-endian.</summary>
/// <remarks>Source: "Wire format" in the documentation of Confluent Schema Registry.</remarks>
public static class ConfluentFrame
{
    public const int HeadBytes = 1 + sizeof(int);

    private const byte Magic = 0;

    public static void Write(AvroBuffer output, int schemaId)
    {
        var room = output.Room(HeadBytes);
        room[0] = Magic;
        BinaryPrimitives.WriteInt32BigEndian(room[1..], schemaId);
        output.Advance(HeadBytes);
    }

    /// <summary>The schema's id, and the Avro after it.</summary>
    /// <exception cref="FormatException">Not such a message.</exception>
    public static int Read(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> avro)
    {
        if (message.Length < HeadBytes || message[0] != Magic)
        {
            var found = Convert.ToHexStringLower(message[..Math.Min(HeadBytes, message.Length)]);
            throw new FormatException(
                $"expected a message that begins with 0 and the 4 bytes of a schema id, found {message.Length} bytes with {found} first");
        }

        avro = message[HeadBytes..];
        return BinaryPrimitives.ReadInt32BigEndian(message[1..]);
    }
}
