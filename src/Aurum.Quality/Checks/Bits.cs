using System.Numerics;

namespace Aurum.Quality.Checks;

/// <summary>Bitmaps of rows: one bit a row, lowest first, in words of 64.</summary>
internal static class Bits
{
    public static int WordsFor(int rows) => (rows + 63) >> 6;

    public static int Count(ReadOnlySpan<ulong> words)
    {
        var count = 0;
        foreach (var word in words)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }

    /// <summary>Sets the bits of the first rows, and no other.</summary>
    public static void SetFirst(Span<ulong> words, int rows)
    {
        words.Fill(ulong.MaxValue);
        if ((rows & 63) != 0)
        {
            words[^1] = ulong.MaxValue >> (64 - (rows & 63));
        }
    }

    public static void And(Span<ulong> words, ReadOnlySpan<ulong> other)
    {
        for (var i = 0; i < words.Length; i++)
        {
            words[i] &= other[i];
        }
    }
}
