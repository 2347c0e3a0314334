using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Aurum.Ticks.Reading;

/// <summary>Finds what ends or changes the letters of a JSON text.</summary>
internal static class JsonSpecials
{
    private const int VectorBytes = 32;

    /// <summary>The next quote, backslash or control character; the end where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(ReadOnlySpan<byte> text, int at)
    {
        if (at + VectorBytes <= text.Length)
        {
            var mask = BitsAt(text, at);
            if (mask != 0)
            {
                return at + BitOperations.TrailingZeroCount(mask);
            }
        }

        return IndexOfFar(text, at);
    }

    private static int IndexOfFar(ReadOnlySpan<byte> text, int at)
    {
        for (; at + VectorBytes <= text.Length; at += VectorBytes)
        {
            var mask = BitsAt(text, at);
            if (mask != 0)
            {
                return at + BitOperations.TrailingZeroCount(mask);
            }
        }

        while (at < text.Length && text[at] is >= 0x20 and not ((byte)'"' or (byte)'\\'))
        {
            at++;
        }

        return at;
    }

    /// <summary>A bit for each of 32 bytes that is a quote, a backslash or a control character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint BitsAt(ReadOnlySpan<byte> text, int at)
    {
        var block = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)at);
        var special = Vector256.Equals(block, Vector256.Create((byte)'"'))
            | Vector256.Equals(block, Vector256.Create((byte)'\\'))
            | Vector256.Equals(Vector256.Min(block, Vector256.Create((byte)0x1F)), block);
        return special.ExtractMostSignificantBits();
    }

    /// <summary>Whether what stands behind a backslash makes an escape of JSON.</summary>
    public static bool IsEscape(ReadOnlySpan<byte> behindBackslash)
    {
        if (behindBackslash.IsEmpty)
        {
            return false;
        }

        if (behindBackslash[0] != 'u')
        {
            return behindBackslash[0] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r'
                or (byte)'t';
        }

        return behindBackslash.Length >= 5
            && char.IsAsciiHexDigit((char)behindBackslash[1]) && char.IsAsciiHexDigit((char)behindBackslash[2])
            && char.IsAsciiHexDigit((char)behindBackslash[3]) && char.IsAsciiHexDigit((char)behindBackslash[4]);
    }
}
