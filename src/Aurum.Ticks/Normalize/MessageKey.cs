using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Aurum.Ticks.Normalize;

/// <summary>128 bits that stand for a message's tenant and event id. Two ids of a stream are the same for them with a chance below
/// one in 10^20 for 10^9 messages; the hash does not resist a tenant that searches for collisions among its own ids.</summary>
internal readonly record struct MessageKey(ulong High, ulong Low)
{
    private const ulong Secret1 = 0xA0761D6478BD642F;
    private const ulong Secret2 = 0xE7037ED1A0B428DB;
    private const ulong Secret3 = 0x8EBC6AF09C88C6E3;
    private const ulong Secret4 = 0x589965CC75374CC3;

    /// <summary>The key of some bytes that follow what another key stands for.</summary>
    public MessageKey Then(ReadOnlySpan<byte> text)
    {
        var high = High ^ Secret1;
        var low = Low ^ Secret2 ^ (ulong)text.Length;
        ref var at = ref MemoryMarshal.GetReference(text);
        var left = text.Length;
        for (; left >= 16; left -= 16, at = ref Unsafe.Add(ref at, 16))
        {
            Mix(ref high, ref low, Unsafe.ReadUnaligned<ulong>(ref at), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, 8)));
        }

        if (left > 0)
        {
            var (first, second) = Tail(text);
            Mix(ref high, ref low, first, second ^ Secret3);
        }

        return new MessageKey(high, low);
    }

    /// <summary>The last 16 bytes, with those before that were mixed in already; of shorter texts all of them, some twice.</summary>
    private static (ulong First, ulong Second) Tail(ReadOnlySpan<byte> text)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        if (text.Length >= 8)
        {
            return (
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, Math.Max(0, text.Length - 16))),
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, text.Length - 8)));
        }

        ulong value = 0;
        foreach (var b in text)
        {
            value = (value << 8) | b;
        }

        return (value, (ulong)text.Length);
    }

    /// <summary>The key with a number behind it.</summary>
    public MessageKey Then(long number)
    {
        var (high, low) = this;
        Mix(ref high, ref low, (ulong)number, Secret4);
        return new MessageKey(high, low);
    }

    private static void Mix(ref ulong high, ref ulong low, ulong first, ulong second)
    {
        var a = Math.BigMul(first ^ high ^ Secret2, second ^ Secret1, out var aLow);
        var b = Math.BigMul(second ^ low ^ Secret4, first ^ Secret3, out var bLow);
        high = a ^ aLow ^ System.Numerics.BitOperations.RotateLeft(low, 23);
        low = b ^ bLow ^ System.Numerics.BitOperations.RotateLeft(high, 41);
    }
}
