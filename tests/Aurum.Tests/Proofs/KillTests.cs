using System.Diagnostics;
using Aurum.App;
using Aurum.App.Configuration;
using Aurum.App.Simulation;
using Aurum.Market.Feeds;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Sources;
using Aurum.Tests.Browser;
using NodaTime;
using NodaTime.Text;

namespace Aurum.Tests.Proofs;

/// <summary>The program itself is killed with SIGKILL at random moments of a backfill, again and again on the same data directory.
/// Then it runs to the end, and has exactly the true rows.</summary>
public sealed class KillTests : IDisposable
{
    /// <summary>New days of each feed that a round brings, so that each has work to be killed in.</summary>
    private const int DaysPerRound = 3;

    /// <summary>The world of the sandbox inside <c>aurum backfill --sandbox</c>.</summary>
    private const ulong Seed = 1;

    /// <summary>Clocks go back on the 2nd of November; corrections of all these days are long over.</summary>
    private static readonly LocalDate FirstDay = new(2025, 10, 30);

    private static readonly Instant LongAfter = Instant.FromUtc(2026, 6, 15, 0, 0);

    private static readonly IReadOnlyList<Feed> Feeds =
    [
        .. new[]
        {
            "caiso/day-ahead-lmp", "caiso/load-actual", "nyiso/day-ahead-lmp-zone", "nyiso/load-integrated",
            "ercot/day-ahead-spp", "ercot/load-actual", "eia/interchange-data",
        }.Select(id => FeedCatalog.Find(new FeedId(id))),
    ];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Brief")]
    public Task A_backfill_that_is_killed_five_times_ends_with_the_true_rows() => KillAndFinish(rounds: 5, seed: 20251102);

    [Fact]
    [Trait("Category", "Slow")]
    public Task A_backfill_that_is_killed_fifty_times_ends_with_the_true_rows() => KillAndFinish(rounds: 50, seed: 50);

    private async Task KillAndFinish(int rounds, int seed)
    {
        var dice = new Random(seed);
        var hits = 0;
        for (var round = 0; round < rounds; round++)
        {
            var before = ArchivedFiles();
            var isInWork = round % 3 != 0;
            var after = TimeSpan.FromMilliseconds(dice.Next(50, isInWork ? 400 : 1500));
            var wasKilled = await RunAndKill(Backfill(LastDay(round)), isInWork, after);
            hits += wasKilled && ArchivedFiles() > before ? 1 : 0;
        }

        Assert.True(hits * 2 >= rounds, $"only {hits} of {rounds} kills fell into work");
        await AurumProcess.RunAsync(Backfill(LastDay(rounds - 1)));
        await AurumProcess.RunAsync("replay", "--verify", "--data", _folder.Path);
        using var platform = Platform.Open(
            new AurumOptions { DataDirectory = _folder.Path, StoreMemoryMiB = 512 }, new PlatformWorld(new VirtualTime(LongAfter), "test"));
        Check(platform, LastDay(rounds - 1));
    }

    private static void Check(Platform platform, LocalDate lastDay)
    {
        var store = platform.Store;
        var days = Period.DaysBetween(FirstDay, lastDay) + 1;
        var truth = new SandboxNetwork(new World(Seed)).Truth;
        var exact = new ExactRows(
            store, truth, feed => [.. Enumerable.Range(0, days).Select(n => feed.Day(FirstDay.PlusDays(n)))], LongAfter);
        Assert.All(Feeds, feed => Assert.Empty(feed.Accept(exact)));
        Assert.InRange(exact.Rows, 3000L * days, long.MaxValue);
        Assert.True(store.Archive.Verify().IsSound);
        StoreNumbers.AddUp(store);
        StoreNumbers.WatermarksAreTrue(store, Feeds);
        foreach (var feed in Feeds)
        {
            var watermark = store.Ledger.WatermarkOf(feed.Id)!;
            Assert.Equal((FirstDay, lastDay), (watermark.From, watermark.Through!.Value));
        }

        // What was committed before a kill was not asked for again.
        Assert.Equal(Feeds.Count * days, StoreNumbers.Of(store, "select count(*) from deliveries"));
    }

    private static LocalDate LastDay(int round) => FirstDay.PlusDays(((round + 1) * DaysPerRound) - 1);

    private string[] Backfill(LocalDate to) =>
    [
        "backfill", .. Feeds.Select(f => f.Id.Text),
        "--from", LocalDatePattern.Iso.Format(FirstDay), "--to", LocalDatePattern.Iso.Format(to), "--sandbox", "--data", _folder.Path,
    ];

    private int ArchivedFiles() =>
        Directory.Exists(_folder["archive"]) ? Directory.EnumerateFiles(_folder["archive"], "*", SearchOption.AllDirectories).Count() : 0;

    /// <summary>Runs the program and kills it after a while, counted from its start or from the first day that it has committed.</summary>
    /// <returns>Whether it was still running.</returns>
    private static async Task<bool> RunAndKill(string[] arguments, bool isInWork, TimeSpan after)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "aurum.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardError = true })!;
        try
        {
            var hasBegun = !isInWork;
            while (!hasBegun && await process.StandardError.ReadLineAsync() is { } line)
            {
                hasBegun = line.StartsWith("aurum: 1 of ", StringComparison.Ordinal);
            }

            return !process.WaitForExit(after);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }
}
