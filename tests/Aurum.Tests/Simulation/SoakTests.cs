using Aurum.App.Simulation;

namespace Aurum.Tests.Simulation;

/// <summary>Months of virtual time in one process, whose memory is measured as a whole: no other test runs meanwhile.</summary>
[CollectionDefinition(nameof(SoakTests), DisableParallelization = true)]
[Collection(nameof(SoakTests))]
public sealed class SoakTests
{
    private const long MiB = 1 << 20;

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_month_of_feeds_that_take_turns_holds_every_law_and_memory_stays_flat()
    {
        using var folder = new TestFolder();
        var options = new SimulationOptions(1, 30, HasFaults: true, HasAllFeeds: true) { Publishers = ["nyiso", "ecb"] };
        using var life = new SimulatedLife(options, folder.Path);
        using var platform = life.Open();
        var soak = new Soak(life, months: 1);
        var weeks = new List<int>();

        await soak.Run(platform, weeks.Add, CancellationToken.None);

        var laws = new LawBook(life, platform).Check(CancellationToken.None, replays: false);
        Assert.All(laws, law => Assert.True(law.Broken == 0, $"{law.Law}: {string.Join("; ", law.Examples)}"));
        Assert.True(laws.Sum(l => l.Checked) > 10_000);
        Assert.Equal([1, 2, 3, 4, 5], weeks);
        Assert.Equal(5, soak.Samples.Count);
        Assert.Equal(life.Feeds.Select(f => f.Id.Text).Order(),
            life.Stretches.SelectMany(s => s.Feeds).Select(f => f.Id.Text).Distinct().Order());
        Assert.Null(MemorySample.Growth(soak.Samples));
    }

    [Fact]
    public void Memory_that_fills_a_cache_is_flat_and_memory_that_grows_week_by_week_is_not()
    {
        MemorySample[] filling = [.. Enumerable.Range(1, 30).Select(week => new MemorySample(Math.Min(week * 10, 60) * MiB, 500 * MiB))];
        MemorySample[] leaking = [.. Enumerable.Range(1, 30).Select(week => new MemorySample(week * 10 * MiB, 500 * MiB))];
        MemorySample[] leakingOutside =
            [.. Enumerable.Range(1, 30).Select(week => new MemorySample(60 * MiB, (500 + (week * 40)) * MiB))];

        Assert.Null(MemorySample.Growth(filling));
        Assert.Null(MemorySample.Growth(filling[..1]));
        Assert.Equal(
            "the managed heap grew from at most 150 MiB in the first half to 300 MiB in the second", MemorySample.Growth(leaking));
        Assert.Equal(
            "the resident memory grew from at most 1100 MiB in the first half to 1700 MiB in the second",
            MemorySample.Growth(leakingOutside));
    }
}
