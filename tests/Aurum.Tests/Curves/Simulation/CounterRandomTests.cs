using System.Runtime.Intrinsics;
using Aurum.Curves.Simulation;

namespace Aurum.Tests.Curves.Simulation;

public sealed class CounterRandomTests
{
    private const int Many = 1 << 18;

    /// <summary>The known answers of Random123's <c>kat_vectors</c>, in the order counter 0 to 3, key 0 to 1.</summary>
    [Theory]
    [InlineData("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8")]
    [InlineData("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd")]
    [InlineData("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1")]
    public void Philox_has_its_known_answers(string counter, string key, string answer)
    {
        var c = Words(counter);
        var bits = new CounterRandom(Words(key)[0]).Bits(Vector512.Create(c[0]), Vector512.Create(c[1]));

        Assert.Equal(Vector512.Create(Words(answer)[0]), bits.First);
        Assert.Equal(Vector512.Create(Words(answer)[1]), bits.Second);
    }

    [Fact]
    public void A_value_is_the_same_however_it_is_asked_for()
    {
        var random = new CounterRandom(42);
        var whole = new double[200];
        random.Normals(stream: 7, counter: 5, whole);

        for (var start = 0; start < whole.Length; start += 13)
        {
            var part = new double[Math.Min(29, whole.Length - start)];
            random.Normals(7, 5 + (ulong)start, part);
            Assert.Equal(whole.AsSpan(start, part.Length).ToArray(), part);
            Assert.Equal(whole[start], random.Normal(7, 5 + (ulong)start));
        }
    }

    [Fact]
    public void Frozen_values_keep_their_meaning()
    {
        var random = new CounterRandom(20251121);

        Assert.Equal(0.5954098247662755, random.Uniform(1, 0));
        Assert.Equal(0.28232024866411976, random.Uniform(1, 9));
        Assert.Equal(-0.16643477321751252, random.Normal(3, 1UL << 40));
        Assert.Equal(-1.4270292763089705, random.Normal(3, 8 + (1UL << 40)));
    }

    [Fact]
    public void Uniforms_lie_between_0_and_1_and_fill_it_evenly()
    {
        var values = Uniforms(seed: 1, stream: 0);
        Array.Sort(values);

        Assert.True(values[0] > 0 && values[^1] < 1);
        Assert.InRange(Distance(values, static x => x), 0, 1.63 / Math.Sqrt(Many));
    }

    [Fact]
    public void Normals_have_the_moments_and_the_distribution_of_normals()
    {
        var values = Normals(seed: 2, stream: 9);
        Assert.InRange(values.Average(), -4 / Math.Sqrt(Many), 4 / Math.Sqrt(Many));
        Assert.InRange(values.Average(static x => x * x), 1 - (4 * Math.Sqrt(2.0 / Many)), 1 + (4 * Math.Sqrt(2.0 / Many)));
        Assert.InRange(values.Average(static x => x * x * x), -4 * Math.Sqrt(15.0 / Many), 4 * Math.Sqrt(15.0 / Many));
        Assert.InRange(values.Average(static x => x * x * x * x), 3 - (4 * Math.Sqrt(96.0 / Many)), 3 + (4 * Math.Sqrt(96.0 / Many)));

        Array.Sort(values);
        Assert.InRange(Distance(values, NormalDistribution.Below), 0, 1.63 / Math.Sqrt(Many));
    }

    [Fact]
    public void Streams_counters_and_seeds_are_not_correlated()
    {
        var values = Normals(seed: 3, stream: 0);
        var limit = 4 / Math.Sqrt(Many);

        Assert.InRange(Correlation(values, Normals(seed: 3, stream: 1)), -limit, limit);
        Assert.InRange(Correlation(values, Normals(seed: 3, stream: 1UL << 32)), -limit, limit);
        Assert.InRange(Correlation(values, Normals(seed: 4, stream: 0)), -limit, limit);
        foreach (var lag in (int[])[1, 8, 16])
        {
            Assert.InRange(Correlation(values.AsSpan(lag), values.AsSpan(0, Many - lag)), -limit, limit);
        }
    }

    private static double[] Uniforms(ulong seed, ulong stream)
    {
        var values = new double[Many];
        new CounterRandom(seed).Uniforms(stream, 0, values);
        return values;
    }

    private static double[] Normals(ulong seed, ulong stream)
    {
        var values = new double[Many];
        new CounterRandom(seed).Normals(stream, 0, values);
        return values;
    }

    /// <summary>Kolmogorov's distance of sorted values from a distribution.</summary>
    private static double Distance(double[] sorted, Func<double, double> distribution)
    {
        var most = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var p = distribution(sorted[i]);
            most = Math.Max(most, Math.Max(p - ((double)i / sorted.Length), ((double)(i + 1) / sorted.Length) - p));
        }

        return most;
    }

    private static double Correlation(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum / a.Length;
    }

    /// <summary>Pairs of 32-bit words, the low one first.</summary>
    private static ulong[] Words(string text) =>
        [.. text.Split(' ').Select(static word => Convert.ToUInt32(word, 16)).Chunk(2).Select(static w => w[0] | ((ulong)w[1] << 32))];
}
