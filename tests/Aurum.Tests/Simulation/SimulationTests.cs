using System.Collections.Concurrent;
using System.Globalization;
using Aurum.App.Simulation;

namespace Aurum.Tests.Simulation;

/// <summary>Whole lives under virtual time with faults and kills; afterwards every law of the design must hold.</summary>
public sealed class SimulationTests
{
    private const int Days = 3;

    /// <summary>Lives of all publishers, unless <see cref="LivesVariable"/> says how many: what the time of the suite allows.</summary>
    private const int LivesOfAllPublishers = 5;

    /// <summary>Set by <c>./test.sh --lives N</c>.</summary>
    private const string LivesVariable = "AURUM_TEST_LIVES";

    [Theory]
    [Trait("Category", "Brief")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_law_holds_over_three_days_with_faults_and_kills(int seed) =>
        Assert.Empty(await BrokenLaws(new SimulationOptions((ulong)seed, Days, HasFaults: true)));

    [Fact]
    [Trait("Category", "Slow")]
    public Task Every_law_holds_over_a_hundred_lives() => HoldsOver(100, new SimulationOptions(0, Days, HasFaults: true));

    [Fact]
    [Trait("Category", "Slow")]
    public Task Every_law_holds_over_lives_of_all_publishers() => HoldsOver(
        int.TryParse(Environment.GetEnvironmentVariable(LivesVariable), CultureInfo.InvariantCulture, out var lives)
            ? lives
            : LivesOfAllPublishers,
        new SimulationOptions(0, Days, HasFaults: true, HasAllFeeds: true, HasAllPublishers: true),
        leastKills: 10);

    [Fact]
    public async Task The_same_seed_lives_the_same_life()
    {
        var first = await Live(11, days: 1);
        var second = await Live(11, days: 1);

        Assert.True(first.Rows > 1000);
        Assert.Equal(first, second);
    }

    [Fact]
    public void Every_feed_has_its_turn_and_every_publisher_is_in_each_choice()
    {
        using var folder = new TestFolder();
        using var whole = new SimulatedLife(new SimulationOptions(1, 1, HasFaults: false, HasAllFeeds: true), folder.Path);
        var publishers = whole.Feeds.Select(f => f.Id.Publisher).Distinct().ToList();
        var met = new HashSet<string>();
        for (ulong seed = 1; seed <= 100; seed++)
        {
            var chosen = new SimulationOptions(seed, 1, HasFaults: false).Choose(whole.Feeds);
            Assert.Equal(SimulationOptions.ChosenFeeds, chosen.Count);
            Assert.Equal(publishers, chosen.Select(f => f.Id.Publisher).Distinct());
            met.UnionWith(chosen.Select(f => f.Id.Text));
        }

        Assert.Equal(whole.Feeds.Select(f => f.Id.Text).Order(), met.Order());
    }

    private static async Task HoldsOver(int lives, SimulationOptions options, int leastKills = 0)
    {
        var broken = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, lives),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (seed, _) =>
            {
                foreach (var law in await BrokenLaws(options with { Seed = (ulong)seed }, leastKills))
                {
                    broken.Add(law);
                }
            });
        Assert.Empty(broken);
    }

    private static async Task<List<string>> BrokenLaws(SimulationOptions options, int leastKills = 0)
    {
        using var folder = TestFolder.InMemory();
        using var life = new SimulatedLife(options, folder.Path);
        await life.Run(CancellationToken.None);
        using var platform = life.Open();
        var laws = new LawBook(life, platform).Check(CancellationToken.None);
        Assert.True(laws.Sum(l => l.Checked) > 10_000, $"seed {options.Seed} looked at too little");
        Assert.InRange(life.Kills, leastKills, int.MaxValue);
        return
        [
            .. laws.Where(l => l.Broken > 0)
                .Select(l => $"seed {options.Seed}: {l.Law}: {l.Broken} of {l.Checked}: {string.Join("; ", l.Examples)}"),
        ];
    }

    private static async Task<(int Deliveries, int Kills, long Rows, string Hash)> Live(ulong seed, int days)
    {
        using var folder = new TestFolder();
        using var life = new SimulatedLife(new SimulationOptions(seed, days, HasFaults: true), folder.Path);
        await life.Run(CancellationToken.None);
        using var platform = life.Open();
        return (life.Deliveries, life.Kills, platform.Store.Read.RowCounts().Values.Sum(), platform.Store.Read.ContentHash("iso_lmp"));
    }
}
