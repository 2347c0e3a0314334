using Aurum.Quality.History;

namespace Aurum.Tests.Quality.History;

public sealed class SeasonalBandTests
{
    [Fact]
    public void One_spike_in_the_past_does_not_widen_the_band()
    {
        var calm = SeasonalBand.Of([10, 11, 9, 10, 12, 8], 5, 0);
        var spiked = SeasonalBand.Of([10, 11, 9, 10, 12, 2000], 5, 0);

        Assert.InRange(spiked.Most, calm.Median, 3 * calm.Most);
        Assert.False(spiked.Holds(2000));
    }

    [Fact]
    public void A_past_that_repeats_itself_leaves_room_for_the_next_digit()
    {
        var band = SeasonalBand.Of([100, 100, 100, 100], 5, 0);

        Assert.Equal((100, 90, 110), (band.Median, band.Least, band.Most));
    }

    [Fact]
    public void Bands_hold_what_normal_values_bring_and_not_what_is_far_from_them()
    {
        var random = new Random(20260512);
        for (var run = 0; run < 300; run++)
        {
            var (mean, spread) = ((random.NextDouble() - 0.5) * 1000, 1 + (50 * random.NextDouble()));
            double Next() => mean + (spread * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
            var history = Enumerable.Range(0, 8).Select(_ => Next()).ToArray();
            var band = SeasonalBand.Of(history, 12, spread / 4);

            Assert.True(band.Holds(Next()), $"run {run}");
            Assert.False(band.Holds(mean + (band.Deviation * 12) + (5 * spread)), $"run {run}");
        }
    }

    [Fact]
    public void The_median_is_the_middle_in_any_order()
    {
        var random = new Random(7);
        for (var count = 1; count < 40; count++)
        {
            var values = Enumerable.Range(0, count).Select(i => (double)i).ToArray();
            random.Shuffle(values);

            Assert.Equal((count - 1) / 2.0, SeasonalBand.MedianOf(values));
        }

        Assert.Throws<ArgumentException>(() => SeasonalBand.MedianOf([]));
    }
}
