namespace Aurum.Curves.Scenarios.Running;

/// <summary>Prices as whole millionths, so that sums and differences of what is printed are exact.</summary>
internal static class Micros
{
    /// <summary>Largest price that is taken, in any unit: a billion.</summary>
    public const double MaxPrice = 1e9;

    private const double PerUnit = 1e6;
    private const byte Decimals = 6;

    /// <summary>The nearest millionth, half to even.</summary>
    public static long Of(double price) => (long)Math.Round(price * PerUnit);

    /// <summary>Six decimals.</summary>
    public static decimal ToDecimal(long micros)
    {
        var size = (ulong)Math.Abs(micros);
        return new decimal((int)(uint)size, (int)(uint)(size >> 32), 0, micros < 0, Decimals);
    }

    /// <summary>The mean by weights, to the nearest millionth, half to even.</summary>
    public static long Mean(ReadOnlySpan<long> micros, ReadOnlySpan<int> weights)
    {
        var (sum, weight) = (Int128.Zero, 0L);
        for (var i = 0; i < micros.Length; i++)
        {
            sum += (Int128)micros[i] * weights[i];
            weight += weights[i];
        }

        var (quotient, rest) = Int128.DivRem(sum, weight);
        var twice = 2 * Int128.Abs(rest);
        return (long)(twice > weight || (twice == weight && Int128.IsOddInteger(quotient)) ? quotient + Int128.Sign(rest) : quotient);
    }
}
