using Aurum.Market.Feeds;
using Aurum.Market.Power;
using Aurum.Sources.Caiso;

namespace Aurum.Tests.Sources.Caiso;

[CollectionDefinition(nameof(LargeFileTests), DisableParallelization = true)]
public sealed class LargeFileCollection;

/// <summary>Memory stays bounded however large a file is. Alone, since memory is the process's.</summary>
[Collection(nameof(LargeFileTests))]
public sealed class LargeFileTests
{
    private const long MaxGrowthBytes = 150L << 20;

    [Fact]
    [Trait("Category", "Slow")]
    public void Five_gigabytes_of_prices_parse_in_less_than_300_megabytes()
    {
        using var content = new RepeatingPriceFile(nodes: 13_000);
        Assert.InRange(content.TotalBytes, 5_000_000_000, long.MaxValue);
        var memory = new MemoryWatch();
        var result = DayAheadLmp.Feed.Parse(new FeedFile("large.csv", () => content), memory);
        Assert.Equal(Outcome.Data, result.Outcome);
        Assert.Equal(content.Prices, memory.Prices);
        Assert.InRange(memory.MostManagedBytes, 0, MaxGrowthBytes);
        Assert.InRange(memory.MostWorkingSetBytes, 0, MaxGrowthBytes);
    }

    private sealed class MemoryWatch : IRowOutput<LmpRow>
    {
        private readonly long _managedBefore = GC.GetTotalMemory(forceFullCollection: true);
        private readonly long _workingSetBefore = Environment.WorkingSet;
        private long _batches;

        public long Prices { get; private set; }

        public long MostManagedBytes { get; private set; }

        public long MostWorkingSetBytes { get; private set; }

        public void OnRows(ReadOnlySpan<LmpRow> rows)
        {
            Prices += rows.Length;
            if (_batches++ % 256 == 0)
            {
                MostManagedBytes = Math.Max(MostManagedBytes, GC.GetTotalMemory(forceFullCollection: false) - _managedBefore);
                MostWorkingSetBytes = Math.Max(MostWorkingSetBytes, Environment.WorkingSet - _workingSetBefore);
            }
        }
    }
}
