using System.Buffers;
using System.Buffers.Binary;
using Aurum.Market.Ticks;

namespace Aurum.Ticks.State;

/// <summary>Around a saved state: <c>AuTS</c>, version (4 bytes), length of what follows (4), CRC-32C of version, length and what follows
/// (4), little-endian.</summary>
internal static class StateEnvelope
{
    private const uint Version = 1;
    private const int HeadBytes = 16;
    private const int CrcAt = 12;

    private static ReadOnlySpan<byte> Magic => "AuTS"u8;

    public static void Write(IBufferWriter<byte> to, ReadOnlySpan<byte> state)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        Magic.CopyTo(head);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], state.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[CrcAt..], CrcOf(head, state));
        to.Write(head);
        to.Write(state);
    }

    /// <returns>What was wrapped.</returns>
    /// <exception cref="InvalidDataException">Other bytes than were written, or another version.</exception>
    public static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadBytes || !bytes.StartsWith(Magic))
        {
            throw new InvalidDataException("saved state: expected AuTS at its beginning, found other bytes");
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (version != Version)
        {
            throw new InvalidDataException($"saved state: expected version {Version}, found {version}");
        }

        var state = bytes[HeadBytes..];
        if (BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) != state.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[CrcAt..]) != CrcOf(bytes, state))
        {
            throw new InvalidDataException("saved state: expected the bytes of its length and checksum, found others");
        }

        return state;
    }

    private static uint CrcOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> state) => Crc32C.Append(Crc32C.Of(head[4..CrcAt]), state);
}
