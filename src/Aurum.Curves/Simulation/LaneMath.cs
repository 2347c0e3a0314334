using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Aurum.Curves.Simulation;

/// <summary>Functions of eight doubles at once: exponential and logarithm within two units in the last place, the others within 2e-15.
/// </summary>
/// <remarks>The library's own vector functions may round differently where a processor has no fused multiply-add. These use only
/// operations that IEEE 754 defines to the last bit, each fused one named, so that their bits hang on no processor.</remarks>
internal static class LaneMath
{
    private const ulong One = 0x3FF0_0000_0000_0000;
    private const ulong BitsOfTwoTo52 = 0x4330_0000_0000_0000;
    private const ulong MantissaMask = 0x000F_FFFF_FFFF_FFFF;
    private const int MantissaBits = 52;

    /// <summary>Half of 2^-52 is put on, so that a uniform is in the middle of its step.</summary>
    private const double UniformOffset = 1 - (1.0 / (1L << 53));

    /// <summary>1.5 · 2^52: adding it rounds to an integer, which is then in the low bits.</summary>
    private const double Rounder = 6755399441055744;

    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double ExpMin = -708;
    private const double ExpMax = 709;

    /// <summary>Odd multiples of 2^-53 between 0 and 1, out of the high 52 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Uniform(Vector512<ulong> bits) =>
        ((bits >>> 12) | Vector512.Create(One)).AsDouble() - Vector512.Create(UniformOffset);

    /// <summary>The distance from 0 of two independent standard normals; the angle is <see cref="SinCosTurn"/>. Source: G. E. P. Box
    /// and M. E. Muller (1958).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> NormalRadius(Vector512<ulong> bits) => Sqrt(Vector512.Create(-2.0) * Log(Uniform(bits)));

    /// <summary>Two independent standard normals: the radius from the first bits, the angle from the second.</summary>
    public static (Vector512<double> First, Vector512<double> Second) NormalPair(Vector512<ulong> first, Vector512<ulong> second)
    {
        var radius = Apart(first);
        var (sine, cosine) = SinCosTurn(second);
        return (radius * cosine, radius * sine);

        // Where a vector is two halves, the whole would be more than the compiler inlines.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static Vector512<double> Apart(Vector512<ulong> bits) => NormalRadius(bits);
    }

    /// <summary>The larger one; the second where they are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Max(Vector512<double> a, Vector512<double> b) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), a, b);

    /// <summary>The smaller one; the second where they are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Min(Vector512<double> a, Vector512<double> b) =>
        Vector512.ConditionalSelect(Vector512.LessThan(a, b), a, b);

