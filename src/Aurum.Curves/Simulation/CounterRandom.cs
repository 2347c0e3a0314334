using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Aurum.Curves.Simulation;

/// <summary>Chance that is a function: value = f(seed, stream, counter). There is no state, so it is the same whichever thread asks,
/// how often and in which order.</summary>
/// <remarks>
/// <para>Source: Philox4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC 2011). The
/// counter is the low half of its 128-bit counter, the stream the high half, the seed its key.</para>
/// <para>Sixteen values are one group: eight consecutive blocks of 128 bits, whose first halves are the first eight values and whose
/// second halves the other eight. Uniforms are odd multiples of 2^-53, so neither 0 nor 1 is among them; normals are pairs of Box and
/// Muller out of the two halves of a block, up to 8.57 standard deviations.</para>
/// <para>Bits: integers and the operations add, multiply, divide, square root and fused multiply-add of IEEE 754, in one order on
/// eight lanes. The bits are the same on every processor of x64, whatever the width of its registers.</para>
/// </remarks>
/// <param name="seed">Streams of two seeds have nothing in common.</param>
public readonly struct CounterRandom(ulong seed)
{
    /// <summary>Values of a group; a fill that starts at a multiple of it and has a multiple of it is the fastest.</summary>
    public const int Group = 2 * Lanes;

    internal const int Lanes = 8;

    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;
    private const ulong LowWord = 0xFFFF_FFFF;

    private static readonly Vector512<ulong> Sequence = Vector512.CreateSequence(0UL, 1UL);

    public ulong Seed => seed;

    /// <summary>One uniform above 0 and below 1.</summary>
    public double Uniform(ulong stream, ulong counter)
    {
        Span<double> value = stackalloc double[1];
        Uniforms(stream, counter, value);
        return value[0];
    }

    /// <summary>One standard normal.</summary>
    public double Normal(ulong stream, ulong counter)
    {
        Span<double> value = stackalloc double[1];
        Normals(stream, counter, value);
        return value[0];
    }

    /// <summary>Uniforms above 0 and below 1: the values of <paramref name="counter"/> and of those that follow it.</summary>
    public void Uniforms(ulong stream, ulong counter, Span<double> values) => Fill(stream, counter, values, isNormal: false);

    /// <summary>Standard normals: the values of <paramref name="counter"/> and of those that follow it.</summary>
    public void Normals(ulong stream, ulong counter, Span<double> values) => Fill(stream, counter, values, isNormal: true);

    /// <summary>The 128 bits of eight pairs of block and stream.</summary>
    internal (Vector512<ulong> First, Vector512<ulong> Second) Bits(Vector512<ulong> block, Vector512<ulong> stream)
    {
        var c0 = block;
        var c1 = block >>> 32;
        var c2 = stream;
        var c3 = stream >>> 32;
        var m0 = Vector512.Create((ulong)Multiplier0);
        var m1 = Vector512.Create((ulong)Multiplier1);
        var (k0, k1) = ((uint)seed, (uint)(seed >> 32));
        for (var round = 0; round < Rounds; round++)
        {
            // High halves of c0 to c3 are left as they come: products take low halves only.
            var p0 = Product(c0, m0);
            var p1 = Product(c2, m1);
            c0 = (p1 >>> 32) ^ c1 ^ Vector512.Create((ulong)k0);
            c2 = (p0 >>> 32) ^ c3 ^ Vector512.Create((ulong)k1);
            c1 = p1;
            c3 = p0;
            k0 += Weyl0;
            k1 += Weyl1;
        }

        var low = Vector512.Create(LowWord);
        return ((c0 & low) | (c1 << 32), (c2 & low) | (c3 << 32));
    }

    private void Fill(ulong stream, ulong counter, Span<double> values, bool isNormal)
    {
        Span<double> group = stackalloc double[Group];
        while (values.Length > 0)
        {
            var skipped = (int)(counter % Group);
            if (skipped == 0 && values.Length >= Group)
            {
                FillGroup(stream, counter, values, isNormal);
                values = values[Group..];
                counter += Group;
                continue;
            }

            FillGroup(stream, counter - (uint)skipped, group, isNormal);
            var taken = Math.Min(Group - skipped, values.Length);
            group.Slice(skipped, taken).CopyTo(values);
            values = values[taken..];
            counter += (uint)taken;
        }
    }

    private void FillGroup(ulong stream, ulong counter, Span<double> values, bool isNormal)
    {
        var (first, second) = Bits(Vector512.Create(counter / 2) + Sequence, Vector512.Create(stream));
        var (a, b) = isNormal ? LaneMath.NormalPair(first, second) : (LaneMath.Uniform(first), LaneMath.Uniform(second));
        a.CopyTo(values);
        b.CopyTo(values[Lanes..]);
    }

    /// <summary>Products of the low 32 bits.</summary>
    private static Vector512<ulong> Product(Vector512<ulong> a, Vector512<ulong> b)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.Multiply(a.AsUInt32(), b.AsUInt32());
        }

        if (Avx2.IsSupported)
        {
            return Vector512.Create(
                Avx2.Multiply(a.GetLower().AsUInt32(), b.GetLower().AsUInt32()),
                Avx2.Multiply(a.GetUpper().AsUInt32(), b.GetUpper().AsUInt32()));
        }

        return (a & Vector512.Create(LowWord)) * b;
    }
}
