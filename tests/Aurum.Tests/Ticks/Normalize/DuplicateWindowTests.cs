using Aurum.Ticks.Normalize;

namespace Aurum.Tests.Ticks.Normalize;

public sealed class DuplicateWindowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_was_removed_is_forgotten_and_all_else_is_found(int seed)
    {
        // Few different homes, so that keys stand in long runs that also go over the table's end.
        var random = new Random(seed);
        var window = new DuplicateWindow(64, long.MaxValue);
        var kept = new HashSet<MessageKey>();
        for (var i = 1; i <= 60; i++)
        {
            var key = new MessageKey((ulong)random.Next(118, 130), (ulong)i);
            window.Add(in key, 0);
            kept.Add(key);
            if (random.Next(3) == 0)
            {
                var gone = kept.ElementAt(random.Next(kept.Count));
                kept.Remove(gone);
                window.Remove(in gone);
                Assert.False(window.Has(in gone));
            }

            Assert.All(kept, k => Assert.True(window.Has(in k)));
        }
    }

    [Fact]
    public void When_keys_are_forgotten_does_not_hang_on_when_others_were_removed()
    {
        var (early, late) = (new DuplicateWindow(4, long.MaxValue), new DuplicateWindow(4, long.MaxValue));
        early.Add(new MessageKey(1, 1), 0);
        early.Remove(new MessageKey(1, 1));
        late.Add(new MessageKey(1, 1), 0);
        for (ulong i = 2; i < 12; i++)
        {
            early.Add(new MessageKey(i, i), 0);
            late.Add(new MessageKey(i, i), 0);
            late.Remove(new MessageKey(1, 1));
            for (ulong key = 1; key < 12; key++)
            {
                Assert.Equal(early.Has(new MessageKey(key, key)), late.Has(new MessageKey(key, key)));
            }
        }
    }
}
