using Aurum.Quality.Checks;

namespace Aurum.Tests.Quality.Checks;

public sealed class OffGridRowsTests
{
    [Theory]
    [InlineData(1, 3_000, 40)]
    [InlineData(2, 5, 100_000)]
    [InlineData(3, 60_000, 9_000)]
    public void Says_what_a_table_of_all_keys_says(int seed, int series, int intervals)
    {
        var dice = new Random(seed);
        var rows = new OffGridRows();
        var known = new Dictionary<OffGridKey, uint>();
        for (var i = 0; i < 30_000; i++)
        {
            var start = 60L * dice.Next(intervals);
            var key = new OffGridKey(dice.Next(series), start, start + dice.Next(2));
            var hash = (uint)dice.Next(3);
            var said = Math.Max(1, hash);
            var expected = known.TryAdd(key, said) ? Sighting.First : known[key] == said ? Sighting.Identical : Sighting.Conflicting;
            Assert.Equal(expected, rows.Mark(key.Series, key.Start, key.End, hash));
        }

        Assert.Equal(known.Count, rows.Count);
        Assert.Equal(known.Keys.ToHashSet(), rows.ToHashSet());
    }
}
