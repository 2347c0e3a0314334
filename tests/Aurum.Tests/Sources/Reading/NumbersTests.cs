using System.Globalization;
using System.Text;
using Aurum.Sources.Reading;

namespace Aurum.Tests.Sources.Reading;

public sealed class NumbersTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-119", -119)]
    [InlineData("41.57641", 41.57641)]
    [InlineData("-.37", -0.37)]
    [InlineData(".49", 0.49)]
    [InlineData("+1.5", 1.5)]
    [InlineData("10.", 10)]
    [InlineData("16908.0", 16908)]
    [InlineData("  12.5 ", 12.5)]
    [InlineData("1,234.5", 1234.5)]
    [InlineData("-12,345,678", -12345678)]
    [InlineData("1e3", 1000)]
    [InlineData("2.5E-3", 0.0025)]
    [InlineData("9007199254740993", 9007199254740992)]
    [InlineData("0.1234567890123456789", 0.1234567890123456789)]
    [InlineData("123456789012345678901234", 123456789012345678901234.0)]
    public void Reads_the_forms_that_publishers_print(string text, double expected) => Assert.Equal(expected, Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("n/a")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-inf")]
    [InlineData("1.2.3")]
    [InlineData("1 2")]
    [InlineData("--1")]
    [InlineData("1,23")]
    [InlineData(",123")]
    [InlineData("1,2345")]
    [InlineData("1,234,5")]
    [InlineData("1.234,567")]
    [InlineData("1e999")]
    [InlineData("12x")]
    [InlineData("0x10")]
    public void Refuses_what_is_no_number(string text) => Assert.Null(Parse(text));

    [Fact]
    public void Gives_the_nearest_double_for_random_decimals()
    {
        var random = new Random(1);
        for (var i = 0; i < 200_000; i++)
        {
            var digits = random.Next(1, 20);
            var text = new StringBuilder(random.Next(2) == 0 ? "-" : "");
            var point = random.Next(digits + 1);
            for (var d = 0; d < digits; d++)
            {
                text.Append(d == point ? "." : "").Append((char)('0' + random.Next(10)));
            }

            Assert.Equal(double.Parse(text.ToString(), CultureInfo.InvariantCulture), Parse(text.ToString()));
        }
    }

    [Theory]
    [InlineData("25", 25)]
    [InlineData(" 7 ", 7)]
    [InlineData("-3", -3)]
    [InlineData("7.1", null)]
    [InlineData("", null)]
    [InlineData("99999999999", null)]
    public void Reads_whole_numbers(string text, int? expected) =>
        Assert.Equal(expected, Numbers.TryParseInteger(Encoding.UTF8.GetBytes(text), out var value) ? value : null);

    private static double? Parse(string text) => Numbers.TryParseDecimal(Encoding.UTF8.GetBytes(text), out var value) ? value : null;
}
