using System.Globalization;
using System.Text;
using Aurum.Curves.Workbooks.Cells;

namespace Aurum.Tests.Curves.Workbooks;

/// <summary>Numbers of workbooks are the doubles that the platform's reader makes of them.</summary>
public sealed class DecimalTextTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("1")]
    [InlineData("0.1")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("31.596116322952852")]
    [InlineData("22.422504323176938")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740995")]
    [InlineData("900719925474099.3")]
    [InlineData("90071992547409.925")]
    [InlineData("9007199254740.9935")]
    [InlineData("9999999999999999999")]
    [InlineData("8.165999999999999659")]
    [InlineData("0.999999999999999999")]
    [InlineData("0.000000000000000001")]
    public void Digits_and_a_point_are_read(string text)
    {
        Assert.True(DecimalText.TryPlain(Encoding.ASCII.GetBytes(text), out var value), text);
        AssertBits(text, value);
    }

    [Theory]
    [InlineData("1.5E-3")]
    [InlineData("1e22")]
    [InlineData("+7")]
    [InlineData("12345678901234567890")]
    [InlineData("0.9999999999999999999")]
    [InlineData("1844674407370955161.5")]
    [InlineData("0.00000000000000000000001")]
    public void All_else_goes_to_the_platform(string text)
    {
        Assert.False(DecimalText.TryPlain(Encoding.ASCII.GetBytes(text), out _), text);
        Assert.True(DecimalText.TryParse(Encoding.ASCII.GetBytes(text), out var value), text);
        AssertBits(text, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1-")]
    [InlineData("ten")]
    [InlineData("1e999")]
    [InlineData("NaN")]
    [InlineData("1,5")]
    public void What_is_no_finite_number_is_refused(string text) =>
        Assert.False(DecimalText.TryParse(Encoding.ASCII.GetBytes(text), out _));

    [Fact]
    public void Whatever_is_written_reads_as_the_platform_reads_it() => Compare(new Random(7), 60_000);

    [Fact]
    [Trait("Category", "Slow")]
    public void Millions_of_numbers_read_as_the_platform_reads_them() => Compare(new Random(11), 6_000_000);

    /// <summary>Doubles in full, digits with a point anywhere, and texts that lie half way between two doubles.</summary>
    private static void Compare(Random random, int count)
    {
        Span<byte> utf8 = stackalloc byte[64];
        Span<char> text = stackalloc char[64];
        for (var i = 0; i < count; i++)
        {
            int length;
            if (i % 3 == 0)
            {
                var number = (random.NextDouble() - 0.3) * Math.Pow(10, random.Next(-3, 6));
                number.TryFormat(text, out length, "R", CultureInfo.InvariantCulture);
            }
            else
            {
                var digits = i % 3 == 1
                    ? (UInt128)(ulong)random.NextInt64() >> random.Next(63)
                    : (((UInt128)random.NextInt64(1L << 52, 1L << 53) << 1) + 1) >> random.Next(3);
                digits.TryFormat(text, out length, provider: CultureInfo.InvariantCulture);
                var point = random.Next(length + 1);
                text[point..length].CopyTo(text[(point + 1)..]);
                text[point] = '.';
                length++;
            }

            Encoding.ASCII.GetBytes(text[..length], utf8);
            var isPlain = DecimalText.TryPlain(utf8[..length], out var value);
            var expected = double.Parse(text[..length], CultureInfo.InvariantCulture);
            if (isPlain && BitConverter.DoubleToInt64Bits(expected) != BitConverter.DoubleToInt64Bits(value))
            {
                Assert.Fail($"{text[..length]}: expected {expected:R}, found {value:R}");
            }
        }
    }

    private static void AssertBits(string text, double value) => Assert.Equal(
        BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
}
