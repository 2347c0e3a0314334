using Aurum.App.Configuration;
using Aurum.App.Running;
using Aurum.App.Scenarios.Running;
using Aurum.Store.Models;
using Aurum.Tests.Store;
using NodaTime;

namespace Aurum.Tests.Scenarios.Running;

/// <summary>Orders two hundred runs, cancels some and computes the others until it is killed, and says each time that it begins to compute
/// one. Says <c>done</c> when none is left.</summary>
internal static class RunCrashWorker
{
    public const string Verb = "scenario-worker";
    public const string Done = "done";
    public const int Runs = 200;

    private const int Workers = 6;

    public static async Task<int> Run(string folder, TextWriter told)
    {
        using var store = DuckDbStores.Open(folder);
        using var metrics = new AurumMetrics();
        var time = new HastyTime(Instant.FromUtc(2026, 6, 20, 20, 0));
        var synchronized = TextWriter.Synchronized(told);
        var settings = new ScenarioSettings { Workers = Workers, TenantConcurrency = Workers, StopSeconds = 600 };
        await using var service = new ScenarioService(store.Runs, settings, time, metrics, (run, _, cancel) =>
        {
            synchronized.WriteLine(run.Id);
            synchronized.Flush();
            Thread.SpinWait(100_000);
            cancel.ThrowIfCancellationRequested();
            return TestRuns.Outputs(run);
        });
        if (store.Runs.Counts().Count == 0)
        {
            var drafts = Enumerable.Range(0, Runs).Select(static n => TestRuns.Draft(n) with { Priority = RunPriority.Normal });
            service.SubmitAll([.. drafts]);
        }

        service.Start();
        foreach (var run in store.Runs.List(new RunQuery("acme", Runs)).Where(static r => r.InputHash.EndsWith('7')))
        {
            service.End(run.Id, RunState.Cancelled, "not any more");
        }

        while (store.Runs.Counts().Any(static c => !c.Key.IsFinal()))
        {
            await Task.Delay(5);
        }

        await synchronized.WriteLineAsync(Done);
        await synchronized.FlushAsync();
        return 0;
    }
}
