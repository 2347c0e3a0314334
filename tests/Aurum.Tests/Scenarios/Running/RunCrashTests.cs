using System.Diagnostics;
using Aurum.Store.Models;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Scenarios.Running;

/// <summary>A process that computes runs is killed at any moment: every run ends once, and its outputs are whole or absent.</summary>
public sealed class RunCrashTests : IDisposable
{
    private const int Kills = 5;
    private const int MaxRunsPerRound = 30;
    private const int MaxSpins = 2_000_000;

    private readonly TestFolder _folder = TestFolder.InMemory();
    private readonly Random _random = new(23);

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Of_two_hundred_runs_under_kills_each_ends_once_with_all_of_its_outputs_or_none()
    {
        var ended = new Dictionary<string, (RunState State, Instant? At, string? Hash)>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await WorkAndKillAsync(_random.Next(1, MaxRunsPerRound));
            Check(ended);
        }

        await FinishAsync();
        Check(ended);
        using var store = DuckDbStores.Open(_folder.Path);
        var counts = TestRuns.CheckEnded(store, RunCrashWorker.Runs);
        Assert.Equal(RunCrashWorker.Runs, counts[RunState.Succeeded] + counts[RunState.Cancelled]);
        Assert.InRange(counts[RunState.Cancelled], 1, RunCrashWorker.Runs / 10);
    }

    /// <summary>What ended stays as it ended; of what did not, there is nothing.</summary>
    private void Check(Dictionary<string, (RunState State, Instant? At, string? Hash)> ended)
    {
        using var store = DuckDbStores.Open(_folder.Path);
        var runs = store.Runs.List(new RunQuery("acme", 1_000));
        Assert.Equal(RunCrashWorker.Runs, runs.Count);
        foreach (var run in runs)
        {
            var rows = store.Runs.Outputs(new OutputQuery(run.Id, 1_000)).Count;
            Assert.Equal(run.State == RunState.Succeeded ? TestRuns.Rows : 0, rows);
            Assert.NotEqual(RunState.Running, run.State);
            if (run.State.IsFinal() && !ended.TryAdd(run.Id, (run.State, run.CompletedAt, run.OutputHash)))
            {
                Assert.Equal(ended[run.Id], (run.State, run.CompletedAt, run.OutputHash));
            }
        }

        Assert.All(ended.Keys, id => Assert.True(runs.Single(r => r.Id == id).State.IsFinal()));
    }

    private async Task WorkAndKillAsync(int runs)
    {
        using var worker = Begin();
        try
        {
            for (var i = 0; i < runs && await worker.StandardOutput.ReadLineAsync() is { } line && line != RunCrashWorker.Done; i++)
            {
                // A run begins; all have ended where the machine was slow to kill before.
            }

            Thread.SpinWait(_random.Next(MaxSpins));
        }
        finally
        {
            worker.Kill();
            await worker.WaitForExitAsync();
        }
    }

    private async Task FinishAsync()
    {
        using var worker = Begin();
        try
        {
            while (await worker.StandardOutput.ReadLineAsync() is { } line && line != RunCrashWorker.Done)
            {
                // A run begins.
            }

            await worker.WaitForExitAsync();
            Assert.Equal(0, worker.ExitCode);
        }
        finally
        {
            worker.Kill();
        }
    }

    private Process Begin()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(RunCrashTests).Assembly.Location);
        start.ArgumentList.Add(RunCrashWorker.Verb);
        start.ArgumentList.Add(_folder.Path);
        return Process.Start(start)!;
    }
}
