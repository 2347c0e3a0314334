using Aurum.Market.Text;

namespace Aurum.Tests.Market.Text;

public sealed class NearestNameTests
{
    private static readonly string[] Names = ["lmp", "energy", "congestion", "lmp_price", "expect_column_to_exist"];

    [Theory]
    [InlineData("lpm", "lmp")]
    [InlineData("LMP", "lmp")]
    [InlineData("enrgy", "energy")]
    [InlineData("price", "lmp_price")]
    [InlineData("expect_columns_to_exists", "expect_column_to_exist")]
    public void A_slip_of_the_pen_is_understood(string found, string meant) => Assert.Equal(meant, NearestName.To(found, Names));

    [Theory]
    [InlineData("")]
    [InlineData("e")]
    [InlineData("known_at")]
    public void Another_word_is_not_mistaken_for_a_name(string found) => Assert.Null(NearestName.To(found, Names));

    [Fact]
    public void A_text_of_any_length_is_compared()
    {
        var tail = new string('x', 1000);
        Assert.Equal("a" + tail, NearestName.To("b" + tail, ["lmp", "a" + tail]));
        Assert.Null(NearestName.To(tail, ["lmp"]));
    }
}
