using System.Numerics;

namespace Aurum.Curves.Building.Algebra;

/// <summary>Arithmetic of rows of numbers.</summary>
internal static class Rows
{
    /// <summary>Adds <paramref name="factor"/> times a row to another one of the same length.</summary>
    public static void AddScaled(Span<double> target, ReadOnlySpan<double> row, double factor)
    {
        var i = 0;
        var factors = new Vector<double>(factor);
        for (; i <= row.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (new Vector<double>(target[i..]) + (factors * new Vector<double>(row[i..]))).CopyTo(target[i..]);
        }

        for (; i < row.Length; i++)
        {
            target[i] += factor * row[i];
        }
    }

    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary>Place of the number that is farthest from zero.</summary>
    public static int IndexOfLargest(ReadOnlySpan<double> row)
    {
        var at = 0;
        for (var i = 1; i < row.Length; i++)
        {
            at = Math.Abs(row[i]) > Math.Abs(row[at]) ? i : at;
        }

        return at;
    }
}
