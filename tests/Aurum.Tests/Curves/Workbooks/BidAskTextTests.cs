using System.Globalization;
using System.Text;
using Aurum.Curves.Workbooks;

namespace Aurum.Tests.Curves.Workbooks;

/// <summary>Bids and asks that share a cell.</summary>
public sealed class BidAskTextTests
{
    [Theory]
    [InlineData("32.163   /   32.370", 32.163, 32.370)]
    [InlineData("45/46", 45, 46)]
    [InlineData("45.0 - 46.5", 45, 46.5)]
    [InlineData("45.0–46.5", 45, 46.5)]
    [InlineData("-1.5 / -1.25", -1.5, -1.25)]
    [InlineData("-1.5 - -1.25", -1.5, -1.25)]
    [InlineData("(1.50) / (1.25)", -1.5, -1.25)]
    [InlineData("45,5 / 46,25", 45.5, 46.25)]
    [InlineData("1,145.50 / 1,146.00", 1145.5, 1146)]
    [InlineData("1.145,50 / 1.146,00", 1145.5, 1146)]
    [InlineData("1,145,000 / 1,146,000", 1_145_000, 1_146_000)]
    [InlineData("45 /", 45, double.NaN)]
    [InlineData("/ 46", double.NaN, 46)]
    [InlineData("- / 46", double.NaN, 46)]
    [InlineData("45 / NA", 45, double.NaN)]
    [InlineData("47 / 46", 47, 46)]
    public void Two_sides_are_read(string text, double bid, double ask)
    {
        Assert.True(BidAskText.TryParse(Encoding.UTF8.GetBytes(text), out var quote));
        Assert.Equal((bid, ask), (quote.Bid, quote.Ask));
        Assert.Equal(bid > ask, quote.IsCrossed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("45")]
    [InlineData("45-46")]
    [InlineData("1,145 / 1,146")]
    [InlineData("45 / 46 / 47")]
    [InlineData("bid / ask")]
    [InlineData("45 / 46x")]
    [InlineData("(-1) / 2")]
    [InlineData("1,14,500.0 / 2")]
    [InlineData("1e3 / 2e3")]
    public void What_could_mean_two_things_or_nothing_is_not_guessed(string text) =>
        Assert.False(BidAskText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void What_is_written_in_the_vendors_form_reads_back()
    {
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var bid = Math.Round((random.NextDouble() - 0.3) * 4_000, 3);
            var ask = Math.Round(bid + random.NextDouble(), 3);
            var text = string.Create(CultureInfo.InvariantCulture, $"{bid:F3}   /   {ask:F3}");
            Assert.True(BidAskText.TryParse(Encoding.UTF8.GetBytes(text), out var quote));
            Assert.Equal((bid, ask), (quote.Bid, quote.Ask));
        }
    }
}
