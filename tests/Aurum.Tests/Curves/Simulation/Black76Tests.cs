using Aurum.Curves.Simulation;

namespace Aurum.Tests.Curves.Simulation;

public sealed class Black76Tests
{
    /// <summary>Hull, "Options, futures and other derivatives", futures options: forward 20, strike 20, rate 9 %, four months,
    /// volatility 25 %: the put is worth 1.12.</summary>
    [Fact]
    public void The_textbooks_put_on_a_future_is_worth_1_12()
    {
        var value = Black76.Put(20, 20, 0.25 * Math.Sqrt(4.0 / 12), Math.Exp(-0.09 * 4 / 12));
        Assert.Equal(1.12, value, tolerance: 0.005);
    }

    [Fact]
    public void Call_less_put_is_the_discounted_forward_less_the_strike()
    {
        foreach (var strike in (double[])[-5, 0, 1, 39, 40, 41, 400])
        {
            Assert.Equal(0.9 * (40 - strike), Black76.Call(40, strike, 0.6, 0.9) - Black76.Put(40, strike, 0.6, 0.9), tolerance: 1e-10);
        }
    }

    [Fact]
    public void Without_deviation_an_option_is_worth_what_it_would_pay_at_once()
    {
        Assert.Equal(5, Black76.Call(40, 35, 0), tolerance: 1e-12);
        Assert.Equal(0, Black76.Put(40, 35, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Black76.Call(0, 35, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Black76.Call(40, 35, -0.1));
    }
}
