using Aurum.Store.Rows;

namespace Aurum.Tests.Store.Rows;

public sealed class HourRangesTests
{
    [Fact]
    public void Hours_in_any_order_equal_a_plain_set()
    {
        var random = new Random(3);
        for (var round = 0; round < 50; round++)
        {
            var ranges = new HourRanges();
            HashSet<long> set = [];
            for (var i = 0; i < 60; i++)
            {
                var hour = random.Next(-40, 40);
                Assert.Equal(set.Add(hour), ranges.Add(hour));
            }

            for (var hour = -45; hour < 45; hour++)
            {
                Assert.Equal(set.Contains(hour), ranges.Contains(hour));
                var through = hour + random.Next(5);
                Assert.Equal(set.Any(h => h >= hour && h <= through), ranges.Meets(hour, through));
            }

            Assert.All(ranges.Ranges.Zip(ranges.Ranges.Skip(1)), pair => Assert.True(pair.First.Through + 1 < pair.Second.From));
        }
    }
}