    /// <summary>e^x; x is held between -708 and 709.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        x = Min(Max(x, Vector512.Create(ExpMin)), Vector512.Create(ExpMax));
        var shifted = Fma(x, Vector512.Create(1.4426950408889634), Vector512.Create(Rounder));
        var n = shifted - Vector512.Create(Rounder);
        var r = Fma(n, Vector512.Create(-Ln2High), x);
        r = Fma(n, Vector512.Create(-Ln2Low), r);
        // Taylor's series to r^13 / 13!: with |r| at most ln 2 / 2 the rest is below 1e-17.
        var p = Fma(Vector512.Create(1.0 / 6227020800), r, Vector512.Create(1.0 / 479001600));
        p = Fma(p, r, Vector512.Create(1.0 / 39916800));
        p = Fma(p, r, Vector512.Create(1.0 / 3628800));
        p = Fma(p, r, Vector512.Create(1.0 / 362880));
        p = Fma(p, r, Vector512.Create(1.0 / 40320));
        p = Fma(p, r, Vector512.Create(1.0 / 5040));
        p = Fma(p, r, Vector512.Create(1.0 / 720));
        p = Fma(p, r, Vector512.Create(1.0 / 120));
        p = Fma(p, r, Vector512.Create(1.0 / 24));
        p = Fma(p, r, Vector512.Create(1.0 / 6));
        p = Fma(p, r, Vector512.Create(0.5));
        p = Fma(p, r, Vector512<double>.One);
        p = Fma(p, r, Vector512<double>.One);
        return (p.AsUInt64() + (shifted.AsUInt64() << MantissaBits)).AsDouble();
    }

    /// <summary>The natural logarithm of a positive, normal number. Source of the coefficients: fdlibm, <c>e_log.c</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x)
    {
        // x = 2^k · m with m from √½ to √2: √2's mantissa is taken off before the exponent is read.
        var bits = x.AsUInt64();
        var moved = bits + Vector512.Create(One - 0x3FE6_A09E_667F_3BCDUL);
        var k = SmallToDouble(moved >>> MantissaBits) - Vector512.Create(1023.0);
        var m = ((moved & Vector512.Create(MantissaMask)) + Vector512.Create(0x3FE6_A09E_667F_3BCDUL)).AsDouble();
        var f = m - Vector512<double>.One;
        var s = f / (Vector512.Create(2.0) + f);
        var z = s * s;
        var p = Fma(Vector512.Create(1.479819860511658591e-01), z, Vector512.Create(1.531383769920937332e-01));
        p = Fma(p, z, Vector512.Create(1.818357216161805012e-01));
        p = Fma(p, z, Vector512.Create(2.222219843214978396e-01));
        p = Fma(p, z, Vector512.Create(2.857142874366239149e-01));
        p = Fma(p, z, Vector512.Create(3.999999999940941908e-01));
        p = Fma(p, z, Vector512.Create(6.666666666666735130e-01));
        var half = Vector512.Create(0.5) * f * f;
        var rest = Fma(s, Fma(p, z, half), k * Vector512.Create(Ln2Low));
        return Fma(k, Vector512.Create(Ln2High), f - (half - rest));
    }

    /// <summary>Integers below 2^52, which not every processor converts by itself: they are the low bits of 2^52 and more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> SmallToDouble(Vector512<ulong> value) =>
        (value | Vector512.Create(BitsOfTwoTo52)).AsDouble() - Vector512.Create(4503599627370496.0);

    /// <summary>Sine and cosine of a turn's share: the first two bits say the quarter, the other 52 the angle from its middle.
    /// Taylor's series to the fifteenth power: the rest is below 2e-15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<double> Sine, Vector512<double> Cosine) SinCosTurn(Vector512<ulong> bits)
    {
        var angle = (Uniform(bits << 2) - Vector512.Create(0.5)) * Vector512.Create(Math.PI / 2);
        var z = angle * angle;
        var s = Fma(Vector512.Create(-1.0 / 1307674368000), z, Vector512.Create(1.0 / 6227020800));
        s = Fma(s, z, Vector512.Create(-1.0 / 39916800));
        s = Fma(s, z, Vector512.Create(1.0 / 362880));
        s = Fma(s, z, Vector512.Create(-1.0 / 5040));
        s = Fma(s, z, Vector512.Create(1.0 / 120));
        s = Fma(s, z, Vector512.Create(-1.0 / 6));
        s = Fma(s * z, angle, angle);
        var c = Fma(Vector512.Create(-1.0 / 87178291200), z, Vector512.Create(1.0 / 479001600));
        c = Fma(c, z, Vector512.Create(-1.0 / 3628800));
        c = Fma(c, z, Vector512.Create(1.0 / 40320));
        c = Fma(c, z, Vector512.Create(-1.0 / 720));
        c = Fma(c, z, Vector512.Create(1.0 / 24));
        c = Fma(c, z, Vector512.Create(-0.5));
        c = Fma(c, z, Vector512<double>.One);

        // A quarter turn puts (s, c) to (c, -s), half a turn to (-s, -c).
        var isEven = Vector512.Equals(bits & Vector512.Create(1UL << 62), Vector512<ulong>.Zero).AsDouble();
        var sine = Vector512.ConditionalSelect(isEven, s, c);
        var cosine = Vector512.ConditionalSelect(isEven, c, s);
        var sign = Vector512.Create(1UL << 63);
        var sineSign = bits & sign;
        var cosineSign = (bits ^ (bits << 1)) & sign;
        return ((sine.AsUInt64() ^ sineSign).AsDouble(), (cosine.AsUInt64() ^ cosineSign).AsDouble());
    }

    /// <summary>The probability that a standard normal is at most x, to 1e-15 and to eight digits down to 1e-12. Source: J. F. Hart's
    /// rational approximation as G. West prints it, "Better approximations to cumulative normal functions" (Wilmott, 2005).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Phi(Vector512<double> x) => PhiOf(x, PhiExponential(x));

    /// <summary>The exponential in <see cref="Phi"/>, for those who compute it apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> PhiExponential(Vector512<double> x) => Exp(Vector512.Create(-0.5) * x * x);

    /// <summary><see cref="Phi"/> of x with <see cref="PhiExponential"/> of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> PhiOf(Vector512<double> x, Vector512<double> exponential)
    {
        var a = Min(Vector512.Abs(x), Vector512.Create(40.0));
        var n = Fma(Vector512.Create(3.52624965998911e-02), a, Vector512.Create(0.700383064443688));
        n = Fma(n, a, Vector512.Create(6.37396220353165));
        n = Fma(n, a, Vector512.Create(33.912866078383));
        n = Fma(n, a, Vector512.Create(112.079291497871));
        n = Fma(n, a, Vector512.Create(221.213596169931));
        n = Fma(n, a, Vector512.Create(220.206867912376));
        var d = Fma(Vector512.Create(8.83883476483184e-02), a, Vector512.Create(1.75566716318264));
        d = Fma(d, a, Vector512.Create(16.064177579207));
        d = Fma(d, a, Vector512.Create(86.7807322029461));
        d = Fma(d, a, Vector512.Create(296.564248779674));
        d = Fma(d, a, Vector512.Create(637.333633378831));
        d = Fma(d, a, Vector512.Create(793.826512519948));
        d = Fma(d, a, Vector512.Create(440.413735824752));
        var tail = exponential * n / d;
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<double>.Zero), Vector512<double>.One - tail, tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Fma(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
        Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Sqrt(Vector512<double> x) => Vector512.IsHardwareAccelerated
        ? Vector512.Sqrt(x)
        : Vector512.Create(Vector256.Sqrt(x.GetLower()), Vector256.Sqrt(x.GetUpper()));
}
