using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Aurum.Quality.Checks;

/// <summary>Looks at four values at once; marks are all ones where the answer is yes.</summary>
internal interface IVectorTest<T>
    where T : struct
{
    Vector256<T> Marks(Vector256<T> values);
}

/// <summary>Looks at four pairs of values at once.</summary>
internal interface IVectorPairTest<T>
    where T : struct
{
    Vector256<T> Marks(Vector256<T> left, Vector256<T> right);
}

/// <summary>The loops over columns of 64-bit values: four at a time, 64 to a word of the bitmap, no tail.</summary>
internal static class Loops
{
    /// <summary>Writes one bit a value. The values must be at least 64 a word.</summary>
    public static void Mark<T, TTest>(ReadOnlySpan<T> values, Span<ulong> marks, TTest test)
        where T : struct
        where TTest : struct, IVectorTest<T>
    {
        var vectors = MemoryMarshal.Cast<T, Vector256<T>>(values);
        for (var word = 0; word < marks.Length; word++)
        {
            var bits = 0UL;
            var sixteen = vectors.Slice(word << 4, 16);
            for (var i = 0; i < sixteen.Length; i++)
            {
                bits |= (ulong)test.Marks(sixteen[i]).ExtractMostSignificantBits() << (i << 2);
            }

            marks[word] = bits;
        }
    }

    /// <summary>Writes one bit a pair of values.</summary>
    public static void Mark<T, TTest>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<ulong> marks, TTest test)
        where T : struct
        where TTest : struct, IVectorPairTest<T>
    {
        var lefts = MemoryMarshal.Cast<T, Vector256<T>>(left);
        var rights = MemoryMarshal.Cast<T, Vector256<T>>(right);
        for (var word = 0; word < marks.Length; word++)
        {
            var bits = 0UL;
            for (var i = 0; i < 16; i++)
            {
                bits |= (ulong)test.Marks(lefts[(word << 4) + i], rights[(word << 4) + i])
                    .ExtractMostSignificantBits() << (i << 2);
            }

            marks[word] = bits;
        }
    }

    /// <summary>Marks values outside an inclusive range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Outside<T>(Vector256<T> values, Vector256<T> min, Vector256<T> max)
        where T : struct =>
        Vector256.LessThan(values, min) | Vector256.GreaterThan(values, max);
}
