using System.Buffers;
using System.Buffers.Binary;

namespace Aurum.App.Ticks.Lanes;

/// <summary>What a stage of a lane remembers, as bytes: a version, numbers, and parts that have checksums of their own.</summary>
internal static class LaneState
{
    private const int Version = 1;

    /// <summary>Writes numbers and parts.</summary>
    public static void Write(IBufferWriter<byte> to, ReadOnlySpan<long> numbers, params ReadOnlySpan<Action<IBufferWriter<byte>>> parts)
    {
        Number(to, Version);
        Number(to, numbers.Length);
        foreach (var number in numbers)
        {
            Number(to, number);
        }

        foreach (var part in parts)
        {
            var bytes = new ArrayBufferWriter<byte>();
            part(bytes);
            Number(to, bytes.WrittenCount);
            to.Write(bytes.WrittenSpan);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is of another version, or cut.</exception>
    public static (long[] Numbers, byte[][] Parts) Read(ReadOnlySpan<byte> state, int numbers, int parts)
    {
        var version = Take(ref state);
        var count = Take(ref state);
        if (version != Version || count != numbers)
        {
            throw new InvalidDataException(
                $"state of a lane: expected version {Version} with {numbers} numbers, found version {version} with {count}");
        }

        var found = new long[numbers];
        foreach (ref var number in found.AsSpan())
        {
            number = Take(ref state);
        }

        var pieces = new byte[parts][];
        foreach (ref var piece in pieces.AsSpan())
        {
            var length = Take(ref state);
            if (length < 0 || length > state.Length)
            {
                throw new InvalidDataException($"state of a lane: expected {length} bytes, found {state.Length}");
            }

            piece = state[..(int)length].ToArray();
            state = state[(int)length..];
        }

        return (found, pieces);
    }

    private static void Number(IBufferWriter<byte> to, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(to.GetSpan(sizeof(long)), number);
        to.Advance(sizeof(long));
    }

    private static long Take(ref ReadOnlySpan<byte> state)
    {
        if (state.Length < sizeof(long))
        {
            throw new InvalidDataException("state of a lane: expected a number, found its end");
        }

        var number = BinaryPrimitives.ReadInt64LittleEndian(state);
        state = state[sizeof(long)..];
        return number;
    }
}
