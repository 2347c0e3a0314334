using Aurum.Curves.Building.Shapes;
using Aurum.Curves.Simulation;
using Aurum.Market.Time;
using NodaTime;

namespace Aurum.Tests.Curves.Simulation;

public sealed class PriceCalibrationTests
{
    private static readonly PeakCalendar Market = PeakCalendars.Shipped["pjm"] with { Zone = DateTimeZone.Utc };

    private static readonly PriceModel Truth = new()
    {
        ReversionPerDay = 0.9,
        ShortDeviation = [0.30, 0.30, 0.30, 0.30, 0.20, 0.20, 0.20, 0.20, 0.20, 0.20, 0.30, 0.30],
        LongVolatility = 0,
        Up = SpikeModel.Even(perYear: 50, meanSize: 400, halfLifeHours: 1.5),
        Down = SpikeModel.None,
        VolumeDeviation = 0.7,
        VolumeReversionPerDay = 0.7,
        Correlation = -0.5,
    };

    [Fact]
    public void The_numbers_of_a_simulated_history_are_found_again()
    {
        var (prices, output) = History(months: 24);
        var found = PriceCalibration.Of(prices, Market, output, capacityMw: 100).Model;

        // The calibration chooses its own shift: deviations are compared as amounts at the mean price of some 32.
        Assert.InRange(found.ShortDeviation[1] * (32 + found.ShiftPerMwh), 0.3 * 62 * 0.8, 0.3 * 62 * 1.2);
        Assert.InRange(found.ShortDeviation[1] / found.ShortDeviation[6], 1.2, 1.8);
        Assert.InRange(found.ReversionPerDay, 0.7, 1.5);
        Assert.InRange(found.Up.PerYear.Average(), 30, 65);
        Assert.InRange(found.Up.MeanSize, 300, 600);
        Assert.InRange(found.Up.HalfLifeHours, 0.7, 2.5);
        Assert.InRange(found.VolumeDeviation, 0.55, 0.8);
        Assert.InRange(found.VolumeReversionPerDay, 0.5, 1);
        Assert.InRange(found.Correlation, -0.65, -0.3);
    }

    [Fact]
    public void What_a_short_history_does_not_tell_is_a_default_and_is_said()
    {
        var (prices, _) = History(months: 4);
        var found = PriceCalibration.Of(prices, Market);

        Assert.Equal(new PriceModel().LongVolatility, found.Model.LongVolatility);
        Assert.Equal(new PriceModel().VolumeDeviation, found.Model.VolumeDeviation);
        Assert.Equal(120 * 24, found.Hours);
        Assert.Contains("long-term volatility 0.12: the default, for 4 months tell nothing of it", found.Notes);
        Assert.Contains("volumes: the defaults, deviation 0.60, correlation -0.20", found.Notes);
    }

    [Fact]
    public void A_history_of_less_than_sixty_days_is_refused()
    {
        var (prices, _) = History(months: 1);
        var refused = Assert.Throws<ArgumentException>(() => PriceCalibration.Of(prices, Market));
        Assert.Equal("expected 1440 hours of prices or more, found 744", refused.Message);
        Assert.Throws<ArgumentException>(() => PriceCalibration.Of(History(3).Prices, Market, History(3).Output, capacityMw: 0));
    }

    [Fact]
    public void Prices_that_never_move_give_a_model_that_does_not_either()
    {
        var flat = new HourlyHistory([.. Enumerable.Range(0, 2_000).Select(static i => new HourPrice(i * 3600L, 30))], 0);
        var found = PriceCalibration.Of(flat, Market).Model;
        Assert.All(found.ShortDeviation, static d => Assert.Equal(0, d, tolerance: 1e-9));
        Assert.False(found.Up.Happens || found.Down.Happens);
    }

    private static (HourlyHistory Prices, HourlyHistory Output) History(int months)
    {
        var plan = Plans.Of(months, Plans.Price, Plans.Sun);
        var paths = new SimulatedPaths(plan, Truth, seed: 8);
        return (Hours(paths.Prices[2]), Hours(paths.Volumes[2]));

        HourlyHistory Hours(double[] values) =>
            new([.. values.Select((value, i) => new HourPrice(plan.StartUnixSeconds + (i * 3600L), value))], 0);
    }
}
