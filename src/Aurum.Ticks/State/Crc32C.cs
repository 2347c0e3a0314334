using System.Buffers.Binary;
using System.Numerics;

namespace Aurum.Ticks.State;

/// <summary>CRC-32C (Castagnoli), as processors compute it.</summary>
internal static class Crc32C
{
    /// <summary>The CRC of bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>The CRC of what another one is of, with bytes behind it.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = ~crc;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
