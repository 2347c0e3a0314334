using System.Diagnostics;
using Aurum.App;
using Aurum.App.Configuration;
using Aurum.App.Running;
using Aurum.App.Simulation;
using Aurum.Market.Feeds;
using Aurum.Sandbox.Hosting;
using Aurum.Sandbox.Worlds;
using Aurum.Store.Jobs;
using NodaTime;

namespace Aurum.Tests.Proofs;

/// <summary>A detached backfill job runs in <c>aurum up</c>, which is killed with SIGKILL at random moments. Each next start goes on
/// with the job by itself; in the end it is complete, with exactly the true rows, and no day was fetched twice.</summary>
public sealed class JobKillTests : IDisposable
{
    private const int DaysPerJob = 24;

    /// <summary>The world of <c>aurum up</c>: its publishers mend prices.</summary>
    private static readonly World World = new(1, new WorldOptions(HasPriceChecks: true));

    /// <summary>Clocks go back on the 2nd of November; corrections of all these days are long over.</summary>
    private static readonly LocalDate FirstDay = new(2025, 10, 30);

    private static readonly Instant LongAfter = Instant.FromUtc(2026, 6, 15, 0, 0);

    private static readonly IReadOnlyList<Feed> Feeds = ProofWorld.FeedsOf(
        "caiso/day-ahead-lmp", "nyiso/day-ahead-lmp-zone", "nyiso/load-integrated", "ercot/day-ahead-spp", "eia/interchange-data");

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    /// <summary>The rest of a job may be less than is waited for.</summary>
    private const int MostLooks = 1_000;

    private readonly TestFolder _folder = new();
    private int _jobs;

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Brief")]
    public Task A_job_whose_server_is_killed_three_times_ends_with_the_true_rows() => KillAndFinish(rounds: 3, seed: 3);

    [Fact]
    [Trait("Category", "Slow")]
    public Task A_job_whose_server_is_killed_thirty_times_ends_with_the_true_rows() => KillAndFinish(rounds: 30, seed: 30);

    private async Task KillAndFinish(int rounds, int seed)
    {
        // Live collection has one small feed to do beside the job.
        await File.WriteAllTextAsync(_folder["aurum.json"], """{ "Feeds": ["nyiso/load-forecast"], "StoreMemoryMiB": 512 }""");
        var dice = new Random(seed);
        var hits = 0;
        var before = LookAndOrder();
        for (var round = 0; round < rounds; round++)
        {
            var wasKilled = await RunAndKill(dice.Next(28, 50), TimeSpan.FromMilliseconds(dice.Next(200)));
            var (job, days) = LookAndOrder();
            hits += wasKilled && (job != before.Job || days > before.Days) ? 1 : 0;
            Assert.True(job != before.Job || days >= before.Days, "a day that was there is gone");
            before = (job, days);
        }

        Assert.True(hits * 2 >= rounds, $"only {hits} of {rounds} kills fell into work");
        await RunToTheEnd(before.Job);
        using var platform = Open();
        Check(platform);
    }

    /// <summary>The unfinished job and how many of its days are there; orders the next one where all are done.</summary>
    private (string Job, long Days) LookAndOrder()
    {
        using var platform = Open();
        var book = platform.Store.Jobs;
        var job = book.All().SingleOrDefault(j => j.State.IsUnfinished());
        if (job is null)
        {
            var from = FirstDay.PlusDays(DaysPerJob * _jobs++);
            job = new BackfillDesk(platform, static _ => { }).Place(
                new BackfillOrder([.. Feeds.Select(f => f.Id.Text)], from, from.PlusDays(DaysPerJob - 1), IsDryRun: false, IsForced: false),
                runs: false,
                static _ => { });
        }

        // What ran when its process was killed is queued again by now.
        Assert.Equal(JobState.Queued, job.State);
        return (job.Id, book.Progress(job.Id).DaysThere);
    }

    private void Check(Platform platform)
    {
        var store = platform.Store;
        var days = DaysPerJob * _jobs;
        var exact = new ExactRows(
            store,
            new SandboxNetwork(World).Truth,
            feed => [.. Enumerable.Range(0, days).Select(n => feed.Day(FirstDay.PlusDays(n)))],
            LongAfter);
        Assert.All(Feeds, feed => Assert.Empty(feed.Accept(exact)));
        Assert.True(exact.Rows > 1000L * days, $"{exact.Rows} rows");
        Assert.True(store.Archive.Verify().IsSound);
        StoreNumbers.AddUp(store);
        StoreNumbers.WatermarksAreTrue(store, Feeds);
        Assert.Equal(_jobs, store.Jobs.All().Count);
        Assert.All(store.Jobs.All(), job =>
        {
            Assert.Equal((JobState.Completed, ""), (job.State, job.Why));
            Assert.Equal((long)Feeds.Count * DaysPerJob, store.Jobs.Progress(job.Id).DaysThere);
            Assert.All(store.Jobs.Chunks(job.Id), chunk => Assert.Equal("done", chunk.State));
        });

        // What was committed before a kill was not asked for again.
        Assert.Equal(
            Feeds.Count * days, StoreNumbers.Of(store, "select count(*) from deliveries where feed <> 'nyiso/load-forecast'"));
    }

    private Platform Open() => Platform.Open(
        new AurumOptions { DataDirectory = _folder.Path, StoreMemoryMiB = 512 }, new PlatformWorld(new VirtualTime(LongAfter), "test"));

    /// <summary>Runs the server and kills it a moment after so many files came. There are two files a request, and no more than eight
    /// requests under way: by then some days are committed.</summary>
    /// <returns>Whether it was still running.</returns>
    private async Task<bool> RunAndKill(int files, TimeSpan after)
    {
        using var process = Up();
        try
        {
            Assert.True(await SaysOf(process, " runs"), "the server ended before it ran the job");
            var enough = ArchivedFiles() + files;
            for (var looks = 0; looks < MostLooks && ArchivedFiles() < enough && !process.HasExited; looks++)
            {
                process.WaitForExit(BetweenLooks);
            }

            return !process.WaitForExit(after);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private int ArchivedFiles() => Directory.Exists(_folder["archive"])
        ? Directory.EnumerateFiles(_folder["archive"], "*", SearchOption.AllDirectories).Count()
        : 0;

    private async Task RunToTheEnd(string job)
    {
        using var process = Up();
        try
        {
            Assert.True(await SaysOf(process, $"backfill job {job} is completed"), "the server ended before the job");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> SaysOf(Process process, string text)
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("backfill job ", StringComparison.Ordinal) && line.Contains(text, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private Process Up() => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "aurum.dll"), "up", "--port", "0", "--days", "1", "--data", _folder.Path])
    {
        RedirectStandardError = true,
    })!;
}
