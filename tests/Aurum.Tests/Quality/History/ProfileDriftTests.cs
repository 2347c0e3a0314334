using Aurum.Quality.History;

namespace Aurum.Tests.Quality.History;

public sealed class ProfileDriftTests
{
    private static readonly StabilityExpectation Limits =
        new("stable", "mw", Days: 28, MinDays: 7, MaxPsi: 3, MaxMeanShift: 3, MaxMissing: 0.1);

    private static readonly IReadOnlyList<IReadOnlyList<DayProfile>> Past =
        [.. Enumerable.Range(0, 10).Select(day => (IReadOnlyList<DayProfile>)[Of(Values(day))])];

    [Fact]
    public void Days_of_the_same_kind_are_no_drift()
    {
        for (var seed = 100; seed < 300; seed++)
        {
            Assert.Empty(Changes(Of(Values(seed))));
        }
    }

    [Fact]
    public void A_file_in_other_units_shows_in_range_or_mean()
    {
        Assert.Contains("mean", Changes(Of([.. Values(1).Select(v => v / 1000)])));
        Assert.Contains("value-range", Changes(Of([.. Values(1).Select(v => v * 1000)])));
    }

    [Fact]
    public void Values_that_are_missing_are_told()
    {
        var half = Of(Values(1)) with { Known = 48 };

        Assert.Equal(["missing-share"], Changes(half));
    }

    [Fact]
    public void A_flat_line_has_another_spread_and_shape() =>
        Assert.Equal(["distribution", "spread"], Changes(Of([.. Values(1).Select((_, i) => 1000 + (i * 0.1))])));

    [Fact]
    public void Units_and_series_that_come_and_go_are_told()
    {
        Assert.Equal(["lost-unit", "new-unit"], Changes(Of(Values(1)) with { Unit = "kW" }));
        Assert.Equal(["lost-series", "new-series"], Changes(Of(Values(1)) with { Members = ["a", "c"] }));
    }

    [Fact]
    public void Too_short_a_past_says_nothing() =>
        Assert.Empty(ProfileDrift.Changes([Of([1, 2, 3])], [.. Past.Take(6)], Limits));

    [Fact]
    public void A_day_without_a_known_value_is_missing_and_nothing_else()
    {
        var nothing = Of(Values(1)) with
        {
            Known = 0, Mean = double.NaN, Spread = double.NaN, Least = double.NaN, Most = double.NaN,
            Deciles = [.. Enumerable.Repeat(double.NaN, DayProfile.DecileCount)],
        };

        Assert.Equal(["missing-share"], Changes(nothing));
    }

    [Fact]
    public void The_stability_index_is_zero_for_the_same_values_and_grows_with_the_shift()
    {
        var day = Of(Values(3));
        Assert.Equal(0, ProfileDrift.Psi(day, [day]), 6);

        var last = 0.0;
        foreach (var shift in (double[])[100, 300, 600])
        {
            var index = ProfileDrift.Psi(Of([.. Values(3).Select(v => v + shift)]), [day]);
            Assert.True(index > last, $"{shift}: {index}");
            last = index;
        }
    }

    private static IEnumerable<string> Changes(DayProfile day) =>
        ProfileDrift.Changes([day], Past, Limits).Select(c => c.Kind).Order(StringComparer.Ordinal);

    /// <summary>96 readings of a day that rises and falls.</summary>
    private static double[] Values(int seed)
    {
        var random = new Random(seed);
        var level = 1000 + (50 * random.NextDouble());
        return [.. Enumerable.Range(0, 96).Select(i => level + (300 * Math.Sin(i / 15.0)) + (20 * random.NextDouble()))];
    }

    private static DayProfile Of(double[] values)
    {
        var sorted = values.Order().ToArray();
        var mean = values.Average();
        return new DayProfile(
            "MW", values.Length, values.Length, mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), sorted[0], sorted[^1],
            [.. Enumerable.Range(0, 11).Select(i => sorted[(int)Math.Round(i / 10.0 * (sorted.Length - 1))])], 2, ["a", "b"]);
    }
}
